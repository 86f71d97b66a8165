//! What of a plan's state makes a difference to what can come of it.

use std::collections::BTreeMap;

use super::plan::{Node, Walk};
use crate::plan::State;

/// From this day on a plan does the same on all.
const LAST_DAY: i64 = 45;

/// What of a state makes a difference.
pub(super) type Key = (
    Vec<(String, bool)>,
    Option<(String, bool, Vec<(String, String)>)>,
    State,
    u8,
    bool,
    bool,
    i64,
    Vec<(String, Vec<u8>)>,
    u16,
);

impl Walk<'_> {
    /// What of a state makes a difference: the order of what comes, and which day it is, as far as that
    /// still changes.
    pub(super) fn key(&self, node: &Node, over: bool) -> Key {
        let plan = &node.plan;
        if over {
            return (Vec::new(), None, State::Running, 0, false, true, 0, Vec::new(), 0);
        }
        let mut coming: Vec<_> = plan.check_ins.iter().filter(|one| one.is_planned()).collect();
        coming.sort_by_key(|one| one.due);
        let coming = coming.into_iter().map(|one| (one.step.clone(), one.time == 0)).collect();
        let open = plan.open.as_ref().map(|open| {
            let answers: &BTreeMap<String, String> = &open.answers;
            let answers = answers.iter().map(|(name, answer)| {
                let answer = if self.weighs(name) { answer.as_str() } else { "" };
                (name.clone(), answer.to_owned())
            });
            let answers = answers.collect();
            (open.step.clone(), open.clear.is_some(), answers)
        });
        let day = day(node);
        let weighed = plan.numbers.iter().filter(|(name, _)| self.weighs(name));
        let numbers = weighed.map(|(name, numbers)| {
            let ends = numbers.first().into_iter().chain(numbers.last()).copied().collect();
            (name.clone(), ends)
        });
        let numbers = numbers.collect();
        (
            coming,
            open,
            plan.state,
            plan.unanswered,
            node.asks,
            node.clear,
            day.min(LAST_DAY),
            numbers,
            plan.cramps,
        )
    }

    /// Whether an answer decides anything.
    pub(super) fn weighs(&self, question: &str) -> bool {
        let rules = self.text.steps.iter().flat_map(|step| &step.rules);
        rules.flat_map(|rule| &rule.when).any(|condition| condition.names(question))
    }
}

/// Which day it is since the cramp.
pub(super) fn day(node: &Node) -> i64 {
    node.now.duration_since(node.plan.cramp).as_hours() / 24
}
