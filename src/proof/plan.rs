//! The walk of the plans: every state a plan can be in, with every answer, with silence, and with
//! what somebody can do about it, by the engine itself.
//!
//! The danger signs are answered here as one of two: clear, or one is there. That "clear" is said only
//! when all were asked is a rule of the walk of the interview. Time goes on to whatever comes next.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};

use super::plan_act::{Acts, PlanAct, PlanTheme, PlanTransition, acts, label, old_answers, themes};
use super::plan_rules::PlanTaken;
use super::plan_state::{Node, SUNDAY};
use super::rules::Rule;
use super::{Breach, Proof};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::{Asks, Habits, Outcome, Plan, State};
use crate::responses::PlanText;
use crate::responses::plans::RELIEF;

/// How long before a plan begins the cramp was.
const LATE: [i64; 3] = [0, 30, 80];
/// The walk's clock shows half hours.
const HALF_HOUR: i64 = 30 * 60;
/// More states than the plans that are shipped have; one that has more is told, and not passed.
const MOST_STATES: usize = 400_000;

/// Walks plans by an engine.
pub(super) fn prove(plans: &[PlanText], engine: PlanTransition<'_>) -> Proof {
    let mut proof = Proof::default();
    for text in plans.iter().filter(|plan| plan.id != RELIEF) {
        let mut tried = HashSet::new();
        for theme in themes(text) {
            proof.add(Walk::new(text, theme, engine, &mut tried).run());
        }
    }
    proof
}

struct Walk<'w> {
    text: &'w PlanText,
    theme: PlanTheme<'w>,
    engine: PlanTransition<'w>,
    /// States in which everything was tried, by walks of other themes too.
    tried: &'w mut HashSet<Rc<Node>>,
    nodes: Vec<Rc<Node>>,
    ways: Vec<Option<(usize, PlanAct)>>,
    places: HashMap<Rc<Node>, usize>,
    /// Steps that lead on, from and to.
    leads: Vec<(usize, usize)>,
    /// States from which one step ends the plan.
    ends: Vec<usize>,
    steps: usize,
    most: usize,
    breaches: Vec<Breach>,
}

impl<'w> Walk<'w> {
    fn new(
        text: &'w PlanText,
        theme: PlanTheme<'w>,
        engine: PlanTransition<'w>,
        tried: &'w mut HashSet<Rc<Node>>,
    ) -> Self {
        Self {
            text,
            theme,
            engine,
            tried,
            nodes: Vec::new(),
            ways: Vec::new(),
            places: HashMap::new(),
            leads: Vec::new(),
            ends: Vec::new(),
            steps: 0,
            most: MOST_STATES,
            breaches: Vec::new(),
        }
    }

    fn run(mut self) -> Proof {
        for node in starts(self.text) {
            self.arrive(None, &node);
        }
        let mut at = 0;
        while at < self.nodes.len() && self.nodes.len() < self.most {
            let Acts { followed, tried } = acts(self.text, self.theme, &self.nodes[at]);
            for act in followed {
                self.step(at, act);
            }
            self.try_here(at, tried);
            at += 1;
        }
        if at < self.nodes.len() {
            self.breach(Rule::PlanIsWalked, at, None);
        } else if let Some(at) = self.stranded() {
            self.breach(Rule::PlanEnds, at, None);
        }
        Proof { states: self.nodes.len(), steps: self.steps, breaches: self.breaches }
    }

    /// Looks at what is not followed, and at answers below earlier check-ins.
    fn try_here(&mut self, at: usize, acts: Vec<PlanAct>) {
        let here = Rc::clone(&self.nodes[at]);
        if !self.tried.insert(Rc::clone(&here)) {
            return;
        }
        for act in acts {
            self.look(at, &here, &act);
        }
        for (before, act) in old_answers(self.text, &here) {
            self.look(at, &before, &act);
        }
    }

    fn look(&mut self, at: usize, before: &Node, act: &PlanAct) -> (Node, Outcome) {
        self.steps += 1;
        let (node, outcome) = after(self.text, self.engine, before, act);
        let taken = PlanTaken { text: self.text, before, act, outcome: &outcome, node: &node };
        for rule in taken.broken() {
            self.breach(rule, at, Some(act));
        }
        (node, outcome)
    }

    fn step(&mut self, at: usize, act: PlanAct) {
        let before = Rc::clone(&self.nodes[at]);
        let (node, outcome) = self.look(at, &before, &act);
        if outcome.over {
            self.ends.push(at);
        } else {
            let to = self.arrive(Some((at, act)), &node);
            self.leads.push((at, to));
        }
    }

    /// A new state is walked from in its turn.
    fn arrive(&mut self, from: Option<(usize, PlanAct)>, node: &Node) -> usize {
        let node = Rc::new(node.settled(self.text));
        let next = self.nodes.len();
        let place = *self.places.entry(Rc::clone(&node)).or_insert(next);
        if place == next {
            self.nodes.push(node);
            self.ways.push(from);
        }
        place
    }

    /// The first state from which nothing leads to the end of the plan.
    fn stranded(&self) -> Option<usize> {
        let mut back = vec![Vec::new(); self.nodes.len()];
        self.leads.iter().for_each(|(from, to)| back[*to].push(*from));
        let mut seen = vec![false; self.nodes.len()];
        let mut open = self.ends.clone();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(&back[at]);
            }
        }
        seen.iter().position(|seen| !seen)
    }

    fn breach(&mut self, rule: Rule, at: usize, last: Option<&PlanAct>) {
        if self.breaches.iter().any(|breach| breach.rule == rule) {
            return;
        }
        let mut path: Vec<PlanAct> = last.into_iter().cloned().collect();
        let mut here = at;
        while let Some((from, act)) = self.ways.get(here).and_then(Option::as_ref) {
            path.push(act.clone());
            here = *from;
        }
        let lines = path.iter().rev().map(label);
        let path = [format!("({})", self.text.name)].into_iter().chain(lines).collect();
        self.breaches.push(Breach { rule, path });
    }
}

/// Where a walk begins: on a Saturday, 10:00, at once after the cramp or later. A plan begins with a
/// clear check.
pub(super) fn starts(text: &PlanText) -> Vec<Node> {
    let now = SUNDAY - SignedDuration::from_hours(14);
    let to = Address { person: PersonId(1), place: PlaceId(1) };
    let start = |late: i64| {
        let cramp = now - SignedDuration::from_hours(late);
        let (plan, outcome) = Plan::begin(text, Habits::usual("UTC"), to, cramp, now);
        let begins = (!outcome.over).then_some(plan);
        begins.map(|plan| Node { plan, now, asks: false, clear: true })
    };
    // A plan that goes by the calendar asks little after the cramp.
    let late = if text.is_of_habits() { &LATE[..2] } else { &LATE[..] };
    late.iter().filter_map(|late| start(*late)).collect()
}

/// The state after an act, and what was said.
pub(super) fn after(
    text: &PlanText,
    engine: PlanTransition<'_>,
    before: &Node,
    act: &PlanAct,
) -> (Node, Outcome) {
    let mut node = before.clone();
    if *act == PlanAct::Next {
        let next = coming_due(&node);
        node.now = next.map_or(node.now, |due| due.max(node.now));
    }
    let outcome = engine(text, &mut node.plan, act, node.now);
    let open = |node: &Node| node.plan.open.as_ref().map(|open| (open.step.clone(), open.time));
    // What was asked for a check-in is asked while that check-in waits for an answer.
    let stays = open(&node) == open(before) && node.plan.is_held() == before.plan.is_held();
    node.asks = outcome.asks.is_some() || before.asks && stays && *act != PlanAct::Clear;
    let comes = open(&node).is_some() && open(&node) != open(before);
    node.clear = match act {
        PlanAct::Clear | PlanAct::Again => true,
        PlanAct::Next | PlanAct::Press(_) => before.clear && !comes,
        PlanAct::Danger | PlanAct::Checked => false,
    };
    node.clear &= outcome.asks != Some(Asks::InFull);
    node.now = on_the_half_hour(node.now);
    (node, outcome)
}

/// When the next check-in comes; while a plan rests, when the next would have.
fn coming_due(node: &Node) -> Option<Timestamp> {
    let planned = node.plan.check_ins.iter().filter(|one| one.is_planned());
    let running = node.plan.state == State::Running;
    planned.map(|one| one.due).filter(|due| running || *due > node.now).min()
}

fn on_the_half_hour(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(HALF_HOUR)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::proof::plan_next;
    use crate::responses::disk;

    #[test]
    fn a_plan_with_more_states_than_are_walked_is_told() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
        let responses = disk::load(&folder).unwrap();
        let text = responses.plan("full").unwrap();
        let mut tried = HashSet::new();
        let walk = Walk::new(text, PlanTheme::Again, &plan_next, &mut tried);
        let proof = Walk { most: 100, ..walk }.run();
        let shown = proof.to_string();
        assert!(shown.contains("a plan has more states than are walked"), "{shown}");
    }
}
