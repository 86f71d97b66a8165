//! Keys that stand behind the heading of a table and belong above it, as happens to a line that is added
//! at the end of a file.

use std::str::FromStr;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::shape::{fits, resolve};
use crate::vocabulary::Aspect;

/// A table that is being read, and what a key of it that stands further down is told by.
pub(super) struct Around<'w> {
    /// What it is called.
    name: String,
    properties: Option<&'w Map<String, Value>>,
    keys: Vec<String>,
    /// The first heading below its own keys.
    heading: String,
}

impl<'w> Around<'w> {
    /// A table in which others stand, each below a heading; nothing where it has none. `within` are
    /// the names of the tables around it, the last one its own.
    pub(super) fn of(
        table: &DeTable<'_>,
        source: &str,
        root: &Value,
        within: &[String],
        properties: Option<&'w Map<String, Value>>,
    ) -> Option<Self> {
        let below = table.iter().filter(|(_, value)| holds_tables(value.get_ref()));
        let first = below.map(|(key, _)| key.span().start).min()?;
        let heading = heading(source, first)?;
        let name = if within.is_empty() {
            of_kind(root)
        } else {
            let opened = source.get(..first)?.rfind(&format!("{}]", within.join(".")));
            format!("`{}`", heading_at(source, opened?)?)
        };
        let keys = table.keys().map(|key| key.get_ref().to_string()).collect();
        Some(Self { name, properties, keys, heading: heading.to_owned() })
    }

    /// Whether a key is one of this table, by its name and what it holds.
    pub(super) fn owns(&self, root: &Value, name: &str, value: &DeValue<'_>) -> bool {
        let own = self.properties.and_then(|known| known.get(name));
        !holds_tables(value) && own.is_some_and(|own| fits(value, resolve(root, own), false))
    }

    /// What is wrong with a key of this table that stands below others, and what to do.
    pub(super) fn told(&self, name: &str) -> (String, String) {
        let Self { name: whose, heading, keys, .. } = self;
        let what = format!("`{name}` belongs to {whose} itself");
        let remedy = if keys.iter().any(|key| key == name) {
            format!("it stands above `{heading}` already: put both into one line there")
        } else {
            format!("move it above `{heading}`")
        };
        (what, remedy)
    }
}

/// Whether a table that takes any name takes this one: what is asked next has names of its own, and
/// so have the questions of a plan.
pub(super) fn is_free(root: &Value, name: &str) -> bool {
    match title(root) {
        // The button of an answer shows the topic's own.
        "Topic" => name != "more" && Aspect::from_str(name).is_ok(),
        "Plan" => true,
        _ => false,
    }
}

fn title(root: &Value) -> &str {
    root.get("title").and_then(Value::as_str).unwrap_or_default()
}

fn of_kind(root: &Value) -> String {
    match title(root) {
        kind @ ("Topic" | "Red flag" | "Card" | "Question" | "Word list" | "Plan") => {
            format!("the {}", kind.to_lowercase())
        }
        _ => "the file".to_owned(),
    }
}

fn holds_tables(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(items) => {
            items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_)))
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => false,
    }
}

/// The heading on the line of a place, if that is one.
fn heading(source: &str, at: usize) -> Option<&str> {
    heading_at(source, at).filter(|line| line.starts_with('['))
}

/// What stands on a line up to its last bracket.
fn heading_at(source: &str, at: usize) -> Option<&str> {
    let start = source.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = source.get(start..)?.lines().next()?.trim_start();
    line.get(..=line.rfind(']')?)
}
