//! The response files as they are written: one type a kind of file, unknown keys refused.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::vocabulary::Urgency;

pub use super::club::{ChannelNumber, Club};
pub use super::follow_ups::{FollowUp, FollowUps};
pub use super::numbers::{Fallback, NumberStatus, Numbers, Region};

/// A text with its place in the file.
pub type Text = Spanned<String>;

/// `topics/NAME.toml`: one thing members ask about, and the answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Topic")]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of a topic")]
pub struct Topic {
    /// The label this topic counts as, e.g. `pickle_juice`.
    #[schemars(with = "String")]
    pub intent: Text,
    /// The name on a button, at most 60 characters.
    #[schemars(with = "String")]
    pub title: Text,
    /// Messages that ask for just this, as varied as people are.
    #[schemars(with = "Vec<String>")]
    pub examples: Vec<Text>,
    /// Phrases that name this topic.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub phrases: Vec<Text>,
    /// Look-alikes: a phrase found inside one of these does not count.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub not: Vec<Text>,
    /// What a member reads.
    #[schemars(with = "String")]
    pub answer: Text,
    /// What [Tell me more] shows.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub more: Option<Text>,
    /// Said instead to under-18s.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub minor: Option<Text>,
    /// Said instead in pregnancy and within 12 weeks of birth.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub pregnant: Option<Text>,
    /// Whether the answer speaks of medicines, supplements or salt.
    #[serde(default)]
    pub medicine: bool,
    /// Ids of `sources.toml`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Text>,
    /// Other topics offered as buttons, at most 3.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub related: Vec<Text>,
    /// Small talk: no facts in it, so no sources needed.
    #[serde(default)]
    pub chat: bool,
    /// Red flags that the answer speaks of: who says "that's me" after it is asked about them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub signs: Vec<Text>,
    /// Whether who told that the muscle is sore, or well again days later, reads `while_sore` or
    /// `once_well` instead of the answer.
    #[serde(default)]
    pub by_soreness: bool,
    /// Whether who cramps in bed reads `at_night` of the follow-ups instead of the answer.
    #[serde(default)]
    pub by_night: bool,
    /// Whether who takes a blood thinner reads `with_medicine` of the follow-ups instead.
    #[serde(default)]
    pub by_blood_thinner: bool,
    /// Whether a child under 8 is to be seen by a doctor instead of doing what the answer says.
    #[serde(default)]
    pub doctor_under_8: bool,
    /// Whether who tells of it, by one of the phrases, reads the answer without having asked.
    #[serde(default)]
    pub when_told: bool,
    /// Topics that answer instead, by whom they are for.
    #[serde(default)]
    pub instead: Instead,
    /// Answers to what is asked next, in words that lean on the answer ("how much?"), by the names
    /// of `follow_ups.toml`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub follow_ups: BTreeMap<String, Text>,
}

/// `[instead]` of a topic: the topics that answer instead, by whom they are for.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Instead {
    /// For who has an illness that salts, potassium or painkillers may harm.
    #[schemars(with = "Option<String>")]
    pub illness: Option<Text>,
    /// For who cramps in the groin.
    #[schemars(with = "Option<String>")]
    pub groin: Option<Text>,
    /// For who cramped in sport within the last two weeks.
    #[schemars(with = "Option<String>")]
    pub lately: Option<Text>,
}

impl Instead {
    /// The topics that are named.
    pub fn named(&self) -> impl Iterator<Item = &Text> {
        [&self.illness, &self.groin, &self.lately].into_iter().flatten()
    }
}

/// `red_flags/NAME.toml`: one danger sign.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Red flag")]
pub struct RedFlag {
    /// How soon somebody has to act. A flag of the core list may be raised, never lowered.
    #[schemars(with = "String", extend("enum" = ["emergency", "urgent", "see-doctor"]))]
    pub urgency: Spanned<Urgency>,
    /// The sign as a heading.
    #[schemars(with = "String")]
    pub name: Text,
    /// The sign as it is said on the phone: "Tell them: ...".
    #[schemars(with = "String")]
    pub sign: Text,
    /// A few words for the check list.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub short: Option<Text>,
    /// The check list it stands on: 1 (emergency) or 2 (same day).
    #[serde(default)]
    #[schemars(with = "Option<u8>")]
    pub list: Option<Spanned<u8>>,
    /// Completes "Because ...", in the second person.
    #[schemars(with = "String")]
    pub reason: Text,
    /// Phrases that raise the flag.
    #[schemars(with = "Vec<String>")]
    pub phrases: Vec<Text>,
    /// Phrases that are not enough to raise it, but enough to ask.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub unsure: Vec<Text>,
    /// Phrases that say that all is well there ("can walk fine"): they deny the flag.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub fine: Vec<Text>,
    /// Words that name the sign when they answer the check lists, and say nothing elsewhere
    /// ("warm").
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub answers: Vec<Text>,
    /// What else the sign may come from ("sunburn"): told after its card, it asks about this sign again.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub explained_by: Vec<Text>,
    /// Red flags or facts that make an `unsure` phrase count when they are said too.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub confirmed_by: Vec<Text>,
    /// Look-alikes: a phrase found inside one of these does not count.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub not: Vec<Text>,
    /// The one question that clears it: yes means the sign is there.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub question: Option<Text>,
    /// The same for who said an `unsure` phrase: it asks what is still open, not what was said.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub question_if_told: Option<Text>,
    /// Emergency: the first-aid line. Same day: what not to do until seen. Else: what to bring.
    #[schemars(with = "String")]
    pub advice: Text,
    /// Ids of `sources.toml`.
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Text>,
    /// Messages that must raise it.
    #[schemars(with = "Vec<String>")]
    pub examples: Vec<Text>,
    /// Messages that must not.
    #[schemars(with = "Vec<String>")]
    pub harmless: Vec<Text>,
}

/// `combinations.toml`: signs that weigh more together.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Combinations")]
pub struct Combinations {
    /// The rows of the table.
    #[serde(default)]
    pub combination: Vec<Combination>,
}

/// One row of `combinations.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Combination {
    /// Its name.
    #[schemars(with = "String")]
    pub id: Text,
    /// All must hold; `a | b` is one of them. Red flags or facts.
    #[schemars(with = "Vec<String>")]
    pub when: Vec<Text>,
    /// The level it raises to.
    #[schemars(with = "String", extend("enum" = ["emergency", "urgent", "see-doctor"]))]
    pub urgency: Urgency,
    /// As in a red flag.
    #[schemars(with = "String")]
    pub sign: Text,
    /// As in a red flag.
    #[schemars(with = "String")]
    pub advice: Text,
    /// As in a red flag; for a row that can wait for an appointment.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub reason: Option<Text>,
    /// One plain sentence.
    #[schemars(with = "String")]
    pub why: Text,
    /// Ids of `sources.toml`.
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Text>,
}

/// `cards/NAME.toml`: a text that is shown at a fixed point of the flow.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Card")]
pub struct Card {
    /// The text, with placeholders in braces.
    #[schemars(with = "String")]
    pub text: Text,
    /// Placeholders whose words depend on the case.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, String>>")]
    pub parts: BTreeMap<String, BTreeMap<String, Text>>,
    /// Ids of `sources.toml`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Text>,
}

/// `questions/NAME.toml`: one question of the interview.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Question")]
pub struct Question {
    /// The question, with placeholders in braces.
    #[schemars(with = "String")]
    pub text: Text,
    /// The same where a part of it was told: only what is still open.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub text_if_told: Option<Text>,
    /// The same to somebody who read it just before and answered something else.
    #[schemars(with = "Option<String>")]
    pub text_again: Option<Text>,
    /// What is written on each choice.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub choices: BTreeMap<String, Text>,
}

/// `words/NAME.toml`: words that mean the same to a phrase.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Word list")]
pub struct WordList {
    /// What the list is for.
    #[serde(default)]
    pub about: String,
    /// Its entries, written like phrases.
    #[schemars(with = "Vec<String>")]
    pub words: Vec<Text>,
}

/// `facts.toml`: phrases for everything that is no red flag and no topic.
pub type Facts = BTreeMap<String, FactPhrases>;

/// One fact of `facts.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactPhrases {
    /// Phrases that say it.
    #[schemars(with = "Vec<String>")]
    pub phrases: Vec<Text>,
    /// Look-alikes.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub not: Vec<Text>,
}

/// `context.toml`: words that change what is said of a sign next to them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Context")]
pub struct Context {
    /// "no swelling": it is not so.
    pub denied: Cues,
    /// "a bit swollen", "not sure if": counts as said.
    pub doubted: Cues,
    /// "if it swells", "does it cause": said of nobody.
    pub hypothetical: Cues,
    /// "years ago": is over.
    pub past: Cues,
    /// "but", "however": nothing before reaches beyond.
    #[schemars(with = "Vec<String>")]
    pub ends: Vec<Text>,
}

/// The words of one kind of context.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cues {
    /// Before the sign.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub before: Vec<Text>,
    /// Before the sign, and reaching into the clause that follows ("I don't think my leg is ...").
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub before_clause: Vec<Text>,
    /// After the sign.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub after: Vec<Text>,
    /// Anywhere in the sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub sentence: Vec<Text>,
    /// Look-alikes that do nothing: "not just".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub not: Vec<Text>,
}

/// `sources.toml`: where a claim comes from.
pub type Sources = BTreeMap<String, Source>;

/// One source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Its title.
    #[schemars(with = "String")]
    pub title: Text,
    /// Authors or body.
    #[schemars(with = "String")]
    pub by: Text,
    /// When it was published.
    #[serde(default)]
    pub year: Option<u16>,
    /// Where it can be read.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub url: Option<Text>,
    /// How strong the evidence is.
    pub level: Level,
    /// What it found, in one plain sentence.
    #[schemars(with = "String")]
    pub says: Text,
}

/// How strong the evidence of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, strum::Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Level {
    /// Several good trials, or a firm guideline.
    Strong,
    /// Some good studies.
    Moderate,
    /// Small or few studies.
    Weak,
    /// Studies that disagree.
    Conflicting,
    /// Opinion or experience, no trial.
    Expert,
}
