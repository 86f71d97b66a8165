//! The walk of the plans: every state a plan can be in, with every answer, with silence, and with
//! what somebody can do about it, by the engine itself.
//!
//! The danger signs are answered here as one of two: clear, or one is there. That "clear" is said only
//! when all were asked is a rule of the walk of the interview. Time goes on to whatever comes next, so
//! a state keeps the order of what comes, the day, and no moment.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::plan_state::{Key, day};
use super::rules::Rule;
use super::{Breach, Proof};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::{Asks, Habits, Open, Outcome, Plan, Press, Saying, Snooze, State, What};
use crate::responses::plans::{Answers, At, Condition, RELIEF, StepText, When};
use crate::responses::{PlanText, Responses};

/// A Saturday morning, 10:00.
const BEGIN: Timestamp = Timestamp::constant(1_780_740_000, 0);
/// Until this day everything is tried that does the same on every day.
const EARLY: i64 = 8;
/// So many states are walked of each plan, the nearest first. What lies further is the same in
/// another order, and left to random walks.
const MOST_STATES: usize = 40_000;
/// Of so many old check-ins the buttons are pressed.
const OLD: usize = 2;
/// One evening is like another: so many are walked.
const EVENINGS: u16 = 3;
/// How long after the next check-in somebody answers.
const ANSWERED_AFTER: SignedDuration = SignedDuration::from_mins(20);

/// What can happen to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Act {
    /// The next check-in comes.
    Next,
    /// The danger signs that were asked for are not there.
    Clear,
    /// One is there.
    Danger,
    /// A doctor has looked at it, and the check is clear.
    Checked,
    /// It cramped again.
    Again,
    /// Anything that can be pressed.
    Press(Press),
}

/// A state, with what the person was asked last.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) plan: Plan,
    pub(super) now: Timestamp,
    pub(super) asks: bool,
    /// How many danger signs there were: one is like another.
    dangers: u8,
    /// Whether the person said that no danger sign is there, since the last check-in came.
    pub(super) clear: bool,
}

/// Walks every plan.
pub(super) fn prove(responses: &Responses) -> Proof {
    let mut proof = Proof::default();
    for text in responses.plans.iter().filter(|plan| plan.id != RELIEF) {
        proof.add(Walk::new(&shortened(text)).run());
    }
    proof
}

/// The plan with fewer of what comes every day.
fn shortened(text: &PlanText) -> PlanText {
    let mut text = text.clone();
    for step in &mut text.steps {
        if let When::Often { on: None, until, .. } = &mut step.when {
            *until = EVENINGS.min(*until);
        }
    }
    text
}

pub(super) struct Walk<'w> {
    pub(super) text: &'w PlanText,
    nodes: Vec<Node>,
    ways: Vec<Option<(usize, Act)>>,
    places: HashMap<Key, usize>,
    ends: Vec<bool>,
    steps: Vec<(usize, usize)>,
    breaches: Vec<Breach>,
}

impl<'w> Walk<'w> {
    fn new(text: &'w PlanText) -> Self {
        Self {
            text,
            nodes: Vec::new(),
            ways: Vec::new(),
            places: HashMap::new(),
            ends: Vec::new(),
            steps: Vec::new(),
            breaches: Vec::new(),
        }
    }

    fn run(mut self) -> Proof {
        let to = Address { person: PersonId(1), place: PlaceId(1) };
        for late in [0, 30, 80] {
            let cramp = BEGIN.checked_sub(SignedDuration::from_hours(late)).unwrap_or(BEGIN);
            let (plan, _) = Plan::begin(self.text, Habits::usual("UTC"), to, cramp, BEGIN);
            // A plan begins with a clear check.
            self.arrive(
                None,
                Node { plan, now: BEGIN, asks: false, dangers: 0, clear: true },
                false,
            );
        }
        let mut at = 0;
        while at < self.nodes.len() && self.nodes.len() < MOST_STATES {
            for act in self.acts(&self.nodes[at].clone()) {
                self.step(at, act);
            }
            at += 1;
        }
        // Where the walk was cut short, nothing can be said of the end.
        let whole = self.nodes.len() < MOST_STATES;
        if let Some(at) = self.stranded().filter(|_| whole) {
            self.breach(Rule::PlanEnds, at, None);
        }
        Proof { states: self.nodes.len(), steps: self.steps.len(), breaches: self.breaches }
    }

    fn acts(&self, node: &Node) -> Vec<Act> {
        let plan = &node.plan;
        let mut acts = vec![Act::Press(Press::Stop)];
        if plan.is_held() {
            let others = [Press::Resume, Press::Pause, Press::Skip, Press::Worse];
            acts.extend(others.map(Act::Press));
            acts.extend(self.old_answers(plan).into_iter().map(Act::Press));
            acts.extend([Act::Checked, Act::Again]);
            acts.extend(node.asks.then_some(Act::Clear));
            return acts;
        }
        if plan.state != State::Running {
            acts.push(Act::Press(Press::Resume));
            return acts;
        }
        if plan.next().is_some() {
            acts.push(Act::Next);
        }
        if node.asks {
            acts.push(Act::Clear);
            acts.extend((node.dangers == 0).then_some(Act::Danger));
        }
        // What comes again and again does the same on every day; so do a pause and another cramp.
        let early = day(node) < EARLY;
        let recurs = |open: &Open| self.text.step(&open.step).is_some_and(StepText::recurs);
        let once = early || !plan.open.as_ref().is_some_and(recurs);
        // One that was put off once can be put off for ever.
        let once_more = plan.open.as_ref().is_some_and(|open| open.time == 0);
        acts.extend(once.then_some(Act::Press(Press::Worse)));
        if early {
            acts.push(Act::Press(Press::Pause));
            acts.extend((plan.cramps == 0).then_some(Act::Again));
        }
        if plan.open.is_some() {
            let wait = [Press::Snooze(Snooze::Tomorrow), Press::Skip];
            acts.extend(wait.into_iter().filter(|_| once && once_more).map(Act::Press));
            acts.extend(self.answers(plan).into_iter().map(Act::Press));
        }
        acts
    }

    /// Every answer to the open check-in; of numbers those at which something turns.
    fn answers(&self, plan: &Plan) -> Vec<Press> {
        let Some(open) = &plan.open else { return Vec::new() };
        let Some(step) = self.text.step(&open.step) else { return Vec::new() };
        let asked = step.ask.iter().find(|name| !open.answers.contains_key(*name));
        let Some(name) = asked else { return Vec::new() };
        let answer = |key| Press::Answer(step.id.clone(), open.time, name.clone(), key);
        match self.text.questions.get(name).map(|question| &question.answers) {
            Some(Answers::Choices(choices)) => {
                choices.iter().map(|(key, _)| answer(key.clone())).collect()
            }
            Some(Answers::UpTo(most)) => {
                let turns = self.turns(name).into_iter().filter(|number| number <= most);
                turns.map(|number: u8| answer(number.to_string())).collect()
            }
            None => Vec::new(),
        }
    }

    /// Answers below check-ins that were said before, as far as their buttons are still there.
    fn old_answers(&self, plan: &Plan) -> Vec<Press> {
        let said = plan.check_ins.iter().filter(|one| !one.is_planned());
        let first = said.filter_map(|one| {
            let step = self.text.step(&one.step)?;
            let question = step.ask.first()?;
            let key = match &self.text.questions.get(question)?.answers {
                Answers::Choices(choices) => choices.first()?.0.clone(),
                Answers::UpTo(_) => "0".to_owned(),
            };
            Some(Press::Answer(one.step.clone(), one.time, question.clone(), key))
        });
        first.take(OLD).collect()
    }

    /// Numbers at which something turns: about each that a rule names, and one that is far below.
    fn turns(&self, question: &str) -> BTreeSet<u8> {
        let rules = self.text.steps.iter().flat_map(|step| &step.rules);
        let about = rules.flat_map(|rule| &rule.when).filter_map(|condition| match condition {
            Condition::AtLeast(name, number) if name == question => {
                Some([number.saturating_sub(1), *number])
            }
            Condition::AtMost(name, number) if name == question => {
                Some([*number, number.saturating_add(1)])
            }
            _ => None,
        });
        let about = about.flatten().filter_map(|number| u8::try_from(number).ok());
        about.chain([1]).collect()
    }

    fn step(&mut self, at: usize, act: Act) {
        let before = self.nodes[at].clone();
        let mut node = before.clone();
        let outcome = self.take(&mut node, &act);
        for rule in self.broken(&before, &node, &act, &outcome) {
            self.breach(rule, at, Some(&act));
        }
        let from = Some((at, act));
        self.arrive(from, node, outcome.over);
    }

    /// The engine itself.
    fn take(&self, node: &mut Node, act: &Act) -> Outcome {
        let mut outcome = match act {
            Act::Next => self.next(node),
            Act::Clear => {
                node.clear = true;
                node.plan.is_clear(self.text, node.now)
            }
            Act::Danger => {
                node.dangers = 1;
                node.plan.hold(node.now);
                Outcome::default()
            }
            Act::Checked => {
                node.plan.doctor_has_looked();
                node.clear = true;
                node.plan.is_clear(self.text, node.now)
            }
            Act::Again => {
                node.clear = true;
                node.plan.cramped_again(self.text, node.now, node.now)
            }
            Act::Press(press) => node.plan.pressed(self.text, press, node.now),
        };
        if outcome.raise.is_some() {
            // The interview sends to a doctor, and the plan rests.
            node.plan.hold(node.now);
            outcome.says.clear();
        }
        node.asks = outcome.asks.is_some() || node.asks && matches!(act, Act::Press(_));
        if outcome.asks == Some(Asks::InFull) {
            node.clear = false;
        }
        outcome
    }

    fn next(&self, node: &mut Node) -> Outcome {
        let Some(next) = node.plan.next().cloned() else { return Outcome::default() };
        node.now = node.now.max(next.due);
        node.clear = false;
        let outcome = node.plan.due(self.text, &next.step, next.time, node.now);
        node.now = node.now.checked_add(ANSWERED_AFTER).unwrap_or(node.now);
        outcome
    }

    fn broken(&self, before: &Node, node: &Node, act: &Act, outcome: &Outcome) -> Vec<Rule> {
        let opens = outcome.says.iter().any(|saying| self.opens(saying));
        let coming = node.plan.reminders().into_iter().filter(|one| one.what != What::Forget);
        let coming: Vec<_> = coming.collect();
        let freed = before.plan.is_held() && !node.plan.is_held() && *act != Act::Checked;
        let rests = node.plan.state != State::Running;
        let idle = coming.is_empty() && node.plan.open.is_none();
        let known = before.plan.reminders();
        let early = coming.iter().any(|one| one.due < before.now && !known.contains(one));
        let quiet = coming.iter().any(|one| self.is_at_night(node, one.due, &one.what));
        let rules = [
            (
                Rule::GateIsClear,
                opens
                    && !(node.clear && before.plan.state == State::Running || *act == Act::Checked),
            ),
            (Rule::RestsInDanger, node.plan.is_held() && !coming.is_empty() || freed),
            (Rule::PlanGoesOn, !outcome.over && !rests && idle && !node.asks),
            (Rule::InItsTime, !outcome.over && (early || quiet)),
        ];
        rules.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
    }

    /// Whether it says what opens a gate.
    fn opens(&self, saying: &Saying) -> bool {
        let rules = self.text.steps.iter().flat_map(|step| &step.rules);
        let mut gates = rules.filter(|rule| rule.opens && !rule.say.contains('{'));
        matches!(saying, Saying::Text(text) if gates.any(|rule| rule.say == *text))
    }

    fn is_at_night(&self, node: &Node, due: Timestamp, what: &What) -> bool {
        let What::CheckIn(step, _) = what else { return false };
        let for_bed = |step: &StepText| {
            matches!(step.when, When::Often { at: At::Bedtime, .. } | When::Day(_, At::Bedtime))
        };
        let habits = &node.plan.habits;
        let clock = habits.time_zone().to_datetime(due).time();
        habits.quiet.contains(clock) && !self.text.step(step).is_some_and(for_bed)
    }

    /// A new state is walked from in its turn; the end is one state.
    fn arrive(&mut self, from: Option<(usize, Act)>, node: Node, over: bool) {
        let before = from.as_ref().map(|(before, _)| *before);
        let key = self.key(&node, over);
        let next = self.nodes.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.nodes.push(node);
            self.ways.push(from);
            self.ends.push(over);
        }
        if let Some(before) = before {
            self.steps.push((before, place));
        }
    }

    /// The first state from which nothing leads to the end of the plan but a stop.
    fn stranded(&self) -> Option<usize> {
        let mut leads = self.ends.clone();
        let mut changed = true;
        while changed {
            changed = false;
            for (from, to) in &self.steps {
                if leads[*to] && !leads[*from] {
                    leads[*from] = true;
                    changed = true;
                }
            }
        }
        leads.iter().position(|leads| !leads)
    }

    fn breach(&mut self, rule: Rule, at: usize, last: Option<&Act>) {
        if self.breaches.iter().any(|breach| breach.rule == rule) {
            return;
        }
        let mut path: Vec<Act> = last.into_iter().cloned().collect();
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

fn label(act: &Act) -> String {
    match act {
        Act::Next => "(the next check-in)".to_owned(),
        Act::Clear => "[None of these]".to_owned(),
        Act::Danger => "[Yes, or not sure] (and: a danger sign)".to_owned(),
        Act::Checked => "[A doctor has checked it]".to_owned(),
        Act::Again => "> it cramped again".to_owned(),
        Act::Press(press) => format!("[{}]", press.id()),
    }
}
