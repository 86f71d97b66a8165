//! What of the answers to a plan's questions may still make a difference.

use jiff::{SignedDuration, Timestamp};

use crate::plan::Plan;
use crate::responses::PlanText;
use crate::responses::plans::{Condition, StepText};

/// Longer than the answers on danger signs hold for a check-in.
const NO_LONGER_CLEAR: SignedDuration = SignedDuration::from_hours(13);

/// Of the answers so far those that decide something, and of a clear check whether it still holds.
pub(super) fn keep_of_open(text: &PlanText, plan: &mut Plan, now: Timestamp) {
    let Some(open) = &mut plan.open else { return };
    for (name, answer) in &mut open.answers {
        if !weighs(text, name) {
            answer.clear();
        }
    }
    let checked = text.step(&open.step).is_some_and(|step| step.check);
    let age = open.clear.map(|at| now.duration_since(at).min(NO_LONGER_CLEAR));
    open.clear = age.filter(|_| checked).map(|age| now - age);
}

/// Of the numbers those that a rule may still look at.
pub(super) fn keep_numbers(text: &PlanText, plan: &mut Plan) {
    let open = plan.open.as_ref();
    let coming = |step: &StepText| {
        let planned = plan.check_ins.iter().any(|one| one.step == step.id && one.is_planned());
        step.follows || planned || open.is_some_and(|open| open.step == step.id)
    };
    let coming: Vec<&StepText> = text.steps.iter().filter(|step| coming(step)).collect();
    for (name, numbers) in &mut plan.numbers {
        let answered = open.is_some_and(|open| open.answers.contains_key(name));
        let (first, last, before) = looked_at(&coming, name);
        let length = numbers.len();
        let mut kept = Vec::new();
        if first && length > 1 {
            kept.extend(numbers.first().copied());
        }
        if before && answered && length > 1 {
            kept.extend(numbers.get(length - 2).copied());
        }
        if last || before || answered || first && length == 1 {
            kept.extend(numbers.last().copied());
        }
        *numbers = kept;
    }
    plan.numbers.retain(|name, numbers| weighs(text, name) && !numbers.is_empty());
}

/// Whether a rule of a step that may still come looks at the first number that was given to a question,
/// at the last one without asking for it, at the one before.
fn looked_at(coming: &[&StepText], question: &str) -> (bool, bool, bool) {
    let (mut first, mut last, mut before) = (false, false, false);
    for step in coming {
        let asks = step.ask.iter().any(|name| name == question);
        for condition in step.rules.iter().flat_map(|rule| &rule.when) {
            first |= matches!(condition, Condition::AThirdBelow(_, other) if other == question);
            last |= !asks && condition.names(question);
            before |= matches!(condition, Condition::Rising(name) | Condition::Falling(name) if name == question);
        }
    }
    (first, last, before)
}

/// Whether an answer decides anything.
fn weighs(text: &PlanText, question: &str) -> bool {
    let rules = text.steps.iter().flat_map(|step| &step.rules);
    rules.flat_map(|rule| &rule.when).any(|condition| condition.names(question))
}
