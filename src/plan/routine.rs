//! What a plan has somebody do: how it is done, that it hurts, that it comes later. And what they tell
//! of the leg between two check-ins.

use jiff::Timestamp;

use super::acts::with_buttons;
use super::course::BELOW_MISSABLE;
use super::dates::{Dated, is_for_bedtime};
use super::{Asks, CheckIn, Doubt, Outcome, Plan, Progress, Saying, State, Why, hints, reading};
use crate::responses::plans::{Answers, StepText};
use crate::responses::{PlanText, TalkLists};
use crate::vocabulary::{Answering, Card};

/// Longest number, in words: "3 out of 10", "bout a 2 now".
const A_FEW: usize = 5;
/// The highest number that is asked for anywhere.
const MOST: u8 = 14;

/// What was done, behind "did".
const WHAT: &str = "it them that both the my all a an some mine";

impl Plan {
    /// A text of the plan, and what it waits for.
    pub(super) fn aside(&mut self, text: &PlanText, says: &str, now: Timestamp) -> Outcome {
        let says = Saying::Text(self.filled(says, now));
        self.said_aside(text, says, now)
    }

    /// How the check-ins work, and what the plan waits for.
    pub(super) fn about(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        self.said_aside(text, Saying::Card(Card::PlanAbout, Vec::new()), now)
    }

    fn said_aside(&mut self, text: &PlanText, says: Saying, now: Timestamp) -> Outcome {
        let waits = self.open.is_some() || self.doubt.is_some();
        let mut outcome = Outcome::say(says);
        if self.state == State::Running && !waits && self.is_of_routine(text) {
            let button = Saying::Buttons(BELOW_MISSABLE);
            outcome.says.push(button);
        } else if waits && self.state == State::Running {
            let asked = self.ask_open(text, now);
            outcome.says.extend(asked.says);
            outcome.asks = asked.asks;
        } else {
            outcome.says.push(self.asks_next());
        }
        outcome
    }

    /// What is done hurts: it is left out, and all danger signs are asked for.
    pub(super) fn hurts(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        if self.is_of_routine(text) {
            self.put_away(Why::ByMember);
        } else {
            self.leave_out_today(text, now);
        }
        self.doubt = self.doubt.or(Some(Doubt::Hurts));
        let mut outcome = self.ask_in_full();
        outcome.says.push(Saying::Text(self.filled(&text.hurts, now)));
        outcome
    }

    /// What is still to be done today is left out.
    fn leave_out_today(&mut self, text: &PlanText, now: Timestamp) {
        let zone = self.habits.time_zone();
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let today = |one: &CheckIn| {
            let step = text.step(&one.step).filter(|step| step.missable && is_for_bedtime(step));
            step.is_some() && one.is_planned() && day(one.due) == day(now)
        };
        let Some(at) = self.check_ins.iter().position(today) else { return };
        let Some((name, due)) = self.check_ins.get(at).map(|one| (one.step.clone(), one.due))
        else {
            return;
        };
        self.mark(at, Progress::Skipped(Why::ByMember));
        if let Some(step) = text.step(&name) {
            self.recur(step, due);
        }
    }

    /// Whether what was said last is to be done, and not answered yet.
    #[must_use]
    pub fn is_of_routine(&self, text: &PlanText) -> bool {
        let said = |one: &&CheckIn| one.progress.was_said();
        let last = self.check_ins.iter().rfind(said);
        let waits = last.is_some_and(|one| matches!(one.progress, Progress::Said(_)));
        let step = last.and_then(|one| text.step(&one.step));
        waits && step.is_some_and(|step: &StepText| step.missable)
    }

    /// Whether the question that is open asks for a number.
    #[must_use]
    pub fn asks_number(&self, text: &PlanText) -> bool {
        let step = self.open.as_ref().and_then(|open| Some((open, text.step(&open.step)?)));
        let next = step.and_then(|(open, step)| {
            step.ask.iter().find(|name| !open.answers.contains_key(*name))
        });
        let question = next.and_then(|name| text.questions.get(name));
        question.is_some_and(|question| matches!(question.answers, Answers::UpTo(_)))
    }

    /// Whether something that a plan had them do was said last and hurts, in plain words.
    #[must_use]
    pub fn hurts_in_words(&self, talk: &TalkLists, text: &PlanText, said: &str) -> bool {
        !text.hurts.is_empty() && self.is_of_routine(text) && hints::hurts(talk, said)
    }

    /// It is done later, or was done in part: nothing is asked until then.
    pub(super) fn not_yet(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        if !self.is_of_routine(text) {
            return self.ask_open(text, now);
        }
        with_buttons(Outcome::card(Card::PlanNotYet), BELOW_MISSABLE)
    }

    /// It comes with the next one of its kind: until then the hours are quiet.
    pub(super) fn until_next(&self, step: &str) -> Outcome {
        let next = self.check_ins.iter().find(|one| one.step == step && one.is_planned());
        let says = match next {
            Some(next) => self.asks_again(Dated { at: next.due, moved: true }),
            None => self.asks_next(),
        };
        Outcome::say(says)
    }

    /// Whether a message says that something is amiss, and not that it is less so.
    #[must_use]
    pub fn is_amiss(talk: &TalkLists, said: &str) -> bool {
        hints::caution(talk, said).is_some()
    }

    /// "Did it", which begins like a question.
    #[must_use]
    pub fn is_done(said: &str) -> bool {
        let words = reading::words(said);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = matches!(words.as_slice(), ["did", "it" | "them" | "that" | "both"]);
        done && !said.contains('?')
    }

    /// "None, did the walk": a part of it begins like a question and tells.
    #[must_use]
    pub fn tells_done(said: &str) -> bool {
        let tells = |clause: &&str| {
            let words = reading::words(clause);
            matches!(words.as_slice(), [did, what, ..] if did == "did" && reading::is_in(WHAT, what))
        };
        !said.contains('?') && Self::clauses(said).iter().any(tells)
    }

    /// How sore the muscle is, 0 to 10, where a message begins with that: "7 out of 10 today".
    #[must_use]
    pub fn soreness(talk: &TalkLists, said: &str) -> Option<u8> {
        let first = reading::clauses(said).first().copied()?;
        let out_of = reading::words(first).windows(2).any(|two| two == ["of", "10"]);
        let told = Self::is_count(talk, first) || out_of || first.contains("/10");
        reading::number(talk, first, MOST, None).filter(|_| told)
    }

    /// Whether a message is a number and nothing else that tells: "about a 2".
    #[must_use]
    pub fn is_count(talk: &TalkLists, said: &str) -> bool {
        reading::clauses(said).first().is_some_and(|clause| {
            let words = reading::words(clause);
            let of_it = |word: &String| {
                reading::count(word).is_some() || talk.has(Answering::BesideCount, word)
            };
            let plain = words.iter().all(of_it) || reading::number(talk, clause, 0, None).is_some();
            plain && words.len() <= A_FEW && reading::number(talk, clause, MOST, None).is_some()
        })
    }

    /// All is well between two check-ins: nothing opens by that.
    pub(super) fn told(&self) -> Outcome {
        Outcome::say(Saying::Card(Card::PlanTold, vec![("when", self.when_next())]))
    }

    /// It is sore or limps: the danger signs first.
    pub(super) fn is_sore(&mut self) -> Outcome {
        self.doubt = self.doubt.or(Some(Doubt::Sore));
        Outcome { asks: Some(Asks::InShort), ..Outcome::default() }
    }

    /// No danger sign is there where it is sore or limps: an easy day, and no further step yet.
    pub(super) fn takes_it_easy(&self) -> Outcome {
        let says = vec![Saying::Card(Card::PlanSore, Vec::new()), self.asks_next()];
        Outcome { says, ..Outcome::default() }
    }
}
