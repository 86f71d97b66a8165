//! What a person said with one act, read without the flow.

use super::act::Act;
use super::message::Spoken;
use super::walk::Node;
use crate::responses::Responses;
use crate::triage::{Answer, Case, Choice, Move, Stage, circumstances, is_open, listed};
use crate::understanding::{About, Understanding};
use crate::vocabulary::{Card, Fact, FactSet, Flag, FlagId, FlagSet, Question, Urgency};

/// What a person said with one act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// Signs that were affirmed.
    pub(super) told: FlagSet,
    /// Signs that were hinted at.
    pub(super) hinted: FlagSet,
    /// Signs that were denied: what an answer or a message may clear.
    pub(super) denied: FlagSet,
    /// Signs that the open question is about and that were denied in answer to it: an affirmed
    /// sign may be lowered by nothing else.
    pub(super) taken_back: FlagSet,
    /// Facts that a row of the combination table looks at.
    pub(super) facts: FactSet,
    /// "Yes, one of list 1".
    pub(super) list_1: bool,
    /// The question that a press answered.
    pub(super) answered: Option<Question>,
    /// The member asked to stop, or a doctor has looked at it, or it is about another person.
    pub(super) begins_anew: bool,
    /// It is about another person while no danger sign stands.
    pub(super) of_another: bool,
}

impl Own {
    /// Reads an act at a state.
    pub(super) fn of(
        responses: &Responses,
        node: &Node,
        act: Act,
        spoken: Option<&Spoken>,
    ) -> Self {
        let mut own = Self::default();
        match (act, spoken) {
            (Act::Say(_), Some(spoken)) => own.hear(responses, node, spoken),
            (Act::Press(Choice::Answer(question, answer, about)), _) => {
                own.answered = Some(question);
                own.take(responses, question, answer, about);
            }
            (Act::Press(Choice::Signs(signs)), _) => own.told = own.told.union(signs),
            (Act::Press(Choice::Checked), _) => own.begins_anew = true,
            (Act::CheckIn | Act::Worse, _) => own.begins_anew = true,
            (Act::Press(_) | Act::Due(_) | Act::Later | Act::Say(_), _) => {}
        }
        own
    }

    /// Whether a pressing sign that was in doubt is no more to be asked, as somebody else came up.
    pub(super) fn loses_doubt(&self, responses: &Responses, before: &Case, after: &Case) -> bool {
        let lost = before.unsure.without(after.unsure).without(after.flags).without(self.denied);
        lost.iter().any(|flag| responses.urgency(flag) >= Urgency::Urgent)
    }

    /// The risk of a clot with a cramp that was short and painless or on both sides, or that is on or has
    /// let go where nothing else hurts.
    pub(super) fn is_plain_clot_risk(self, case: &Case) -> bool {
        let only = [FlagId::from(Flag::ClotRisk)].into_iter().collect();
        let urgent = |flag: FlagId| flag.core().is_none_or(|flag| flag.floor() >= Urgency::Urgent);
        let told = |fact: Fact| case.facts.contains(fact);
        let plain = told(Fact::ShortAndPainless) || told(Fact::BothSides);
        let hurts = [Fact::OneSidedCalfPain, Fact::NoClearCramp, Fact::Over24Hours];
        let sore = case.sore == Some(true) || hurts.into_iter().any(told);
        !self.told.without(only).iter().any(urgent) && (plain || case.now.is_some() && !sore)
    }

    fn hear(&mut self, responses: &Responses, node: &Node, spoken: &Spoken) {
        let said = &heard(node, spoken);
        let stands = node.case.level(responses) >= Urgency::Urgent
            || matches!(node.stage, Stage::Closed(level) if level >= Urgency::Urgent)
            || matches!(node.stage, Stage::Asking(Question::List2 | Question::Which, _));
        self.of_another = said.person.another && !stands;
        self.begins_anew = self.of_another;
        (self.told, self.hinted, self.denied) = (said.raised, said.unsure, said.denied);
        let past = said.claims.iter().filter_map(|claim| match claim.about {
            About::Flag(flag) => Some(flag),
            About::Fact(_) => None,
        });
        self.hinted = self.hinted.union(past.collect());
        self.facts = spoken.weighed;
        let long = said.minutes.is_some_and(|minutes| minutes >= 15);
        if long && said.facts.contains(Fact::StillLocked) {
            self.told.insert(Flag::UnrelentingPain);
        }
        if let Stage::Asking(question, about) = node.stage {
            self.hear_answer(responses, node, spoken, said, (question, about));
        }
    }

    /// A muscle that let go is hard no longer, unless the same words say that it is.
    pub(super) fn softened(&self, moves: &[Move]) -> FlagSet {
        let let_go = |step: &Move| matches!(step, Move::Show(Card::WalkOut | Card::SecondCramp));
        let told = self.told.union(self.hinted).contains(Flag::CompartmentTight);
        let soft = moves.iter().any(let_go) && !told;
        if soft { FlagSet::only(Flag::CompartmentTight) } else { FlagSet::default() }
    }

    fn hear_answer(
        &mut self,
        responses: &Responses,
        node: &Node,
        spoken: &Spoken,
        said: &Understanding,
        (question, about): (Question, Option<FlagId>),
    ) {
        let says = |fact| said.facts.contains(fact);
        let on = [Fact::Worse, Fact::StillLocked, Fact::ComesAndGoes].into_iter().any(says);
        let let_go = (says(Fact::Released) || says(Fact::Over)) && !on;
        let tight = FlagId::from(Flag::CompartmentTight);
        let doubted = said.raised.union(said.unsure).contains(tight);
        if let Some(flag) = about.filter(|flag| said.denied.contains(*flag)) {
            self.taken_back.insert(flag);
        } else if let_go && about == Some(tight) && !doubted {
            // "Yes, it let go", to whether the muscle is still hard.
            self.taken_back.insert(tight);
        } else if let Some(answer) = spoken.talk.answer() {
            let check = Choice::Answer(Question::Check, Answer::None, None);
            let lists = answer == Answer::None && about.is_none();
            let beside = lists && is_open(&node.case, node.stage, check);
            let question = if beside { Question::Check } else { question };
            let hinted = !said.unsure.is_empty() && answer != Answer::Yes;
            // "Yeah, fine now" affirms no sign, and clears none.
            let fine = [Fact::LooksFine, Fact::Over].into_iter().any(|f| said.facts.contains(f));
            let fine = fine && about.is_some() && answer == Answer::Yes;
            if !hinted && !fine {
                self.take(responses, question, answer, about);
            }
        }
    }

    /// An answer to a question.
    fn take(
        &mut self,
        responses: &Responses,
        question: Question,
        answer: Answer,
        about: Option<FlagId>,
    ) {
        let no = matches!(answer, Answer::None | Answer::No);
        match (question, about) {
            (Question::Check | Question::Rescreen | Question::Rest, _) if no => {
                self.denied = self.denied.union(listed(responses)).without(self.hinted);
            }
            (Question::Check, _) => self.list_1 = answer == Answer::List1,
            (Question::Clarify | Question::StillThere, Some(flag)) if no => {
                self.taken_back.insert(flag);
            }
            (Question::Clarify | Question::StillThere, Some(flag)) => {
                let mild = responses.urgency(flag) < Urgency::Urgent;
                if mild || matches!(answer, Answer::Yes | Answer::Some) {
                    self.told.insert(flag);
                }
            }
            (Question::Context, _) => self.take_circumstance(answer),
            _ => {}
        }
    }

    fn take_circumstance(&mut self, answer: Answer) {
        let all = [
            (Answer::Minor, Flag::Child),
            (Answer::Pregnant, Flag::Pregnancy),
            (Answer::Medicine, Flag::Medication),
            (Answer::Condition, Flag::Condition),
            (Answer::Recurrent, Flag::Recurrent),
            (Answer::ClotRisk, Flag::ClotRisk),
        ];
        for (key, flag) in all {
            if key == answer {
                self.told.insert(flag);
            } else if matches!(answer, Answer::None | Answer::No) {
                self.denied.insert(flag);
            }
        }
    }
}

/// What a message says where it is said: bare words name signs while the lists are asked.
fn heard(node: &Node, spoken: &Spoken) -> Understanding {
    match node.stage {
        Stage::Asking(
            Question::Check
            | Question::Rescreen
            | Question::List2
            | Question::Which
            | Question::Rest,
            _,
        ) => spoken.said.in_answer_to_lists(spoken.said.named),
        Stage::Asking(Question::Context, _) => {
            spoken.said.in_answer_to_lists(spoken.said.named.among(circumstances()))
        }
        Stage::Asking(..) | Stage::Idle | Stage::Waiting | Stage::Closed(_) => spoken.said.clone(),
    }
}

/// "Wrong button", "it's gone now", or anything that is told after a card for today: what stood is asked
/// about.
pub(super) fn takes_back(said: &Understanding, stage: Stage) -> bool {
    let today = stage == Stage::Closed(Urgency::Urgent);
    let lowers = [Fact::TakesBack, Fact::Released, Fact::Over];
    lowers.into_iter().any(|fact| said.facts.contains(fact)) || today && !said.claims.is_empty()
}

/// What is said to who wants to stop.
pub(super) fn is_stop(step: &Move) -> bool {
    matches!(step, Move::Show(Card::Stopped) | Move::Sent(Some(Fact::Stop), _))
}
