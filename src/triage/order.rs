//! Which question comes next: only what is still open, in a fixed order, then the advice.

use super::Flow;
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Question, Setting, Urgency};

/// The red flags that the question on circumstances asks for.
#[must_use]
pub fn circumstances() -> FlagSet {
    use Flag::{Child, ClotRisk, Condition, Medication, Pregnancy, Recurrent};
    [Child, Pregnancy, Medication, Condition, Recurrent, ClotRisk]
        .map(FlagId::from)
        .into_iter()
        .collect()
}

/// Most questions of the usual case (`club-rule`). One on a sign in doubt comes on top.
const MOST_QUESTIONS: u32 = 4;

/// From so much on, the circumstances are not asked for: one that is there counts two, one that is not
/// counts one (`club-rule`).
const ENOUGH_KNOWN: usize = 3;

/// A question, and the flag it is about.
pub(super) type Open = (Question, Option<FlagId>);

impl Flow<'_> {
    /// Ends the interview, asks the next open question, or gives the advice.
    pub(super) fn go_on(&mut self) {
        if self.close_if_pressing() {
            return;
        }
        self.case.reported = true;
        self.note_check();
        if self.is_check_in() {
            return self.check_in_goes_on();
        }
        self.answer_kept();
        match self.next_question() {
            Some((question, about)) => self.ask(question, about),
            None if self.case.now == Some(true) => self.hold(),
            None => self.advise(),
        }
    }

    /// The question that is still open, if any.
    pub(super) fn next_question(&self) -> Option<Open> {
        let about_cramp = || self.next_about_cramp().map(|question| (question, None));
        let circumstance =
            || self.next_doubt(Urgency::None).filter(|_| self.case.now != Some(true));
        self.next_sign().or_else(about_cramp).or_else(circumstance).or_else(|| self.clot_question())
    }

    /// Every sign on the lists was answered one by one.
    pub(super) fn note_check(&mut self) {
        self.case.checked |= self.case.open_flags(self.responses).is_empty();
    }

    /// What is in doubt, the most pressing first.
    fn next_doubt(&self, least: Urgency) -> Option<Open> {
        let urgency = |flag: &FlagId| self.responses.urgency(*flag);
        let can_wait = self.is_hard_as_any();
        let tight = FlagId::from(Flag::CompartmentTight);
        let doubts = self.case.unsure.iter().filter(|flag| !(can_wait && *flag == tight));
        let flag = doubts.filter(|f| urgency(f) >= least).max_by_key(urgency)?;
        let past = self.case.past.contains(flag);
        Some((if past { Question::StillThere } else { Question::Clarify }, Some(flag)))
    }

    /// Danger signs: one that is in doubt, then the lists, then what is left of them.
    pub(super) fn next_sign(&self) -> Option<Open> {
        if let Some(doubt) = self.next_doubt(Urgency::Urgent) {
            return Some(doubt);
        }
        let open = !self.case.open_flags(self.responses).is_empty();
        let checked = self.case.answered.contains(Question::Check);
        open.then_some((if checked { Question::Rest } else { Question::Check }, None))
    }

    /// Whether it is over, when it hits, and whom it hits; nothing of it while it is on.
    fn next_about_cramp(&self) -> Option<Question> {
        let open = |question| !self.case.answered.contains(question);
        let asked = self.case.asked.that(is_usual);
        let has_room = |question| asked.contains(question) || self.has_room();
        if self.case.now == Some(true) {
            None
        } else if self.case.now.is_none() && open(Question::Released) && self.is_fresh() {
            Some(Question::Released)
        } else if self.case.setting == Setting::Unknown
            && !self.case.has(Flag::MuscleWasting)
            && open(Question::When)
            && has_room(Question::When)
        {
            Some(Question::When)
        } else if self.needs_context() && open(Question::Context) && has_room(Question::Context) {
            Some(Question::Context)
        } else {
            None
        }
    }

    /// Whether one more question may be asked in the usual case.
    pub(super) fn has_room(&self) -> bool {
        self.case.asked.that(is_usual).count() < MOST_QUESTIONS
    }

    /// The risk of a clot, where it must not stay open.
    fn clot_question(&self) -> Option<Open> {
        let must = self.clot_question_is_a_must() && self.case.now != Some(true);
        must.then_some((Question::Clarify, Some(Flag::ClotRisk.into())))
    }

    /// Whether "has it let go?" makes sense: one cramp, not a pattern and not a day old.
    pub(super) fn is_fresh(&self) -> bool {
        let habit = self.case.facts.contains(Fact::Habit)
            || self.case.has(Flag::Recurrent)
            || self.case.has(Flag::Claudication)
            || self.case.has(Flag::MuscleWasting)
            || self.case.setting == Setting::Nocturnal
            || self.case.has(Flag::Child)
            || self.case.has(Flag::Pregnancy);
        !habit && !self.case.facts.contains(Fact::Over24Hours) && self.case.sore != Some(true)
    }

    /// The circumstances are left out once enough of them is known, unless the risk of a clot must be
    /// asked for. "No meds, no illness" leaves more open than two that are there.
    fn needs_context(&self) -> bool {
        let count = |flags: FlagSet| flags.among(circumstances()).iter().count();
        let known = 2 * count(self.case.flags) + count(self.case.cleared);
        let doctor = self
            .case
            .flags
            .iter()
            .filter(|flag| !self.is_often_at_night(*flag))
            .any(|flag| self.responses.urgency(flag) == Urgency::SeeDoctor);
        known < ENOUGH_KNOWN && !doctor || self.clot_question_is_a_must()
    }

    /// That night cramps come often: it says nothing of a medicine that they may come from.
    pub(super) fn is_often_at_night(&self, flag: FlagId) -> bool {
        self.case.setting == Setting::Nocturnal && flag == FlagId::from(Flag::Recurrent)
    }

    /// One-sided calf pain that lasts, has no clear beginning, or at 50 and over, and nothing known
    /// of the risk of a clot (`wells-nice`). At that age a calf is one side until both are named.
    fn clot_question_is_a_must(&self) -> bool {
        let holds = |fact| self.case.facts.contains(fact);
        let known = self.case.has(Flag::ClotRisk) || self.case.cleared.contains(Flag::ClotRisk);
        let lasts = holds(Fact::Over24Hours) || holds(Fact::NoClearCramp);
        let one = holds(Fact::OneSidedCalfPain);
        let older = holds(Fact::AgeOver50) && (one || holds(Fact::OneCalf));
        let both = holds(Fact::BothSides) && !one;
        (one && lasts || older && !both) && !known
    }
}

/// Whether a question belongs to the usual case: no sign in doubt, and a cramp that is not longer
/// than most.
#[must_use]
pub const fn is_usual(question: Question) -> bool {
    match question {
        Question::Check
        | Question::Released
        | Question::When
        | Question::Context
        | Question::LetGo3 => true,
        Question::List2
        | Question::Which
        | Question::Clarify
        | Question::StillThere
        | Question::Rest
        | Question::LetGo10
        | Question::PlanOffer
        | Question::WhatIf
        | Question::Offer
        | Question::Rescreen
        | Question::Reminder
        | Question::Zone
        | Question::Sore => false,
    }
}

/// Whether a question belongs to the interview; the others are offers that nobody has to take up.
#[must_use]
pub const fn is_of_interview(question: Question) -> bool {
    match question {
        Question::Check
        | Question::List2
        | Question::Which
        | Question::Clarify
        | Question::StillThere
        | Question::Rest
        | Question::Released
        | Question::When
        | Question::Context
        | Question::LetGo3
        | Question::Rescreen
        | Question::LetGo10 => true,
        Question::PlanOffer
        | Question::WhatIf
        | Question::Offer
        | Question::Sore
        | Question::Reminder
        | Question::Zone => false,
    }
}
