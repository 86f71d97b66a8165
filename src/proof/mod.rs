//! The proof that the question flow is safe: every state it can be in, with everything that can come
//! in, by the transition itself and the loaded responses.
//!
//! What a person may say has no end, what the flow sees of it has one: signs raised, denied or in
//! doubt, facts, a kind of talk, an answer. So there is a walk for each [`Theme`]: the course of a
//! cramp by the clock, the slots that questions fill, what a cramp left behind, every red flag, and
//! every row of the combination table, a club's own included. A walk knows all kinds of talk and all
//! that its theme can say in them; choices, timers and time going by are added. In every state of
//! the first three walks every sign and every row is told once; what follows on it is walked in its
//! own walk.
//!
//! What is left out, and why that loses nothing:
//!
//! - **Other signs at the same time.** The flow keeps each sign as its own bit and looks at them
//!   together only for the highest level, for whether any is open or in doubt, and by the rows of
//!   the table. More signs only raise the level, and rows have their own walks. In the walks of a
//!   sign on the lists and of one that is not, a second sign goes along, so that one cannot hide the
//!   other.
//! - **Answers that do the same.** In the walk of a sign one circumstance and one time of day stand
//!   for all, as the flow does not look at them together; [`Theme`] says which. A second cramp
//!   belongs to the course, where it changes something.
//! - **Presses below earlier questions.** Those below the lists that tell of danger are walked; a sign
//!   that is pressed late does what the same sign does when it is said, one below a check-in what
//!   worse does; any other late press changes nothing.
//! - **Timers beside a sign.** A timer looks at no sign but the tight muscle and the cramp that does
//!   not let go, and these come up in the course by themselves.
//! - **What makes no difference any more**, like the minute at which a cramp began that is over, is
//!   not kept of a state. That it makes none is a test: every state is stepped with and without it.
//! - **Whose words.** How a message becomes signs and facts is the task of `understanding`; the walk
//!   begins behind it.
//!
//! The plans have walks of their own, by the engine that runs them: everything is answered in its time,
//! in every way; and besides, as often as one likes, there is silence, or a rest because of a danger
//! sign, or another cramp, or one step is put off. Whatever else can be pressed is tried in every
//! state, an answer below an earlier check-in too. What is left out of these, and why that loses little:
//!
//! - **Two of these in one plan.** A plan keeps the date of each step by itself and looks at them
//!   together only for which comes next, and a rest or a cramp leaves nothing open. Random walks mix
//!   them, with other time zones and clocks that jump.
//! - **Which number.** One of each kind that rules tell apart stands for all; where somebody is silent
//!   or rests, the lowest.
//! - **When somebody answers.** At once; how long a clear check holds is a matter of the engine alone,
//!   and random walks answer late.
//! - **What makes no difference any more**, like answers that had their effect, which week it is, and
//!   numbers that no rule looks at again. That it makes none is a test here too.
//!
//! Check-ins in the interview are a [`Theme`] like the others.
//!
//! What the person said is read from the input alone, not from what the flow made of it. That the
//! flow keeps it is one of the rules, step by step; so the other rules may look into the case.

mod act;
mod message;
mod own;
mod plan;
mod plan_act;
mod plan_answers;
mod plan_rules;
mod plan_state;
mod rules;
mod theme;
mod walk;

use std::fmt;

use jiff::Timestamp;

use crate::responses::{PlanText, Responses};
use crate::triage::{self, Case, Input, Next, Stage};

pub use plan_act::{PlanAct, PlanTransition, plan_next};
pub use rules::Rule;
pub use theme::{Theme, themes};

use walk::Walk;

/// A transition of the flow: the real one, or one that a test has broken.
pub type Transition<'t> = &'t dyn Fn(&Responses, Case, Stage, Input<'_>, Timestamp) -> Next;

/// What the walk has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// States that were reached, counted in each walk.
    pub states: usize,
    /// Steps that were taken, each from one state by one thing that can come in.
    pub steps: usize,
    /// For each rule that is broken the shortest path that breaks it.
    pub breaches: Vec<Breach>,
}

/// A path that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// What comes in, in order, as in a transcript.
    pub path: Vec<String>,
}

/// Walks the whole flow.
#[must_use]
pub fn prove(responses: &Responses) -> Proof {
    let mut proof = prove_of(responses, &triage::next, &themes(responses));
    proof.add(prove_plans(&responses.plans, &plan_next));
    proof.breaches.sort_by_key(|breach| breach.rule);
    proof
}

/// Walks plans alone, by an engine.
#[must_use]
pub fn prove_plans(plans: &[PlanText], engine: PlanTransition<'_>) -> Proof {
    plan::prove(plans, engine)
}

/// Walks a flow with another transition, along some themes.
#[must_use]
pub fn prove_of(responses: &Responses, next: Transition<'_>, themes: &[Theme]) -> Proof {
    let mut proof = Proof::default();
    for theme in themes {
        let mut walk = Walk::new(responses, next, *theme);
        walk.run();
        proof.add(walk.finish());
    }
    proof.breaches.sort_by_key(|breach| breach.rule);
    proof
}

impl Proof {
    fn add(&mut self, other: Self) {
        self.states += other.states;
        self.steps += other.steps;
        for breach in other.breaches {
            let known = self.breaches.iter_mut().find(|known| known.rule == breach.rule);
            match known {
                Some(known) if known.path.len() <= breach.path.len() => {}
                Some(known) => *known = breach,
                None => self.breaches.push(breach),
            }
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (states, steps) = (grouped(self.states), grouped(self.steps));
        if self.breaches.is_empty() {
            return write!(f, "flow: {states} states, {steps} steps, no unsafe path");
        }
        write!(f, "flow: {states} states, {steps} steps, {} rules broken", self.breaches.len())?;
        self.breaches.iter().try_for_each(|breach| write!(f, "\n\n{breach}"))
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; the shortest way there:", self.rule.what())?;
        self.path.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// A number with commas between the thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
