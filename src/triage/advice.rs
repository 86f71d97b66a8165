//! Self-care at the end of the interview, and the offer of a schedule that fits.

use serde::{Deserialize, Serialize};

use super::{Answer, Case, Flow, ForPlan, Move, Stage};
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

impl Schedule {
    /// The name of the plan that follows it.
    #[must_use]
    pub const fn plan(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
            Self::Night => "night",
        }
    }
}

impl Case {
    /// The schedule that fits; `None` when soreness decides and was not said.
    #[must_use]
    pub fn schedule(&self) -> Option<Schedule> {
        let holds = |fact| self.facts.contains(fact);
        let long = holds(Fact::ComesAndGoes)
            || holds(Fact::Over15Minutes)
            || self.answered.contains(Question::LetGo10);
        let repeated = holds(Fact::SecondCramp) || self.has(Flag::Recurrent);
        if self.setting == Setting::Nocturnal {
            Some(Schedule::Night)
        } else if long || repeated || self.sore == Some(true) {
            Some(Schedule::Full)
        } else {
            self.sore.map(|_| Schedule::Short)
        }
    }
}

impl Flow<'_> {
    /// Self-care, and the offer of a schedule.
    pub(super) fn advise(&mut self) {
        self.say(Move::Advice);
        if self.case.plan.runs {
            self.plan = Some(ForPlan::CrampTold);
            self.finish();
        } else if self.may_have_schedule() && !self.case.answered.contains(Question::PlanOffer) {
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
        if !matches!(answer, Answer::Yes | Answer::Some | Answer::Show) {
            self.finish();
            return self.say(Move::Show(Card::Goodbye));
        }
        self.case.plan.only_shown = answer == Answer::Show;
        match self.case.schedule() {
            Some(schedule) => self.take_up(schedule),
            None => self.ask(Question::Sore, None),
        }
    }

    /// Soreness decides between the two schedules; "not sure" takes the careful one.
    pub(super) fn answered_sore(&mut self, answer: Answer) {
        let none = matches!(answer, Answer::No | Answer::None);
        self.case.sore = Some(!none);
        if !self.case.checked {
            // It was left open for so long that the danger signs are to be asked for anew.
            return self.go_on();
        }
        self.take_up(self.case.schedule().unwrap_or(Schedule::Full));
    }

    /// The schedule becomes a plan, or is only shown.
    fn take_up(&mut self, schedule: Schedule) {
        self.finish();
        if std::mem::take(&mut self.case.plan.only_shown) {
            self.say(Move::Schedule(schedule));
        } else {
            self.plan = Some(ForPlan::Begins(schedule));
        }
    }
}
