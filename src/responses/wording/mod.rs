//! How a text reads: its grade, and words that Charley does not say.

mod banned;
mod grade;

pub(super) use banned::{Medicines, Never};
pub(super) use grade::{Grade, grade, hardest};
