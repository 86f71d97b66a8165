//! A bystander who believes only what the person said, and keeps the books by itself.

use super::act::Act;
use super::message::{Spoken, Talk};
use super::walk::Node;
use crate::responses::{Responses, Term};
use crate::triage::{
    Answer, Case, Choice, Move, Next, Questions, Stage, Timers, is_of_interview, is_open, listed,
};
use crate::vocabulary::{Card, Fact, FactSet, Flag, FlagId, FlagSet, Question, Urgency};

/// What a bystander knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Witness {
    /// Signs that the person affirmed and has not taken back by an answer.
    pub(super) told: FlagSet,
    /// Signs that the person said no to.
    pub(super) denied: FlagSet,
    /// Facts of the combination table that were told.
    pub(super) facts: FactSet,
    /// What an answer without a named sign calls for: "yes, one of list 1".
    pub(super) unnamed: Option<Urgency>,
    /// Questions that were asked.
    pub(super) asked: Questions,
    /// Questions that got an answer.
    pub(super) answered: Questions,
}

impl Witness {
    /// What is known after something came in.
    pub(super) fn after(
        mut self,
        responses: &Responses,
        node: &Node,
        act: Act,
        spoken: Option<&Spoken>,
    ) -> Self {
        match (act, spoken) {
            (Act::Say(_), Some(spoken)) => self.hears(responses, node, spoken),
            (Act::Press(Choice::Answer(question, answer, about)), _) => {
                self.answered.insert(question);
                self.takes(responses, question, answer, about);
            }
            (Act::Press(Choice::Sign(flag)), _) => {
                self.told.insert(flag);
                self.denied.remove(flag);
                self.unnamed = None;
            }
            (Act::Press(Choice::Checked), _) => self.is_checked(responses),
            (Act::Later, _) => self.reopens(responses),
            (Act::Press(_) | Act::Due(_) | Act::Say(_), _) => {}
        }
        self
    }

    fn hears(&mut self, responses: &Responses, node: &Node, spoken: &Spoken) {
        let said = &spoken.said;
        self.told = self.told.union(said.raised);
        self.denied = self.denied.union(said.denied);
        self.denied = self.denied.without(said.raised).without(said.unsure);
        let terms = responses.combinations.iter().flat_map(|row| row.when.iter().flatten());
        let facts = terms.filter_map(|term| match term {
            Term::Fact(fact) => Some(*fact),
            Term::Flag(_) => None,
        });
        let maternity = [Fact::PreEclampsia, Fact::Headache];
        for fact in facts.chain(maternity).filter(|fact| said.facts.contains(*fact)) {
            self.facts.insert(fact);
        }
        let long = said.minutes.is_some_and(|minutes| minutes >= 15);
        if long && said.facts.contains(Fact::StillLocked) {
            self.told.insert(Flag::UnrelentingPain);
        }
        let Stage::Asking(question, about) = node.stage else { return };
        let of_sign = matches!(question, Question::Clarify | Question::StillThere);
        if let Some(flag) = about.filter(|flag| said.denied.contains(*flag)) {
            self.takes(responses, question, Answer::No, Some(flag));
        } else if of_sign && spoken.talk == Talk::Yes && said.raised.is_empty() {
            self.takes(responses, question, Answer::Yes, about);
        } else if let Some(answer) = spoken.answer.filter(|_| said.raised.is_empty()) {
            let check = Choice::Answer(Question::Check, Answer::None, None);
            let beside = answer == Answer::None && is_open(&node.case, node.stage, check);
            let question = if beside { Question::Check } else { question };
            self.takes(responses, question, answer, about);
        }
    }

    /// An answer to a question.
    fn takes(
        &mut self,
        responses: &Responses,
        question: Question,
        answer: Answer,
        about: Option<FlagId>,
    ) {
        let no = matches!(answer, Answer::None | Answer::No);
        let signs = listed(responses).without(self.told);
        match (question, about) {
            (Question::Check | Question::Rest, _) if no => {
                self.denied = self.denied.union(signs);
                self.unnamed = None;
            }
            (Question::Check, _) if answer == Answer::List1 => {
                self.unnamed = Some(Urgency::Emergency);
            }
            (Question::Check | Question::Rest, _) if answer != Answer::NotSure => {
                self.unnamed = Some(Urgency::Urgent);
            }
            (Question::Rest | Question::Which | Question::List2, _) if !no => {
                self.unnamed = Some(Urgency::Urgent);
            }
            (Question::Clarify | Question::StillThere, Some(flag)) => {
                self.takes_on_sign(responses, answer, flag);
            }
            (Question::Context, _) => self.takes_circumstance(answer),
            _ => {}
        }
    }

    fn takes_on_sign(&mut self, responses: &Responses, answer: Answer, flag: FlagId) {
        match answer {
            Answer::No | Answer::None => {
                self.told.remove(flag);
                self.denied.insert(flag);
            }
            Answer::Yes | Answer::Some => {
                self.told.insert(flag);
                self.denied.remove(flag);
            }
            _ if responses.urgency(flag) >= Urgency::Urgent => {
                self.unnamed = Some(Urgency::Urgent);
            }
            _ => self.told.insert(flag),
        }
    }

    fn takes_circumstance(&mut self, answer: Answer) {
        let flag = match answer {
            Answer::Minor => Flag::Child,
            Answer::Pregnant => Flag::Pregnancy,
            Answer::Medicine => Flag::Medication,
            Answer::Condition => Flag::Condition,
            Answer::Recurrent => Flag::Recurrent,
            Answer::ClotRisk => Flag::ClotRisk,
            Answer::None | Answer::No => {
                self.denied.insert(Flag::ClotRisk);
                for flag in [Flag::Child, Flag::Pregnancy, Flag::Medication, Flag::Condition] {
                    self.denied.insert(flag);
                }
                self.denied.insert(Flag::Recurrent);
                self.denied = self.denied.without(self.told);
                return;
            }
            _ => return,
        };
        self.told.insert(flag);
    }

    /// A doctor has looked at it: what sent there is over, and everything is asked afresh.
    fn is_checked(&mut self, responses: &Responses) {
        let lasting = self.told.iter().filter(|flag| responses.urgency(*flag) < Urgency::Urgent);
        let mut facts = FactSet::default();
        if self.facts.contains(Fact::AgeOver50) {
            facts.insert(Fact::AgeOver50);
        }
        *self = Self { told: lasting.collect(), facts, ..Self::default() };
    }

    /// The danger signs are open again.
    fn reopens(&mut self, responses: &Responses) {
        self.denied = self.denied.without(listed(responses));
        let kept = |question| matches!(question, Question::When | Question::Context);
        self.asked = self.asked.that(kept);
        self.answered = self.answered.that(kept);
    }

    /// What is known once the reply was read.
    pub(super) fn reads(mut self, responses: &Responses, before: &Node, next: &Next) -> Self {
        if next.moves.contains(&Move::Show(Card::Stopped)) {
            return Self::default();
        }
        let crisis = |step: &Move| match step {
            Move::Answer(topic) => responses.topic(*topic).is_some_and(|t| t.id == "crisis"),
            _ => false,
        };
        if next.stage == Stage::Idle && next.moves.iter().any(crisis) {
            return Self::default();
        }
        if matches!(next.stage, Stage::Closed(level) if level >= Urgency::Urgent) {
            self.reopens(responses);
        }
        if next.timers == Timers::Start && before.case.now == Some(false) {
            self.sees_a_second_cramp(responses, before);
        }
        for step in &next.moves {
            if let Move::Ask(question, _) = step {
                self.asked.insert(*question);
            }
        }
        self
    }

    fn sees_a_second_cramp(&mut self, responses: &Responses, before: &Node) {
        if matches!(before.stage, Stage::Closed(_)) {
            self.reopens(responses);
        }
        let kept = |question| {
            !matches!(question, Question::Released | Question::LetGo3 | Question::LetGo10)
        };
        self.asked = self.asked.that(kept);
        self.answered = self.answered.that(kept);
        self.facts.remove(Fact::Over15Minutes);
    }

    /// What is known, without what makes no difference any more.
    pub(super) fn settled(mut self, case: &Case) -> Self {
        self.asked = self.asked.that(is_of_interview);
        if case.reported {
            self.answered = self.answered.that(|question| question != Question::WhatIf);
        }
        self
    }

    /// How pressing it is by what was told; two facts that lower a level are believed as they are
    /// kept.
    pub(super) fn told_level(&self, responses: &Responses, case: &Case) -> Urgency {
        let mut facts = self.facts;
        for fact in [Fact::ShortAndPainless, Fact::BothSides] {
            if case.facts.contains(fact) {
                facts.insert(fact);
            }
        }
        let told = Case { flags: self.told, facts, ..Case::default() };
        told.level(responses)
    }

    /// How pressing it is by all that was answered.
    pub(super) fn level(&self, responses: &Responses, case: &Case) -> Urgency {
        self.told_level(responses, case).max(self.unnamed.unwrap_or_default())
    }

    /// Whether every sign of both lists was answered.
    pub(super) fn is_check_answered(&self, responses: &Responses) -> bool {
        listed(responses).without(self.denied).without(self.told).is_empty()
    }
}
