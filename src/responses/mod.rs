//! What we may say: a checked, compiled set of response files, or all that is wrong with them.

mod check;
mod checked;
mod club;
mod compile;
mod denying;
pub mod disk;
pub mod fixed;
mod folders;
mod follow_ups;
mod lists;
mod look_alikes;
mod misplaced_files;
mod misplaced_keys;
mod numbers;
pub mod parts;
pub mod plans;
pub mod problem;
pub mod raw;
mod read;
mod shape;
mod sign;
mod slip;
mod syntax;
mod talk;
mod texts;
mod training_examples;
mod unread_files;
mod wording;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::classifier::Classifier;
use crate::classifier::learned::Learned;
use crate::message::PlaceId;
use crate::phrases::{Gate, PhraseId, PhraseSet};
use crate::vocabulary::{Aspect, Card, Flag, FlagId, Manner, Question, Urgency};

pub use check::checks;
pub use denying::Denying;
pub use lists::Lists;
pub use look_alikes::LookAlikes;
pub use plans::PlanText;
pub use problem::{Place, Problem, Problems};
pub use read::schemas;
pub use sign::{Reach, Role, Sign};
#[cfg(test)]
pub(crate) use talk::shipped as shipped_talk;
pub use talk::{PlainList, Sayings, TalkLists};
pub use texts::{
    CardText, Combination, Example, Instead, Numbers, QuestionText, RedFlag, Source, Term, Topic,
    TopicId,
};
pub use training_examples::TrainingExample;

/// A checked, compiled set of response files.
#[derive(Clone, Debug)]
pub struct Responses {
    /// All topics, by name.
    pub topics: Vec<Topic>,
    /// All red flags: the core list in its order, then the club's own.
    pub flags: Vec<RedFlag>,
    /// Signs that weigh more together.
    pub combinations: Vec<Combination>,
    cards: BTreeMap<Card, CardText>,
    questions: BTreeMap<Question, QuestionText>,
    /// The topic that answers what is asked next, where the topic before has nothing of its own.
    pub otherwise: BTreeMap<Aspect, TopicId>,
    /// All sources by id.
    pub sources: BTreeMap<String, Source>,
    /// The club's emergency and nurse line.
    pub numbers: Numbers,
    /// The emergency and nurse line where the country is unknown.
    fallback: Numbers,
    /// The club's name.
    pub club: String,
    /// How what is said in a channel is answered.
    pub in_channels: Manner,
    /// Whether somebody who only mentions a cramp in a channel is offered help.
    pub offer_on_mention: bool,
    /// Where moderators read what is wrong with the response files.
    pub moderators: Option<PlaceId>,
    /// The IANA name of the zone that the club lives in.
    pub zone: String,
    /// All plans, by name.
    pub plans: Vec<PlanText>,
    /// What people say around a plan and in short answers, in plain words.
    pub talk: TalkLists,
    /// Everything to look for.
    pub phrases: PhraseSet<Sign>,
    places: Vec<Place>,
    /// What a rehearsal asks of phrases that deny and do not raise.
    pub denying: Vec<Denying>,
    /// The topic model.
    pub classifier: Classifier,
    /// The model of red flags: a class each, in their order, and one for none of them. It shares the
    /// topic model's table.
    pub signs: Classifier,
    /// Which words go with which time of a cramp, and with which red flag.
    pub learned: Learned,
    /// Word lists that code asks for.
    pub lists: Lists,
    /// What a text must hold to be about a leg cramp at all.
    pub gate: Gate,
    empty_card: CardText,
    empty_question: QuestionText,
}

/// Reads and compiles files, and runs every check; what hangs on the day only where it is known. Phrases
/// are given when all of them are sound.
fn examine(
    files: &[(PathBuf, String)],
    today: Option<Date>,
) -> (read::RawSet, Option<compile::Compiled>, Vec<Problem>) {
    let mut problems = Vec::new();
    let raw = read::read(files, &mut problems);
    let before = problems.len();
    let compiled = compile::phrases(&raw, files, &mut problems);
    let sound = problems.len() == before && !raw.is_any_broken("words");
    let compiled = compiled.filter(|_| sound);
    check::all(&check::Set::new(&raw, files, compiled.as_ref(), today), &mut problems);
    (raw, compiled, problems)
}

impl Responses {
    /// Checks and compiles response files, given as paths seen from their folder and texts.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse(files: &[(PathBuf, String)]) -> Result<Self, Problems> {
        let (raw, compiled, problems) = examine(files, None);
        match compiled {
            Some(compiled) if problems.is_empty() => Ok(checked::responses(raw, compiled)),
            Some(_) | None => Err(Problems::new(problems, files)),
        }
    }

    /// The same for a rehearsal on some day: faults that do not keep the engine from running are set
    /// aside, so that what it finds can be told with them.
    #[must_use]
    pub fn to_rehearse(files: &[(PathBuf, String)], today: Date) -> (Option<Self>, Vec<Problem>) {
        let (raw, compiled, problems) = examine(files, Some(today));
        let whole = raw.is_whole() && compile::has_core_flags(&raw);
        let responses = compiled.filter(|_| whole).map(|compiled| {
            let denying = denying::of(&raw);
            Self { denying, ..checked::responses(raw, compiled) }
        });
        (responses, problems)
    }

    /// The same set as a bot holds it: without the examples and where phrases stand, which take much
    /// room. Only a rehearsal asks for them, and it has nothing to say without. What is left is a
    /// copy: it lies closer together than what loading left between pieces that it gave back.
    #[must_use]
    pub fn lean(mut self) -> Self {
        for Topic { examples, .. } in &mut self.topics {
            *examples = Vec::new();
        }
        for RedFlag { examples, harmless, .. } in &mut self.flags {
            (*examples, *harmless) = (Vec::new(), Vec::new());
        }
        (self.places, self.denying) = (Vec::new(), Vec::new());
        self.clone()
    }

    /// The same set as a club holds it that filled in nothing in `club.toml`: what conversations are
    /// played with, so that they go on whatever a club is called and wherever it lives.
    #[must_use]
    pub fn of_any_club(&self) -> Self {
        Self {
            numbers: self.fallback.clone(),
            club: checked::OUR_CLUB.to_owned(),
            in_channels: Manner::default(),
            offer_on_mention: false,
            moderators: None,
            zone: "UTC".to_owned(),
            ..self.clone()
        }
    }

    /// Where a phrase stands.
    #[must_use]
    pub fn phrase_place(&self, phrase: PhraseId) -> Option<&Place> {
        self.places.get(phrase.0 as usize)
    }

    /// A topic.
    #[must_use]
    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(usize::from(id.0))
    }

    /// A topic by its file's name.
    #[must_use]
    pub fn topic_id(&self, name: &str) -> Option<TopicId> {
        let at = self.topics.binary_search_by(|topic| topic.id.as_str().cmp(name)).ok()?;
        u16::try_from(at).ok().map(TopicId)
    }

    /// A red flag.
    #[must_use]
    pub fn flag(&self, id: FlagId) -> Option<&RedFlag> {
        self.flags.get(usize::from(id.0))
    }

    /// A red flag by its file's name.
    #[must_use]
    pub fn flag_id(&self, name: &str) -> Option<FlagId> {
        let at = self.flags.iter().position(|flag| flag.id == name)?;
        u8::try_from(at).ok().map(FlagId)
    }

    /// A plan by its file's name.
    #[must_use]
    pub fn plan(&self, name: &str) -> Option<&PlanText> {
        self.plans.iter().find(|plan| plan.id == name)
    }

    /// A row of the combination table by its name.
    #[must_use]
    pub fn combination(&self, name: &str) -> Option<&Combination> {
        self.combinations.iter().find(|row| row.id == name)
    }

    /// The level of a red flag; a core flag's floor if the set does not know it.
    #[must_use]
    pub fn urgency(&self, id: FlagId) -> Urgency {
        let floor = id.core().map_or(Urgency::SeeDoctor, Flag::floor);
        self.flag(id).map_or(floor, |flag| flag.urgency.max(floor))
    }

    /// A card.
    #[must_use]
    pub fn card(&self, card: Card) -> &CardText {
        self.cards.get(&card).unwrap_or(&self.empty_card)
    }

    /// A question.
    #[must_use]
    pub fn question(&self, question: Question) -> &QuestionText {
        self.questions.get(&question).unwrap_or(&self.empty_question)
    }
}
