//! The walk itself: breadth first, so that the first path that breaks a rule is a shortest one.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::act::{self, Act};
use super::message::Spoken;
use super::rules::{Rule, Taken, is_plain, offers_in_vain};
use super::theme::Theme;
use super::witness::Witness;
use super::{Breach, Proof, Transition};
use crate::plan::Step;
use crate::responses::Responses;
use crate::triage::{Case, Input, Next, Stage, Timers, is_of_interview};
use crate::vocabulary::{FactSet, Question, Setting, Urgency};

/// Now, always; it is the beginning of the cramp that moves.
const NOW: Timestamp = Timestamp::UNIX_EPOCH;
/// Minutes beyond which the length of a cramp makes no difference.
const LONG: i64 = 15;
/// More states than a sound flow can have; a broken one may have no end.
const MOST_STATES: usize = 60_000;

/// A state, with what a bystander knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub(super) case: Case,
    pub(super) stage: Stage,
    pub(super) known: Witness,
    /// The timer that is next.
    pub(super) timer: Option<Step>,
}

/// A walk along one theme.
pub(super) struct Walk<'w> {
    responses: &'w Responses,
    next: Transition<'w>,
    spoken: Vec<Spoken>,
    theme: Theme,
    /// Facts that are told apart.
    facts: FactSet,
    pub(super) nodes: Vec<Node>,
    /// How each state was first reached.
    ways: Vec<Option<(usize, Act)>>,
    places: HashMap<Node, usize>,
    /// Steps by answers alone, from and to.
    answers: Vec<(usize, usize)>,
    pub(super) steps: usize,
    pub(super) breaches: Vec<Breach>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(responses: &'w Responses, next: Transition<'w>, theme: Theme) -> Self {
        Self {
            responses,
            next,
            spoken: theme.spoken(responses),
            theme,
            facts: theme.facts(responses),
            nodes: vec![Node::default()],
            ways: vec![None],
            places: HashMap::from([(Node::default(), 0)]),
            answers: Vec::new(),
            steps: 0,
            breaches: Vec::new(),
        }
    }

    /// Takes every step from every state.
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while at < self.nodes.len() && self.nodes.len() < MOST_STATES {
            let node = self.nodes[at].clone();
            for act in act::acts(self.responses, self.theme, &node, self.spoken.len()) {
                self.step(at, &node, act);
            }
            at += 1;
        }
    }

    fn step(&mut self, at: usize, node: &Node, act: Act) {
        self.steps += 1;
        let spoken = match act {
            Act::Say(place) => self.spoken.get(place),
            Act::Press(_) | Act::Due(_) | Act::Later => None,
        };
        let before = aged(self.responses, node, act);
        let next = self.moved(&before, act, spoken);
        let known = node.known.after(self.responses, &before, act, spoken);
        let known = known.reads(self.responses, &before, &next);
        let taken =
            Taken { responses: self.responses, before: &before, act, spoken, next: &next, known };
        let broken = taken.broken();
        let plain = is_plain(act, spoken);
        let to = self.arrive(at, act, &before, &next, known);
        if plain {
            self.answers.push((at, to));
        }
        for rule in broken {
            self.breach(rule, at, Some(act));
        }
    }

    /// The transition; time that goes by is no input of it.
    fn moved(&self, node: &Node, act: Act, spoken: Option<&Spoken>) -> Next {
        let (case, stage) = (node.case.clone(), node.stage);
        let input = match (act, spoken) {
            (Act::Say(_), Some(spoken)) => Input::Heard(&spoken.said),
            (Act::Press(choice), _) => Input::Chose(choice),
            (Act::Due(step), _) => Input::Due(step),
            (Act::Later | Act::Say(_), _) => {
                return Next { case, stage, moves: Vec::new(), timers: Timers::Keep };
            }
        };
        (self.next)(self.responses, case, stage, input, NOW)
    }

    /// The state that a step leads to; a new one is walked from in its turn.
    fn arrive(
        &mut self,
        from: usize,
        act: Act,
        before: &Node,
        next: &Next,
        known: Witness,
    ) -> usize {
        let timer = match (next.timers, act) {
            (Timers::Start, _) => self.theme.has_timers().then_some(Step::LetGo3),
            (Timers::Cancel, _) => None,
            (Timers::Keep, Act::Due(step)) => act::after(step),
            (Timers::Keep, _) => before.timer,
        };
        let case = settled(next.case.clone(), self.facts);
        let known = known.settled(&case);
        let node = Node { case, stage: next.stage, known, timer };
        if let Some(place) = self.places.get(&node) {
            return *place;
        }
        let place = self.nodes.len();
        self.places.insert(node.clone(), place);
        self.nodes.push(node);
        self.ways.push(Some((from, act)));
        if offers_in_vain(self.responses, next) {
            self.breach(Rule::ChoicesAreTaken, place, None);
        }
        place
    }

    fn breach(&mut self, rule: Rule, at: usize, last: Option<Act>) {
        if self.breaches.iter().any(|breach| breach.rule == rule) {
            return;
        }
        let mut path: Vec<Act> = last.into_iter().collect();
        let mut here = at;
        while let Some((from, act)) = self.ways[here] {
            path.push(act);
            here = from;
        }
        let label = |act: &Act| act::label(self.responses, *act, &self.spoken);
        let path = path.iter().rev().map(label).collect();
        self.breaches.push(Breach { rule, path });
    }

    /// What the walk has seen, dead ends included.
    pub(super) fn finish(mut self) -> Proof {
        if let Some(at) = self.stuck() {
            self.breach(Rule::QuestionsLeadOn, at, None);
        }
        if let Some(at) = self.dead_end() {
            self.breach(Rule::NoDeadEnd, at, None);
        }
        Proof { states: self.nodes.len(), steps: self.steps, breaches: self.breaches }
    }

    /// The first state with a question that no answer leads on from.
    fn stuck(&self) -> Option<usize> {
        let mut leads_on = vec![false; self.nodes.len()];
        for (from, to) in &self.answers {
            leads_on[*from] |= self.nodes[*from].stage != self.nodes[*to].stage;
        }
        let asks = |at: &usize| matches!(self.nodes[*at].stage, Stage::Asking(..));
        (0..self.nodes.len()).filter(asks).find(|at| !leads_on[*at])
    }

    /// The first state from which answers lead to no end.
    fn dead_end(&self) -> Option<usize> {
        let mut back = vec![Vec::new(); self.nodes.len()];
        self.answers.iter().for_each(|(from, to)| back[*to].push(*from));
        let ends = |at: &usize| matches!(self.nodes[*at].stage, Stage::Idle | Stage::Closed(_));
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(ends).collect();
        let mut seen = vec![false; self.nodes.len()];
        open.iter().for_each(|at| seen[*at] = true);
        while let Some(at) = open.pop() {
            for from in &back[at] {
                if !std::mem::replace(&mut seen[*from], true) {
                    open.push(*from);
                }
            }
        }
        seen.iter().position(|seen| !seen)
    }
}

/// The state when an act comes in: a timer comes later than what was before it.
fn aged(responses: &Responses, node: &Node, act: Act) -> Node {
    let mut node = node.clone();
    match act {
        Act::Due(step) => {
            let minutes = SignedDuration::from_mins(i64::from(act::minutes(step)));
            node.case.began = node.case.began.and_then(|began| began.checked_sub(minutes).ok());
        }
        Act::Later if node.stage == Stage::Closed(Urgency::SelfCare) => {
            node.case.reopen(responses);
        }
        Act::Later | Act::Say(_) | Act::Press(_) => {}
    }
    node
}

/// The case without what makes no difference any more: when a cramp began that is over, minutes
/// beyond the longest that is asked for, facts that only choose words, which offers were made, and
/// whether it is exercise or both: to the order of questions that is the same.
fn settled(mut case: Case, facts: FactSet) -> Case {
    let kept = case.facts.iter().filter(|fact| facts.contains(*fact));
    case.facts = kept.fold(FactSet::default(), |mut set, fact| {
        set.insert(fact);
        set
    });
    case.asked = case.asked.that(is_of_interview);
    if case.reported {
        case.answered = case.answered.that(|question| question != Question::WhatIf);
    }
    if case.setting == Setting::Both {
        case.setting = Setting::Exercise;
    }
    let minutes = case.began.map(|began| NOW.duration_since(began).as_mins().clamp(0, LONG));
    let minutes = minutes.filter(|_| case.now != Some(false));
    case.began = minutes.and_then(|m| NOW.checked_sub(SignedDuration::from_mins(m)).ok());
    case
}
