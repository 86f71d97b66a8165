//! Whom the case is about: a message on another person begins a case of its own, and what is told of
//! the person after the advice may change it.

use super::{Case, Flow, Move, OnPlan, Stage, Timers, asked};
use crate::understanding::{AgeBand, Person, Understanding, Who};
use crate::vocabulary::{Fact, FlagId, FlagSet};

/// Longest message, in words, that turns to another person and tells nothing more (`club-rule`).
const A_TURN: usize = 6;

impl Flow<'_> {
    /// Begins a new case where a message turns to another person: nothing that was answered, known or
    /// advised for the one before holds for them. A danger sign that stands goes before: its card
    /// stays until it was seen to. One in doubt stays to be asked, as nobody has answered it.
    pub(super) fn turn_to_another(&mut self, said: &Understanding) -> bool {
        if !self.is_of_another(said) || self.is_sent_to_doctor() || self.is_affirmed() {
            return false;
        }
        let before = std::mem::take(&mut self.case);
        let pressing = |flag: &FlagId| self.is_pressing(*flag);
        let unsure: FlagSet = before.unsure.iter().filter(pressing).collect();
        self.case = Case {
            unsure,
            past: before.past.among(unsure),
            reported: true,
            plan: OnPlan { runs: before.plan.runs, ..OnPlan::default() },
            ..Case::default()
        };
        self.stage = Stage::Idle;
        self.timers = Timers::Cancel;
        true
    }

    /// Whether a message tells of the cramp of somebody else than the case does.
    fn is_of_another(&self, said: &Understanding) -> bool {
        let Person { who, another, points, introduced, too, .. } = said.person;
        let on = [Fact::Now, Fact::UnderWay, Fact::CrampLike, Fact::StillLocked];
        let told = points
            || said.is_relevant()
                && (self.is_report(said) || on.iter().any(|f| said.facts.contains(*f)))
            || another && said.length <= A_TURN;
        let known = self.case.who;
        let of_other_age = !who.is_unsaid()
            && self.case.age.zip(said.age).is_some_and(|(known, said)| known != said);
        // Who does not say whose cramp it is mostly has it.
        let first_named = known.is_unsaid()
            && self.case.reported
            && Who::WRITER.differs(who)
            && !introduced
            && (too || said.is_relevant() && said.onset.is_some());
        let begun = self.case.reported || self.case.advised;
        begun && told && (another || known.differs(who) || of_other_age || first_named)
    }

    /// The cramp of another person: the danger signs at once.
    pub(super) fn heard_of_another(&mut self, said: &Understanding) {
        self.answer_topics(said, asked::Where::InReport);
        self.go_on();
    }

    /// An age, a child: told after the advice, it changes the advice or brings a question. What
    /// changes nothing is no reason to give it twice.
    pub(super) fn heard_of_person(&mut self, said: &Understanding, before: &Case) -> bool {
        let advised = matches!(self.stage, Stage::Closed(_)) && self.case.reported;
        let Some(age) = said.age.filter(|_| advised && !said.question && !said.is_relevant())
        else {
            return false;
        };
        let young = age == AgeBand::Under8 && before.age != Some(age);
        let grown = before.is_minor() != self.case.is_minor();
        if young || grown || self.next_question().is_some() {
            self.go_on();
        } else {
            self.say(Move::SafetyNet);
        }
        true
    }
}
