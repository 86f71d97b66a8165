//! What is known so far of one cramp. Learning only adds; a red flag is lowered by the person's own
//! answer to the question about it, and by nothing else.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::responses::{Responses, Term};
use crate::understanding::{AgeBand, Muscle, Onset, Understanding};
use crate::vocabulary::{Fact, FactSet, Flag, FlagId, FlagSet, Question, Setting, Urgency};

/// The questions that were answered, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answered(u16);

impl Answered {
    /// Notes an answer.
    pub fn insert(&mut self, question: Question) {
        self.0 |= 1 << (question as u16);
    }

    /// Whether it was answered.
    #[must_use]
    pub const fn contains(self, question: Question) -> bool {
        self.0 & (1 << (question as u16)) != 0
    }

    /// How many were.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// The slots of one cramp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Case {
    /// Red flags that were affirmed.
    pub flags: FlagSet,
    /// Red flags that the person said no to.
    pub cleared: FlagSet,
    /// Red flags to ask about.
    pub unsure: FlagSet,
    /// Everything else that holds.
    pub facts: FactSet,
    /// When it happens.
    pub setting: Setting,
    /// The muscle.
    pub muscle: Option<Muscle>,
    /// Whether it is cramping now; `None` when not said.
    pub now: Option<bool>,
    /// When the cramp began, as far as said.
    pub began: Option<Timestamp>,
    /// How old the person is.
    pub age: Option<AgeBand>,
    /// Whether the red-flag check was answered with "none".
    pub checked: bool,
    /// Questions that were answered.
    pub answered: Answered,
    /// Whether a cramp or a leg problem was reported at all.
    pub reported: bool,
}

impl Case {
    /// Takes over what a message says. Only adds: what was affirmed stays affirmed.
    pub fn learn(&mut self, said: &Understanding, at: Timestamp) {
        self.flags = self.flags.union(said.raised);
        self.cleared = self.cleared.union(said.denied).without(self.flags);
        self.unsure = self.unsure.union(said.unsure).without(self.flags).without(self.cleared);
        for fact in said.facts.iter().filter(|fact| is_kept(*fact)) {
            self.facts.insert(fact);
        }
        self.setting = joined(self.setting, said.setting);
        self.muscle = self.muscle.or(said.muscle);
        self.age = self.age.or(said.age);
        self.learn_course(said, at);
        self.began = self.began.or_else(|| said.onset.and_then(|onset| began(onset, at)));
        if said.minutes.is_some_and(|minutes| minutes >= 15) && self.now == Some(true) {
            self.raise(Flag::UnrelentingPain);
        }
    }

    /// Whether it is cramping now: the last word counts.
    fn learn_course(&mut self, said: &Understanding, at: Timestamp) {
        let says = |fact| said.facts.contains(fact);
        if says(Fact::Released) || says(Fact::Over) {
            self.now = Some(false);
            self.answered.insert(Question::Released);
        }
        if says(Fact::StillLocked) || says(Fact::Now) && !says(Fact::Released) {
            self.now = Some(true);
            self.began = self.began.or(Some(at));
        }
        let earlier = said.onset.is_some_and(|onset| onset.minutes_at_least() >= 60);
        if self.now.is_none() && earlier {
            self.now = Some(false);
        }
    }

    /// Affirms a red flag.
    pub fn raise(&mut self, flag: impl Into<FlagId>) {
        let flag = flag.into();
        self.flags.insert(flag);
        self.cleared.remove(flag);
        self.unsure.remove(flag);
    }

    /// The person's own "no" to the question about a red flag: the only thing that lowers it.
    pub fn clear(&mut self, flag: FlagId) {
        self.flags.remove(flag);
        self.unsure.remove(flag);
        self.cleared.insert(flag);
    }

    /// Whether a core flag is affirmed.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(flag)
    }

    /// Whether under 18.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.has(Flag::Child) || self.age.is_some_and(AgeBand::is_minor)
    }

    /// The red flags of the two check lists that are neither affirmed nor cleared.
    #[must_use]
    pub fn open_flags(&self, responses: &Responses) -> FlagSet {
        if self.checked {
            return FlagSet::default();
        }
        listed(responses).without(self.flags).without(self.cleared)
    }

    /// The level of one flag in this case.
    fn level_of(&self, flag: FlagId, responses: &Responses) -> Urgency {
        let plain =
            self.facts.contains(Fact::ShortAndPainless) || self.facts.contains(Fact::BothSides);
        match flag.core() {
            Some(Flag::ClotRisk) if plain => Urgency::SeeDoctor,
            Some(_) | None => responses.urgency(flag),
        }
    }

    /// What weighs most: the highest level and what it comes from.
    #[must_use]
    pub fn weightiest(&self, responses: &Responses) -> Option<Weight> {
        let flags = self.flags.iter().map(|flag| {
            let level = self.level_of(flag, responses);
            Weight { level, from: Origin::Flag(flag) }
        });
        let rows = responses.combinations.iter().enumerate().filter(|(_, row)| {
            row.when.iter().all(|terms| terms.iter().any(|term| self.holds(*term)))
        });
        let rows =
            rows.map(|(at, row)| Weight { level: row.urgency, from: Origin::Combination(at) });
        flags.chain(rows).reduce(|a, b| if b.level > a.level { b } else { a })
    }

    fn holds(&self, term: Term) -> bool {
        match term {
            Term::Flag(flag) => self.flags.contains(flag),
            Term::Fact(fact) => self.facts.contains(fact),
        }
    }

    /// The highest level that holds.
    #[must_use]
    pub fn level(&self, responses: &Responses) -> Urgency {
        self.weightiest(responses).map_or(Urgency::SelfCare, |weight| weight.level)
    }
}

/// A level and what it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The level.
    pub level: Urgency,
    /// What it comes from.
    pub from: Origin,
}

/// What a level comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// One red flag.
    Flag(FlagId),
    /// A row of the combination table.
    Combination(usize),
    /// A whole check list, nothing named.
    List(u8),
    /// A list was answered "not sure".
    Unsure,
}

/// All red flags on the two check lists.
#[must_use]
pub fn listed(responses: &Responses) -> FlagSet {
    let ids = (0..responses.flags.len()).filter_map(|at| u8::try_from(at).ok()).map(FlagId);
    ids.filter(|id| responses.flag(*id).is_some_and(|flag| flag.on_list.is_some())).collect()
}

/// Facts of the talk itself (yes, stop, now) are not kept.
fn is_kept(fact: Fact) -> bool {
    !matches!(
        fact,
        Fact::Yes
            | Fact::No
            | Fact::NotSure
            | Fact::NoneOfThese
            | Fact::Stop
            | Fact::AsksSource
            | Fact::AsksHelp
            | Fact::InPassing
            | Fact::General
            | Fact::Now
            | Fact::StillLocked
            | Fact::Released
            | Fact::Over
    )
}

fn joined(known: Setting, said: Setting) -> Setting {
    match (known, said) {
        (Setting::Unknown, said) => said,
        (known, Setting::Unknown | Setting::Other) => known,
        (Setting::Exercise, Setting::Nocturnal) | (Setting::Nocturnal, Setting::Exercise) => {
            Setting::Both
        }
        (Setting::Other, said) => said,
        (known, _) => known,
    }
}

/// When it began, from how long ago it was said to be.
fn began(onset: Onset, at: Timestamp) -> Option<Timestamp> {
    let minutes = match onset {
        Onset::On(day) => {
            let today = at.to_zoned(jiff::tz::TimeZone::UTC).weekday();
            let days = i64::from(day.until(today));
            if days == 0 { 7 * 1_440 } else { days * 1_440 }
        }
        Onset::Minutes(_) | Onset::Today | Onset::LastNight | Onset::Yesterday => {
            i64::from(onset.minutes_at_least())
        }
    };
    at.checked_sub(SignedDuration::from_mins(minutes)).ok()
}
