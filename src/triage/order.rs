//! Which question comes next: only what is still open, in a fixed order, then the advice.

use super::{Flow, Move, Stage};
use crate::vocabulary::{Card, Fact, Flag, Question, Setting, Urgency};

/// The flags that Q4 asks for.
pub(super) const CONTEXT_FLAGS: &[Flag] = &[
    Flag::Child,
    Flag::Pregnancy,
    Flag::Medication,
    Flag::Condition,
    Flag::Recurrent,
    Flag::ClotRisk,
];

impl Flow<'_> {
    /// Asks the next open question, or gives the advice.
    pub(super) fn go_on(&mut self) {
        if self.close_if_pressing() {
            return;
        }
        let unsure = self.case.unsure.iter().max_by_key(|flag| self.responses.urgency(*flag));
        let answered = |question| self.case.answered.contains(question);
        if let Some(flag) = unsure {
            self.ask(Question::Clarify, Some(flag));
        } else if !self.case.open_flags(self.responses).is_empty() && !answered(Question::Check) {
            self.ask(Question::Check, None);
        } else if !self.case.open_flags(self.responses).is_empty() {
            self.ask(Question::Rest, None);
        } else if self.case.now == Some(true) {
            self.say(Move::Show(Card::StillLocked));
            self.stage = Stage::Waiting;
        } else if self.case.now.is_none() && !answered(Question::Released) && self.is_fresh() {
            self.ask(Question::Released, None);
        } else if self.case.setting == Setting::Unknown && !answered(Question::When) {
            self.ask(Question::When, None);
        } else if self.needs_context() && !answered(Question::Context) {
            self.ask(Question::Context, None);
        } else {
            self.advise();
        }
    }

    /// Whether "has it let go?" makes sense: one cramp, not a pattern and not a day old.
    fn is_fresh(&self) -> bool {
        let habit = self.case.has(Flag::Recurrent)
            || self.case.has(Flag::Claudication)
            || self.case.setting == Setting::Nocturnal
            || self.case.has(Flag::Child)
            || self.case.has(Flag::Pregnancy);
        !habit
            && !self.case.facts.contains(Fact::Over24Hours)
            && !self.case.facts.contains(Fact::Sore)
    }

    /// Q4 is left out once something of it is known, unless the clot questions are a must.
    fn needs_context(&self) -> bool {
        let known = CONTEXT_FLAGS
            .iter()
            .filter(|flag| self.case.has(**flag) || self.case.cleared.contains(**flag))
            .count();
        let clot_known =
            self.case.has(Flag::ClotRisk) || self.case.cleared.contains(Flag::ClotRisk);
        known < 2
            && !self
                .case
                .flags
                .iter()
                .any(|flag| self.responses.urgency(flag) == Urgency::SeeDoctor)
            || self.clot_questions_are_a_must() && !clot_known
    }

    /// One-sided calf pain that lasts, has no clear beginning, or at 50 and over (`wells-nice`).
    fn clot_questions_are_a_must(&self) -> bool {
        let holds = |fact| self.case.facts.contains(fact);
        holds(Fact::OneSidedCalfPain)
            && (holds(Fact::Over24Hours) || holds(Fact::NoClearCramp) || holds(Fact::AgeOver50))
    }

    /// Self-care, and the offer of a schedule.
    fn advise(&mut self) {
        self.say(Move::Advice);
        if self.case.is_minor() {
            self.stage = Stage::Closed(Urgency::SelfCare);
        } else {
            self.ask(Question::PlanOffer, None);
        }
    }
}
