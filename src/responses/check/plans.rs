//! Plans: every step is reached, every answer leads somewhere, no gate opens unchecked, and there is
//! an end.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::Time;
use strum::VariantArray;

use super::Set;
use crate::responses::compile::flag_order;
use crate::responses::plans::{At, PlanText, RELIEF, When, plan, raw};
use crate::responses::problem::{Place, Problem};
use crate::responses::raw::Text;
use crate::responses::read::File;
use crate::vocabulary::Timer;

/// Hours in which nobody is woken where neither the plan nor the person says so (`club-rule`).
const NIGHT: (Time, Time) = (Time::constant(21, 0, 0, 0), Time::constant(8, 0, 0, 0));
/// Quiet hours that a plan may have of its own.
const LATE: (Time, Time) = (Time::constant(22, 30, 0, 0), Time::constant(8, 0, 0, 0));
/// Longest name of a step or a question, so that a choice holds both.
const LONGEST_NAME: usize = 16;

/// Each plan as it is written, with the checked one. Single faults are told by [`lines`].
fn plans<'s>(set: &Set<'s>) -> Vec<(&'s File<raw::Plan>, PlanText)> {
    let flags = flag_order(set.raw);
    let plans = set.raw.plans.iter();
    plans.map(|file| (file, plan(file, &flags, &mut Vec::new()))).collect()
}

fn fault(file: &File<raw::Plan>, at: &Text, what: String, remedy: &str) -> Problem {
    Problem::new(Place::new(&file.path, at.span()), what, remedy)
}

/// Lines that cannot be read, or that name what is not there.
pub(super) fn lines(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let flags = flag_order(set.raw);
    for file in &set.raw.plans {
        plan(file, &flags, problems);
    }
}

/// Names that stand twice or do not fit into a choice.
pub(super) fn names(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.plans {
        let mut seen = BTreeSet::new();
        for step in &file.raw.steps {
            let name = step.id.get_ref().as_str();
            let what = if !is_name(name) {
                format!("`{name}` cannot be the name of a step")
            } else if !seen.insert(name) {
                format!("two steps are called `{name}`")
            } else {
                continue;
            };
            let remedy = "give each a name of its own, of at most 16 letters a-z, figures and `_`";
            problems.push(fault(file, &step.id, what, remedy));
        }
        for (name, question) in &file.raw.questions {
            let mut names = [name].into_iter().chain(question.choices.keys());
            if let Some(name) = names.find(|name| !is_name(name)) {
                let what = format!("`{name}` cannot be the name of a question or a choice");
                let remedy = "take at most 16 letters a-z, figures, `_` and `-`";
                problems.push(fault(file, &question.text, what, remedy));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(is_letter)
}

/// The timers of a cramp that is on: code knows what each of them asks.
pub(super) fn relief(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let timers = || Timer::VARIANTS.iter().map(|timer| timer.id());
    let Some(file) = set.raw.plans.iter().find(|file| file.id == RELIEF) else { return };
    let steps = || file.raw.steps.iter().map(|step| step.id.get_ref().as_str());
    let plain = |step: &raw::Step| step.after.is_some() && step.ask.is_empty() && !step.follows;
    if !steps().eq(timers()) || !file.raw.steps.iter().all(plain) {
        let what = "the timers of a cramp that is on are not the ones that code knows".to_owned();
        let remedy =
            "keep the steps let_go_3, let_go_10 and let_go_15, each with `after` and `grace` alone";
        problems.push(fault(file, &file.raw.name, what, remedy));
    }
}

/// Steps that nothing leads to.
pub(super) fn reached(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, plan) in plans(set) {
        let begun: BTreeSet<&String> =
            plan.steps.iter().flat_map(|step| &step.rules).flat_map(|rule| &rule.begin).collect();
        for (raw, step) in file.raw.steps.iter().zip(&plan.steps) {
            if step.follows && step.offer.is_none() && !begun.contains(&step.id) {
                let what = format!("nothing begins the step `{}`", step.id);
                let remedy = "name it in the `begin` of an answer, give it an `offer`, or take `follows` out";
                problems.push(fault(file, &raw.id, what, remedy));
            }
        }
    }
}

/// Answers that lead nowhere: a step that asks ends with what follows "in every other case".
pub(super) fn answered(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, plan) in plans(set).into_iter().filter(|(file, _)| file.id != RELIEF) {
        for (raw, step) in file.raw.steps.iter().zip(&plan.steps) {
            let silent = step.text.is_empty();
            let open = step.rules.last().is_none_or(|rule| !rule.when.is_empty());
            let (what, remedy) = if silent {
                (format!("the step `{}` says nothing", step.id), "write its `text`")
            } else if open {
                let what = format!("some answers to `{}` lead nowhere", step.id);
                (what, "end it with a row `[[steps.then]]` that has no `if`")
            } else {
                continue;
            };
            problems.push(fault(file, &raw.id, what, remedy));
        }
    }
}

/// Gates that open without a clear check of the danger signs.
pub(super) fn gates(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, plan) in plans(set) {
        for (raw, step) in file.raw.steps.iter().zip(&plan.steps) {
            let gate = step.rules.iter().any(|rule| rule.opens || !rule.begin.is_empty());
            if gate && !step.check {
                let what = format!("`{}` opens something without asking for danger signs", step.id);
                problems.push(fault(file, &raw.id, what, "write `check = true` below it"));
            }
        }
    }
}

/// Steps that are out of order, at night, or after the end; and a plan without an end.
pub(super) fn times(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, plan) in plans(set) {
        let quiet = plan.quiet.unwrap_or(NIGHT);
        let mut before = SignedDuration::ZERO;
        for (raw, step) in file.raw.steps.iter().zip(&plan.steps) {
            let starts = starts(step.when);
            let (what, remedy) = if is_quiet(step.when, quiet) {
                let what = format!("`{}` comes in the quiet hours", step.id);
                problems.push(fault(file, &raw.id, what, &awake(step.when, plan.quiet)));
                continue;
            } else if ends(step.when) > SignedDuration::from_hours(24 * i64::from(plan.days)) {
                (format!("`{}` comes after the last day", step.id), "make `days` larger")
            } else if starts.is_some_and(|starts| starts < before) && !step.follows {
                let what = format!("`{}` comes before the step above it", step.id);
                (what, "put the steps in the order of their time")
            } else {
                before = starts.filter(|_| !step.follows).unwrap_or(before);
                continue;
            };
            problems.push(fault(file, &raw.id, what, remedy));
        }
        let last = |step: &&crate::responses::plans::StepText| {
            !step.follows && step.rules.iter().any(|rule| rule.ends && rule.when.is_empty())
        };
        // An end that hangs on an `if` is told as an answer that leads nowhere.
        let hangs = plan.steps.iter().filter_map(|step| step.rules.last());
        let hangs = hangs.filter(|rule| rule.ends).any(|rule| !rule.when.is_empty());
        if file.id != RELIEF && !hangs && !plan.steps.iter().any(|step| last(&step)) {
            let what = "this plan has no end".to_owned();
            let remedy = "write `ends = true` in the last row of its last step";
            problems.push(fault(file, &file.raw.name, what, remedy));
        }
    }
}

/// When a step that comes in the quiet hours may come instead. Those of its own are offered to a plan
/// that has none, where they help.
fn awake(when: When, own: Option<(Time, Time)>) -> String {
    let (from, until) = own.unwrap_or(NIGHT);
    let (last, first) = (from.strftime("%H:%M"), until.strftime("%H:%M"));
    let remedy = format!("give it a time from `{first}` on and before `{last}`");
    if own.is_some() || is_quiet(when, LATE) {
        return remedy;
    }
    let (from, until) = (LATE.0.strftime("%H:%M"), LATE.1.strftime("%H:%M"));
    format!("{remedy}, or the plan its own `quiet = \"{from}-{until}\"`")
}

/// When it comes first, as far as that can be said before the plan begins.
fn starts(when: When) -> Option<SignedDuration> {
    match when {
        When::After(length) => Some(length),
        When::Day(day, At::Clock(at)) => Some(on_day(day, at)),
        When::Day(day, At::Bedtime) => Some(SignedDuration::from_hours(24 * i64::from(day) + 21)),
        When::Often { .. } | When::Every(..) => None,
    }
}

fn ends(when: When) -> SignedDuration {
    match when {
        When::After(length) => length,
        When::Day(day, _) | When::Often { until: day, .. } | When::Every(_, day) => {
            SignedDuration::from_hours(24 * i64::from(day))
        }
    }
}

fn on_day(day: u16, at: Time) -> SignedDuration {
    let minutes = i64::from(at.hour()) * 60 + i64::from(at.minute());
    SignedDuration::from_hours(24 * i64::from(day)) + SignedDuration::from_mins(minutes)
}

fn is_quiet(when: When, (from, until): (Time, Time)) -> bool {
    let (When::Day(_, At::Clock(at)) | When::Often { at: At::Clock(at), .. }) = when else {
        return false;
    };
    if from < until { at >= from && at < until } else { at >= from || at < until }
}
