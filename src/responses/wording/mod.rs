//! How a text reads: its grade, and words that Charley does not say.

mod banned;
mod grade;

pub(super) use banned::{banned, names_medicine};
pub(super) use grade::{Grade, grade, hardest};
