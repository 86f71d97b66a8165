//! Self-care at the end of the interview, and the offer of a schedule that fits.

use serde::{Deserialize, Serialize};

use super::{Answer, Flow, Move, Stage};
use crate::vocabulary::{Card, Fact, Flag, Question, Setting, Urgency};

/// Which schedule fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Schedule {
    /// A short cramp that left nothing.
    Short,
    /// A cramp that left soreness or a limp, was long, or came again.
    Full,
    /// Night cramps.
    Night,
}

impl Flow<'_> {
    /// Self-care, and the offer of a schedule.
    pub(super) fn advise(&mut self) {
        self.say(Move::Advice);
        if self.may_have_schedule() && !self.case.answered.contains(Question::PlanOffer) {
            self.ask(Question::PlanOffer, None);
        } else {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.stage = Stage::Closed(Urgency::SelfCare);
    }

    /// Not for minors, nor with signs that do not fit a plain cramp; in pregnancy the midwife
    /// decides on stretches at night.
    fn may_have_schedule(&self) -> bool {
        let asks_midwife =
            self.case.has(Flag::Pregnancy) && self.case.setting == Setting::Nocturnal;
        let no_plain_cramp = self.case.has(Flag::Claudication) || self.case.has(Flag::BonePain);
        !self.case.is_minor() && !asks_midwife && !no_plain_cramp
    }

    pub(super) fn answered_offer(&mut self, answer: Answer) {
        match (answer, self.schedule()) {
            (Answer::Yes | Answer::Some, Some(schedule)) => {
                self.finish();
                self.say(Move::Schedule(schedule));
            }
            (Answer::Yes | Answer::Some, None) => self.ask(Question::Sore, None),
            _ => {
                self.finish();
                self.say(Move::Show(Card::Goodbye));
            }
        }
    }

    /// Soreness decides between the two schedules; "not sure" takes the careful one.
    pub(super) fn answered_sore(&mut self, answer: Answer) {
        let none = matches!(answer, Answer::No | Answer::None);
        self.case.sore = Some(!none);
        self.finish();
        self.say(Move::Schedule(self.schedule().unwrap_or(Schedule::Full)));
    }

    /// The schedule that fits; `None` when soreness decides and was not said.
    fn schedule(&self) -> Option<Schedule> {
        let holds = |fact| self.case.facts.contains(fact);
        let long = holds(Fact::ComesAndGoes)
            || holds(Fact::Over15Minutes)
            || self.case.answered.contains(Question::LetGo10);
        let repeated = holds(Fact::SecondCramp) || self.case.has(Flag::Recurrent);
        if self.case.setting == Setting::Nocturnal {
            Some(Schedule::Night)
        } else if long || repeated || self.case.sore == Some(true) {
            Some(Schedule::Full)
        } else {
            self.case.sore.map(|_| Schedule::Short)
        }
    }
}
