//! A file that is no TOML, told in a moderator's words.

use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::problem::{Place, Problem};
use super::{shape, slip};

/// Words of the library that nobody needs to know, and what they are called here.
const JARGON: &[(&str, &str)] = &[
    ("multi-line basic string", "text"),
    ("multi-line literal string", "text"),
    ("basic string", "text"),
    ("literal string", "text"),
    ("string", "text"),
    ("array of tables", "table"),
    ("array table", "table"),
    ("inline table", "table in braces"),
    ("array", "list"),
    ("elements", "entries"),
    ("key-value pairs", "rows"),
    ("key-value pair", "row"),
    ("boolean", "value"),
    ("float", "number"),
    ("integer", "number"),
    ("datetime", "day"),
];

/// The fault of a text that the library cannot read: the slip that led to it, where it is one that
/// people make; else what the library says.
pub(super) fn fault(path: &Path, text: &str, error: &toml::de::Error, schema: &Value) -> Problem {
    let span = error.span().unwrap_or(0..0);
    if error.message() == "duplicate key" {
        return one_row(path, text, &span, schema).unwrap_or_else(|| twice(path, text, span));
    }
    // What is found behind the place where the library stopped has not led to it.
    let behind = text.get(span.start..).unwrap_or_default();
    let end = span.end.max(span.start + behind.find('\n').unwrap_or(behind.len()));
    if let Some(slip) = slip::first(text).filter(|slip| slip.span.start <= end) {
        let problem = Problem::new(Place::new(path, slip.span), slip.what, slip.remedy);
        return match slip.also {
            Some((span, what)) => problem.also(Place::new(path, span), what),
            None => problem,
        };
    }
    let what = error.message().trim().replace('\n', ", ");
    let what = JARGON.iter().fold(what, |what, (word, plain)| what.replace(word, plain));
    let remedy = "check quotes, brackets and commas around this place";
    Problem::new(Place::new(path, span), what, remedy)
}

/// `[steps]` where each row is opened by `[[steps]]`.
fn one_row(path: &Path, text: &str, span: &Range<usize>, schema: &Value) -> Option<Problem> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next()?;
    let name = line.trim().strip_prefix('[')?.split(']').next()?.trim();
    if name.starts_with('[') || !shape::are_rows(schema, name) {
        return None;
    }
    let what = format!("`[{name}]` stands twice, and each row is opened with two brackets");
    let remedy = format!("write `[[{name}]]` above each row");
    Some(Problem::new(Place::new(path, start..start + line.trim_end().len()), what, remedy))
}

/// A name that stands twice, with the first of the two places.
fn twice(path: &Path, text: &str, span: Range<usize>) -> Problem {
    let name = text.get(span.clone()).unwrap_or_default();
    let problem = Problem::new(
        Place::new(path, span.clone()),
        format!("`{name}` stands twice here"),
        "give one of them another name, or take it out",
    );
    let before = text.get(..span.start).unwrap_or_default();
    let opens = |line: &str| {
        let line = line.trim_start_matches(['[', ' ']);
        let rest = line.strip_prefix(name).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([']', '=']))
    };
    let mut end = before.len();
    for line in before.split_inclusive('\n').rev() {
        end -= line.len();
        if opens(line) {
            let at = end + line.find(name).unwrap_or_default();
            return problem.also(Place::new(path, at..at + name.len()), "the first one");
        }
    }
    problem
}
