//! Files of one kind that lie where those of another are read, such as a topic in `red_flags/`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::de::DeTable;

use super::problem::{Place, Problem};

/// Keys that must be strange or missing at the least before another kind of file is thought of: fewer
/// are slips.
pub(super) const FEWEST: usize = 3;

/// The kinds of files that have a folder: the name of their schema, what one is called, the folder.
const KINDS: &[(&str, &str, &str)] = &[
    ("topic", "a topic", "topics"),
    ("red_flag", "a red flag", "red_flags"),
    ("card", "a card", "cards"),
    ("question", "a question", "questions"),
    ("word_list", "a word list", "words"),
    ("plan", "a plan", "plans"),
];

/// What a file is by its keys, and its folder, where so many of them do not fit where it lies. One
/// kind must fit far better, and better than all others.
pub(super) fn folder<'s>(
    table: &DeTable<'_>,
    misfits: usize,
    schema: impl Fn(&str) -> &'s Value,
) -> Option<(&'static str, &'static str)> {
    let fit = |(kind, ..): &(&str, &str, &str)| super::shape::misfits(table, schema(kind));
    let best = KINDS.iter().map(fit).min()?;
    let mut kinds = KINDS.iter().filter(|kind| fit(kind) == best);
    let (_, what, folder) = kinds.next()?;
    let far_better = misfits >= FEWEST && best * FEWEST <= misfits && !table.is_empty();
    (far_better && kinds.next().is_none()).then_some((*what, *folder))
}

/// The fault of such a file, and where it belongs.
pub(super) fn fault(path: &Path, id: &str, what: &str, folder: &str) -> (Problem, PathBuf) {
    let meant = Path::new(folder).join(format!("{id}.toml"));
    let here = path.parent().and_then(Path::to_str).filter(|here| !here.is_empty());
    let here =
        here.map_or_else(|| "outside of all folders".to_owned(), |here| format!("in `{here}/`"));
    let what = format!("by its keys this is {what}, and it lies {here}");
    let remedy = format!("move it to `{}`", meant.display());
    (Problem::new(Place::whole(path), what, remedy), meant)
}
