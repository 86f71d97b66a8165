//! The walk itself: breadth first, so that the first path that breaks a rule is a shortest one.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::act::{self, Act, is_plain};
use super::message::Spoken;
use super::own::Own;
use super::rules::{Rule, Taken, is_unusual, offers_in_vain};
use super::theme::Theme;
use super::{Breach, Proof, Transition};
use crate::responses::Responses;
use crate::triage::{Case, Input, Next, Questions, Stage, Timers, is_usual, listed};
use crate::vocabulary::{FactSet, Flag, FlagSet, Question, Setting, Timer, Urgency};

/// Now, always; it is the beginning of the cramp that moves.
const NOW: Timestamp = Timestamp::UNIX_EPOCH;
/// Minutes beyond which the length of a cramp makes no difference.
const LONG: i64 = 15;
/// More states than a sound flow can have; a broken one may have no end.
const MOST_STATES: usize = 200_000;

/// A state of the flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub(super) case: Case,
    pub(super) stage: Stage,
    /// The timer that is next.
    pub(super) timer: Option<Timer>,
}

/// A walk along one theme.
pub(super) struct Walk<'w> {
    responses: &'w Responses,
    next: Transition<'w>,
    spoken: Vec<Spoken>,
    theme: Theme,
    /// How many of the messages are followed; the rest is only tried.
    followed: usize,
    /// Facts that are told apart.
    facts: FactSet,
    nodes: Vec<Node>,
    /// How each state was first reached.
    ways: Vec<Option<(usize, Act)>>,
    places: HashMap<Node, usize>,
    /// Steps by answers alone, from and to.
    answers: Vec<(usize, usize)>,
    steps: usize,
    breaches: Vec<Breach>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(responses: &'w Responses, next: Transition<'w>, theme: Theme) -> Self {
        let start = start(theme);
        let mut spoken = theme.spoken(responses);
        let followed = spoken.len();
        spoken.extend(theme.probes(responses));
        let spoken = spoken.into_iter().map(|spoken| spoken.weighed(responses)).collect();
        Self {
            responses,
            next,
            spoken,
            followed,
            theme,
            facts: theme.facts(responses),
            nodes: vec![start.clone()],
            ways: vec![None],
            places: HashMap::from([(start, 0)]),
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
            for act in act::acts(self.responses, self.theme, &node, &self.spoken[..self.followed]) {
                self.step(at, &node, act);
            }
            for probe in self.followed..self.spoken.len() {
                self.step(at, &node, Act::Say(probe));
            }
            at += 1;
        }
    }

    fn step(&mut self, at: usize, node: &Node, act: Act) {
        self.steps += 1;
        let spoken = match act {
            Act::Say(place) => self.spoken.get(place),
            Act::Press(_) | Act::Due(_) | Act::CheckIn | Act::Worse | Act::Later => None,
        };
        let before = aged(self.responses, node, act);
        let next = self.moved(&before, act, spoken);
        let own = Own::of(self.responses, &before, act, spoken);
        let taken =
            Taken { responses: self.responses, before: &before, act, spoken, next: &next, own };
        let broken = taken.broken();
        let plain = is_plain(act, spoken);
        if matches!(act, Act::Say(place) if place >= self.followed) {
            return broken.into_iter().for_each(|rule| self.breach(rule, at, Some(act)));
        }
        let to = self.arrive(at, act, &before, &next);
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
            (Act::CheckIn, _) => Input::CheckIn,
            (Act::Worse, _) => Input::Worse,
            (Act::Later | Act::Say(_), _) => {
                let (moves, timers) = (Vec::new(), Timers::Keep);
                return Next { case, stage, moves, timers, quiet: None, plan: None };
            }
        };
        (self.next)(self.responses, case, stage, input, NOW)
    }

    /// The state that a step leads to; a new one is walked from in its turn.
    fn arrive(&mut self, from: usize, act: Act, before: &Node, next: &Next) -> usize {
        let timer = timer(self.theme, next.timers, act, before.timer);
        let mut case = settled(self.responses, next.case.clone(), self.facts);
        // A stop ends the plan too; in this walk another one begins at once.
        case.plan.runs = self.theme.is_on_plan();
        let node = Node { case, stage: next.stage, timer };
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
        for at in &open {
            seen[*at] = true;
        }
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

/// Where a walk begins.
fn start(theme: Theme) -> Node {
    let mut start = Node::default();
    start.case.plan.runs = theme.is_on_plan();
    start
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
        Act::Later | Act::Say(_) | Act::Press(_) | Act::CheckIn | Act::Worse => {}
    }
    node
}

/// The timer that is next after a step.
fn timer(theme: Theme, timers: Timers, act: Act, before: Option<Timer>) -> Option<Timer> {
    match (timers, act) {
        (Timers::Start, _) => theme.has_timers().then_some(Timer::LetGo3),
        (Timers::Cancel, _) => None,
        (Timers::Keep, Act::Due(step)) => act::after(step),
        (Timers::Keep, Act::Say(_) | Act::Press(_) | Act::CheckIn | Act::Worse | Act::Later) => {
            before
        }
    }
}

/// The case without what makes no difference any more.
fn settled(responses: &Responses, mut case: Case, facts: FactSet) -> Case {
    // Facts that only choose words.
    let kept = case.facts.iter().filter(|fact| facts.contains(*fact));
    case.facts = kept.fold(FactSet::default(), |mut set, fact| {
        set.insert(fact);
        set
    });
    // Which list sent to a doctor: it only chooses words.
    case.sent_by = None;
    // What a doctor has looked at does so too, but for whether it was an emergency.
    case.seen = if case.is_after_care(responses) {
        FlagSet::only(Flag::ChestPainOrBreathless)
    } else {
        FlagSet::default()
    };
    // Whether it is exercise or both: to the order of questions that is the same.
    if case.setting == Setting::Both {
        case.setting = Setting::Exercise;
    }
    // When a cramp began that is over, and minutes beyond the longest that is asked for.
    let minutes = case.began.map(|began| NOW.duration_since(began).as_mins().clamp(0, LONG));
    let minutes = minutes.filter(|_| case.now != Some(false));
    case.began = minutes.and_then(|m| NOW.checked_sub(SignedDuration::from_mins(m)).ok());
    // Which sign on the lists was denied, once all were.
    if case.checked {
        case.cleared = case.cleared.without(listed(responses));
    }
    case.answered = case.answered.that(|question| matters_answered(&case, question));
    case.asked = asked(&case);
    case
}

/// Whether it makes a difference that a question was answered.
fn matters_answered(case: &Case, question: Question) -> bool {
    match question {
        Question::Clarify
        | Question::StillThere
        | Question::Sore
        | Question::Offer
        | Question::Reminder
        | Question::Zone
        | Question::List2 => false,
        Question::WhatIf => !case.reported,
        Question::Check | Question::Rest | Question::Which | Question::Rescreen => !case.checked,
        Question::Released => case.now.is_none(),
        Question::LetGo3 => case.now == Some(true),
        Question::LetGo10 | Question::When | Question::Context | Question::PlanOffer => true,
    }
}

/// What was asked, as far as the flow looks at it: the questions that it counts, and the one
/// after 10 minutes; and whether a sign was in doubt. Of the two ways to ask whether it has let go
/// only one is needed for the count.
fn asked(case: &Case) -> Questions {
    let is_on = case.now == Some(true);
    let open = |question| is_on && !case.answered.contains(question);
    let mut kept = case.asked.that(|question| match question {
        Question::LetGo10 => true,
        _ => is_usual(question),
    });
    if !open(Question::LetGo3)
        && kept.contains(Question::LetGo3)
        && !kept.contains(Question::Released)
    {
        kept = kept.that(|question| question != Question::LetGo3);
        kept.insert(Question::Released);
    }
    if is_unusual(case.asked.that(|question| question != Question::LetGo10)) {
        kept.insert(Question::Clarify);
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use super::*;
    use crate::responses::disk;
    use crate::triage::{self, Move, Origin};
    use crate::vocabulary::{Fact, FlagId};

    /// States of a walk that forgets nothing, as far as they are looked at.
    const MOST: usize = 6_000;

    /// Every state does the same, and leads to the same, as what the walk keeps of it.
    fn forgets_nothing_that_matters(responses: &Responses, theme: Theme) -> usize {
        let walk = Walk::new(responses, &triage::next, theme);
        let mut nodes = vec![start(theme)];
        let mut seen: HashSet<Node> = nodes.iter().cloned().collect();
        let mut at = 0;
        while at < nodes.len() && nodes.len() < MOST {
            let node = nodes[at].clone();
            let kept = settled(responses, node.case.clone(), walk.facts);
            let kept = Node { case: kept, ..node.clone() };
            for act in act::acts(responses, theme, &node, &walk.spoken[..walk.followed]) {
                let spoken = match act {
                    Act::Say(place) => walk.spoken.get(place),
                    Act::Press(_) | Act::Due(_) | Act::CheckIn | Act::Worse | Act::Later => None,
                };
                let next = walk.moved(&aged(responses, &node, act), act, spoken);
                let short = walk.moved(&aged(responses, &kept, act), act, spoken);
                let case = |next: &Next| settled(responses, next.case.clone(), walk.facts);
                let label = act::label(responses, act, &walk.spoken);
                assert_eq!(shape(&next), shape(&short), "{label}\n{node:?}");
                assert_eq!(case(&next), case(&short), "{label}\n{node:?}");
                let timer = timer(theme, next.timers, act, node.timer);
                let next = Node { case: next.case, stage: next.stage, timer };
                if seen.insert(next.clone()) {
                    nodes.push(next);
                }
            }
            at += 1;
        }
        at
    }

    /// What a step says and where it leads, without the words on the phone.
    fn shape(next: &Next) -> (Vec<Move>, Stage, Timers) {
        let moves = next.moves.iter().map(|step| match step {
            Move::Emergency(_) => Move::Emergency(Origin::Unsure),
            Move::SameDay(_) | Move::Sent(Some(Fact::DoctorHasSeen), Urgency::Urgent) => {
                Move::SameDay(Origin::Unsure)
            }
            other => *other,
        });
        (moves.collect(), next.stage, next.timers)
    }

    #[test]
    fn what_is_left_out_of_a_state_makes_no_difference() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
        let responses = disk::load(&folder).unwrap();
        let sign = |flag: Flag| Theme::Sign(FlagId::from(flag));
        let themes = [
            Theme::Course,
            Theme::Slots,
            Theme::Trace,
            Theme::CheckIn,
            sign(Flag::ColdOrPaleFoot),
            sign(Flag::Weakness),
            sign(Flag::Recurrent),
            Theme::Row(7),
        ];
        for theme in themes {
            assert!(forgets_nothing_that_matters(&responses, theme) > 100, "{theme:?}");
        }
    }
}
