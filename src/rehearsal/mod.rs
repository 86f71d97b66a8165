//! What only shows when the engine runs: response files are rehearsed with their own examples.

mod flags;
mod topics;

use std::fmt;

use crate::responses::{Problem, Responses};

/// What the engine makes of a checked set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rehearsal {
    /// Everything it finds wrong.
    pub problems: Vec<Problem>,
    /// How the topics are told apart.
    pub topics: HeldOut,
}

/// How examples of topics are read by a model that has not seen them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldOut {
    /// All examples.
    pub of: usize,
    /// Those that reach their own topic.
    pub right: usize,
    /// Topics that are taken for another, the worst pair first.
    pub pairs: Vec<Pair>,
}

/// A topic whose examples are taken for one other topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The topic's name.
    pub topic: String,
    /// The name of the one its examples are taken for.
    pub other: String,
    /// How many are.
    pub taken: usize,
    /// How many examples the topic has.
    pub of: usize,
}

/// How many pairs are shown: enough to see where the next examples are needed.
const MOST_SHOWN: usize = 10;

/// Rehearses a checked set with its own examples.
#[must_use]
pub fn rehearse(responses: &Responses) -> Rehearsal {
    let (topics, confused) = topics::rehearse(responses);
    let mut problems = flags::rehearse(responses);
    problems.extend(flags::rehearse_denying(responses));
    problems.extend(confused);
    problems.sort();
    Rehearsal { problems, topics }
}

/// Rehearses the danger signs alone: each example must raise its red flag, and no harmless message may.
#[must_use]
pub fn rehearse_signs(responses: &Responses) -> Vec<Problem> {
    flags::rehearse(responses)
}

impl fmt::Display for HeldOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (right, of) = (self.right, self.of);
        let percent = 100 * right / of.max(1);
        write!(f, "{right} of {of} examples ({percent}%) reach their topic unseen")?;
        for Pair { topic, other, taken, of } in self.pairs.iter().take(MOST_SHOWN) {
            write!(f, "\n  {taken:>2} of {of:>2} of `{topic}` are taken for `{other}`")?;
        }
        Ok(())
    }
}
