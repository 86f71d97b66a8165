//! What only shows when the engine runs: response files are rehearsed with their own examples.

mod flags;
mod topics;

use crate::responses::{Problem, Responses};

/// Everything the engine itself finds wrong with a checked set.
#[must_use]
pub fn rehearse(responses: &Responses) -> Vec<Problem> {
    let mut problems = flags::rehearse(responses);
    problems.extend(topics::rehearse(responses));
    problems.sort();
    problems
}
