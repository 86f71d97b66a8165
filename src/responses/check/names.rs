//! Names that code fixes: which of them a file lacks.

use crate::responses::problem::nearest;

/// The names that are not there. One that is only misspelt is not missing besides.
pub(super) fn missing(known: &[&'static str], there: &[&str]) -> Vec<&'static str> {
    let meant = |name: &&str| nearest(name, known.iter().copied());
    let strange = there.iter().filter(|name| !known.contains(name));
    let misspelt: Vec<&str> = strange.filter_map(meant).collect();
    let is_missing = |id: &&str| !there.contains(id) && !misspelt.contains(id);
    known.iter().copied().filter(is_missing).collect()
}
