//! Plan files as they are written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::responses::raw::Text;

/// `plans/NAME.toml`: when Charley comes back, what is asked then, and what follows from the answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Plan")]
pub struct Plan {
    /// What it is called: "recovery plan".
    #[schemars(with = "String")]
    pub name: Text,
    /// How many days it lasts; nothing comes after them.
    #[schemars(with = "u16")]
    pub days: Spanned<u16>,
    /// What is said when it begins.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub intro: Option<Text>,
    /// What is said to whoever asks for sport while it runs.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub sport: Option<Text>,
    /// What is said to whoever asks how its exercise is done.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub how: Option<Text>,
    /// The same exercise sitting down.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub seated: Option<Text>,
    /// What is said to whoever is hurt by it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub hurts: Option<Text>,
    /// Its own quiet hours, as `22:30-08:00`; else those of the person hold.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub quiet: Option<Text>,
    /// Its steps, in the order of their time.
    pub steps: Vec<Step>,
    /// Its questions, a table each.
    #[serde(default)]
    pub questions: BTreeMap<String, Question>,
    /// Ids of `sources.toml`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Text>,
}

/// One step of a plan.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Its name, of a-z, 0-9 and `_`.
    #[schemars(with = "String")]
    pub id: Text,
    /// What it is, in a few words, for the timeline.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub label: Option<Text>,
    /// So long after the cramp, whatever the clock says: `24 h`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub after: Option<Text>,
    /// On this day, counted from the day of the cramp, at the clock time `at`.
    #[serde(default)]
    pub day: Option<u16>,
    /// The clock time in the person's zone, as `08:00`, or `bedtime`: half an hour before it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub at: Option<Text>,
    /// Again and again: `day`, the name of a weekday, or a time such as `3 h`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub every: Option<Text>,
    /// The last day on which it comes again.
    #[serde(default)]
    pub until_day: Option<u16>,
    /// How late it may still be said; later it is left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub grace: Option<Text>,
    /// It comes only when an answer begins it.
    #[serde(default)]
    pub follows: bool,
    /// What is written on the button that begins it, where members may ask for it themselves.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub offer: Option<Text>,
    /// The danger signs are asked for first, and nothing below counts before a clear answer.
    #[serde(default)]
    pub check: bool,
    /// Nobody minds when it is not answered.
    #[serde(default)]
    pub missable: bool,
    /// What is said.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub text: Option<Text>,
    /// What is asked then, one after the other: names of questions.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub ask: Vec<Text>,
    /// What follows: the first row whose `if` holds.
    #[serde(default)]
    pub then: Vec<Rule>,
}

/// What follows from the answers to a step.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// All must hold; none is "in every other case".
    #[serde(default, rename = "if")]
    #[schemars(with = "Vec<String>")]
    pub when: Vec<Text>,
    /// What is said.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub say: Option<Text>,
    /// It opens a gate: what was not allowed before may be tried from here on.
    #[serde(default)]
    pub opens: bool,
    /// A red flag that holds then.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub raise: Option<Text>,
    /// The same step comes again after so long: `24 h`, `1 day`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub again: Option<Text>,
    /// Steps that begin then.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub begin: Vec<Text>,
    /// Steps that come no more.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub stop: Vec<Text>,
    /// The plan is over.
    #[serde(default)]
    pub ends: bool,
}

/// One question of a plan: with choices, or with a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Question {
    /// The question.
    #[schemars(with = "String")]
    pub text: Text,
    /// What is written on each choice, by its key.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub choices: BTreeMap<String, Text>,
    /// The highest number, where a number from 0 on is asked for.
    #[serde(default)]
    #[schemars(with = "Option<u8>")]
    pub up_to: Option<Spanned<u8>>,
}

impl Plan {
    /// What is counted, and can be told in its texts: the last number given to a question and the
    /// one before, and how often a step was answered in the last 7 days.
    pub(in crate::responses) fn placeholders(&self) -> Vec<&str> {
        let numbers = self.questions.iter().filter(|(_, question)| question.up_to.is_some());
        let numbers = numbers.map(|(name, _)| name.as_str());
        numbers.chain([LAST_WEEK]).collect()
    }
}

/// How often the steps that come again and again were answered in the last 7 days.
pub const LAST_WEEK: &str = "done-this-week";
