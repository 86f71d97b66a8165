//! What is kept of one conversation between two events.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::message::PlaceId;
use crate::plan::Plan;
use crate::reply::Sourced;
use crate::responses::Responses;
use crate::triage::{Case, Stage};
use crate::vocabulary::{Fact, FlagId, FlagSet, Urgency};

/// All that is kept of one conversation. No message text is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// What is known of the cramp in question.
    pub case: Case,
    /// Where the interview is.
    pub stage: Stage,
    /// The number of the case: reminders and choices of an earlier one are void.
    pub number: u32,
    /// What the last answer rests on, for "says who?".
    pub sourced: Vec<Sourced>,
    /// The topic that was last answered, which a question may lean on.
    pub topic: Option<String>,
    /// The same, though the interview went on since.
    pub earlier: Option<String>,
    /// Red flags that were asked about in general, which "mine does" points at.
    pub signs: FlagSet,
    /// When something was last said.
    pub last: Option<Timestamp>,
    /// Until when we keep quiet here about what is not said to us.
    pub quiet_until: Option<Timestamp>,
    /// Whether something of the case was told where nobody else reads it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_private: bool,
    /// The channel in which it began, where it has a place of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<PlaceId>,
    /// How a plan that was offered shall come, as a choice would say it, until it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wish: Option<String>,
    /// What was told of soreness and of walking before a plan began, by the names of its questions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub told_early: BTreeMap<String, String>,
    /// The plan that the person agreed to, wherever they did; it is kept apart from this.
    #[serde(skip)]
    pub plan: Option<Plan>,
    /// What a channel was told about this person lately, though nobody had asked us.
    told: Vec<Told>,
    /// The club's own red flags by name, in the order of the numbers that are used above; empty
    /// where none is used.
    own_flags: Vec<String>,
}

/// What a channel was told, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Told {
    what: Vec<Sourced>,
    at: Timestamp,
}

/// How long a channel is not told the same about the same person again (`club-rule`).
const COOLDOWN: SignedDuration = SignedDuration::from_mins(30);

/// The same for what sends to the emergency number (`club-rule`).
const EMERGENCY_COOLDOWN: SignedDuration = SignedDuration::from_mins(2);

impl Conversation {
    /// Whether a channel was told all of this lately; an offer of help counts as told with
    /// anything. A danger sign that is new was not.
    #[must_use]
    pub fn was_told(&self, what: &[Sourced], urgency: Urgency, at: Timestamp) -> bool {
        let emergency = urgency == Urgency::Emergency;
        let cooldown = if emergency { EMERGENCY_COOLDOWN } else { COOLDOWN };
        let lately = |told: &&Told| at.duration_since(told.at) < cooldown;
        let mut told = self.told.iter().filter(lately).peekable();
        told.peek().is_some()
            && what.iter().all(|one| told.clone().any(|told| told.what.contains(one)))
    }

    /// Notes that a channel was told this, and forgets what is long ago.
    pub fn tell(&mut self, what: Vec<Sourced>, at: Timestamp) {
        self.told.retain(|told| at.duration_since(told.at) < COOLDOWN);
        self.told.push(Told { what, at });
    }

    /// Whether it waits for a word: a question is open, or a danger sign keeps it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.stage {
            Stage::Idle => false,
            Stage::Closed(level) => level >= Urgency::Urgent,
            Stage::Asking(..) | Stage::Waiting => true,
        }
    }

    /// What was told, and what was wished, in other conversations of this person in the same channel
    /// holds here too.
    pub fn recalls(&mut self, others: impl IntoIterator<Item = Self>) {
        for other in others {
            self.quiet_until = self.quiet_until.max(other.quiet_until);
            for told in other.told {
                if !self.told.contains(&told) {
                    self.told.push(told);
                }
            }
        }
    }

    /// The same as far as others may read of it: what they were told, and nothing of the case.
    #[must_use]
    pub fn for_others(&self) -> Self {
        let Self { number, within, quiet_until, told, .. } = self;
        let (number, within, quiet_until) = (*number, *within, *quiet_until);
        Self { number, within, quiet_until, told: told.clone(), ..Self::default() }
    }

    /// The same where nothing was told lately.
    #[must_use]
    pub fn untold(self) -> Self {
        Self { told: Vec::new(), ..self }
    }

    /// The same after others were told what that conversation says.
    #[must_use]
    pub fn as_told(self, others: Self) -> Self {
        Self { told: others.told, sourced: others.sourced, ..self }
    }

    /// Names the club's own red flags that it uses, so that their numbers can be told after the
    /// response files have changed.
    #[must_use]
    pub fn named(mut self, responses: &Responses) -> Self {
        let uses_own = self.flags().iter().any(|flag| flag.core().is_none());
        self.own_flags = if uses_own { own_flags(responses) } else { Vec::new() };
        self
    }

    /// The same in the numbers of these response files; a red flag that is no longer there is
    /// dropped.
    #[must_use]
    pub fn renumbered(mut self, responses: &Responses) -> Self {
        if self.own_flags.is_empty() || self.own_flags == own_flags(responses) {
            return self;
        }
        let own = std::mem::take(&mut self.own_flags);
        let first_own = FlagId::CORE;
        let number = |flag: FlagId| match flag.core() {
            Some(_) => Some(flag),
            None => responses.flag_id(own.get(usize::from(flag.0).checked_sub(first_own)?)?),
        };
        let renumber = |flags: FlagSet| flags.iter().filter_map(number).collect();
        self.case.renumber(renumber);
        self.signs = renumber(self.signs);
        self.stage = match self.stage {
            Stage::Asking(question, Some(flag)) => {
                number(flag).map_or(Stage::Waiting, |flag| Stage::Asking(question, Some(flag)))
            }
            stage => stage,
        };
        self
    }

    fn flags(&self) -> FlagSet {
        let asked = match self.stage {
            Stage::Asking(_, flag) => flag,
            Stage::Idle | Stage::Waiting | Stage::Closed(_) => None,
        };
        self.case.mentioned().union(self.signs).union(asked.into_iter().collect())
    }

    /// Where the interview is, in words.
    fn where_it_is(&self, responses: &Responses) -> String {
        match self.stage {
            Stage::Idle => "nothing is open".to_owned(),
            Stage::Waiting => "waiting for your next word".to_owned(),
            Stage::Closed(level) => format!("told, as {level}"),
            Stage::Asking(question, about) => {
                let about = about.and_then(|flag| responses.flag(flag));
                let about = about.map_or_else(String::new, |flag| format!(", about {}", flag.name));
                format!("asking {question}{about}")
            }
        }
    }

    /// What is known, in plain lines, for the person it is about.
    #[must_use]
    pub fn describe(&self, responses: &Responses) -> String {
        let mut out = String::new();
        let case = &self.case;
        let names = |flags: FlagSet| {
            let names = flags.iter().filter_map(|flag| responses.flag(flag));
            names.map(|flag| flag.name.clone()).collect::<Vec<_>>().join(", ")
        };
        let mut line = |name: &str, value: String| {
            if !value.is_empty() {
                let _ = writeln!(out, "{name:<12}{value}");
            }
        };
        line("stage", self.where_it_is(responses));
        line("spoken of", self.topic.clone().unwrap_or_default());
        line("signs", names(case.flags));
        line("said no to", names(case.cleared));
        line("to be asked", names(case.unsure));
        line("setting", case.setting.to_string());
        line("muscle", case.muscle.map_or_else(String::new, |muscle| muscle.to_string()));
        line("now", case.now.map_or_else(String::new, |now| now.to_string()));
        line("age", case.age.map_or_else(String::new, |age| age.to_string()));
        let facts: Vec<&str> = case.facts.iter().map(Fact::id).collect();
        line("facts", facts.join(", "));
        out
    }
}

fn own_flags(responses: &Responses) -> Vec<String> {
    responses.flags.iter().skip(FlagId::CORE).map(|flag| flag.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Question;

    fn with_own(names: &[&str]) -> Responses {
        let mut responses =
            crate::responses::disk::load(std::path::Path::new("responses")).unwrap();
        let one = responses.flags[0].clone();
        responses.flags.extend(
            names
                .iter()
                .map(|name| crate::responses::RedFlag { id: (*name).to_owned(), ..one.clone() }),
        );
        responses
    }

    #[test]
    fn a_clubs_own_signs_keep_their_meaning_when_the_files_change() {
        let (before, after) = (with_own(&["blister", "sunburn"]), with_own(&["ants", "sunburn"]));
        let own = |responses: &Responses, name| responses.flag_id(name).unwrap();
        let mut kept = Conversation::default();
        kept.case.raise(own(&before, "sunburn"));
        kept.case.raise(own(&before, "blister"));
        kept.case.raise(crate::vocabulary::Flag::Swelling);
        kept.case.seen = FlagSet::only(own(&before, "sunburn"));
        kept.stage = Stage::Asking(Question::Clarify, Some(own(&before, "sunburn")));
        let seen_alone = Conversation {
            case: Case { seen: kept.case.seen, ..Case::default() },
            ..Conversation::default()
        };
        assert!(!seen_alone.named(&before).own_flags.is_empty());
        let kept = kept.named(&before);
        let stored = serde_json::to_string(&kept).unwrap();
        let loaded: Conversation = serde_json::from_str(&stored).unwrap();
        assert_eq!(loaded.clone().renumbered(&before), loaded);

        let moved = loaded.renumbered(&after);
        let signs: Vec<&str> =
            moved.case.flags.iter().map(|flag| after.flag(flag).unwrap().id.as_str()).collect();
        assert_eq!(signs, ["swelling", "sunburn"]);
        assert_eq!(moved.case.seen, FlagSet::only(own(&after, "sunburn")));
        let asked = Stage::Asking(Question::Clarify, Some(own(&after, "sunburn")));
        assert_eq!(moved.stage, asked);
    }
}
