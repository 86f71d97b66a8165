//! The danger signs on a plan: asked in short before a check-in goes on, and in full when it is worse.

use serde::{Deserialize, Serialize};

use super::{Flow, ForPlan, Stage};
use crate::vocabulary::{Question, Urgency};

/// How a case stands with a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is so or not, whatever the others are")]
pub struct OnPlan {
    /// Whether one runs, so that none is offered.
    pub runs: bool,
    /// Whether the danger signs are asked for a check-in of it.
    pub checks_in: bool,
    /// Whether one was asked for before it could be offered.
    pub wished: bool,
    /// Whether the schedule is to be shown and no plan to begin, or was shown last.
    pub only_shown: bool,
    /// Whether one was agreed to that begins once it is known whom it is for.
    pub agreed: bool,
}

impl Flow<'_> {
    /// A check-in is due: the danger signs first. While another question on them is open, that one
    /// stands.
    pub(super) fn check_in(&mut self) {
        if self.is_sent_to_doctor() {
            return self.send_again();
        }
        self.case.reopen(self.responses);
        self.case.plan.checks_in = true;
        match self.next_sign() {
            Some((Question::Check, _)) => self.ask(Question::Rescreen, None),
            Some((question, about)) => self.ask(question, about),
            None => self.check_in_goes_on(),
        }
    }

    /// All danger signs, since something is worse.
    pub(super) fn worse_on_plan(&mut self) {
        if self.is_sent_to_doctor() {
            return self.send_again();
        }
        self.case.reopen(self.responses);
        self.case.plan.checks_in = self.case.plan.runs;
        self.go_on();
    }

    /// Only the danger signs are asked for a check-in. A cramp that is on goes before it.
    pub(super) fn is_check_in(&self) -> bool {
        self.case.plan.checks_in && self.case.now != Some(true)
    }

    /// None of them is there.
    pub(super) fn check_in_goes_on(&mut self) {
        if let Some((question, about)) = self.next_sign() {
            return self.ask(question, about);
        }
        self.case.plan.checks_in = false;
        self.plan = Some(ForPlan::IsClear);
        self.stage = Stage::Closed(Urgency::SelfCare);
    }
}
