//! The shape of a file: every unknown key, missing key and wrong type at once, from the same JSON
//! Schema that editors use.

use std::path::Path;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::misplaced_keys::{self, Around};
use super::problem::{Place, Problem, did_you_mean, nearest};
use super::slip;

/// Compares a parsed file with the schema of its kind.
pub(super) fn faults(
    file: &Path,
    source: &str,
    root: &Spanned<DeTable<'_>>,
    schema: &Value,
) -> Vec<Problem> {
    let (around, behind) = (Vec::new(), Vec::new());
    let (within, found) = (Vec::new(), Vec::new());
    let mut walk = Walk { file, source, schema, within, around, behind, found };
    walk.table(root.get_ref(), root.span(), schema, "the file");
    walk.found
}

struct Walk<'w> {
    file: &'w Path,
    source: &'w str,
    schema: &'w Value,
    /// The names of the tables around.
    within: Vec<String>,
    /// Those of them that have headings below their own keys.
    around: Vec<Around<'w>>,
    /// Keys of them that stand below such a heading, each with the number of its table.
    behind: Vec<(usize, String)>,
    found: Vec<Problem>,
}

impl<'w> Walk<'w> {
    fn fault(&mut self, span: std::ops::Range<usize>, what: String, remedy: String) {
        self.found.push(Problem::new(Place::new(self.file, span), what, remedy));
    }

    fn table(
        &mut self,
        table: &DeTable<'_>,
        span: std::ops::Range<usize>,
        schema: &'w Value,
        what: &str,
    ) {
        let schema = self.resolve(schema);
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        let known = || properties.into_iter().flat_map(|p| p.keys().map(String::as_str));
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        let missing = required.filter_map(Value::as_str).filter(|key| !table.contains_key(*key));
        let missing: Vec<&str> = missing.collect();
        let mut misspelt = Vec::new();
        let depth = self.around.len();
        let own = Around::of(table, self.source, self.schema, &self.within, properties);
        self.around.extend(own);
        for (key, value) in table {
            let name: &str = key.get_ref();
            let free = others.is_some_and(|others| {
                let fits = fits(value.get_ref(), self.resolve(others), false);
                fits && misplaced_keys::is_free(self.schema, name)
            });
            if let Some(known) = properties.and_then(|p| p.get(name)) {
                self.value(value, known, name);
            } else if !free && self.is_behind(depth, name, key.span(), value.get_ref()) {
                // Told with its place.
            } else if let Some(others) = others {
                self.value(value, others, name);
            } else {
                let meant = self.meant(name, value.get_ref(), &missing, properties);
                let meant = meant.or_else(|| nearest(name, known()));
                misspelt.extend(meant);
                let remedy = meant.map(|meant| format!("did you mean `{meant}`?"));
                let remedy = remedy.unwrap_or_else(|| did_you_mean(name, known()));
                self.fault(key.span(), format!("unknown key `{name}`"), remedy);
            }
        }
        self.around.truncate(depth);
        // A key that is only misspelt, or stands further down, is not missing besides.
        let is_behind = |key: &&str| self.behind.iter().any(|(at, own)| *at == depth && own == key);
        let missing: Vec<&str> =
            missing.into_iter().filter(|key| !misspelt.contains(key) && !is_behind(key)).collect();
        for key in missing {
            let span = if span.len() > 200 { span.start..span.start } else { span.clone() };
            let sample = properties.and_then(|known| Some(self.sample(key, known.get(key)?)));
            let remedy = sample.unwrap_or_else(|| format!("`{key} = ...`"));
            let what_of = if remedy.starts_with('`') { "a line " } else { "" };
            let remedy = format!("add {what_of}{remedy}");
            self.fault(span, format!("key `{key}` is missing from {what}"), remedy);
        }
    }

    /// Whether a key belongs to one of the tables around, so many of them, and stands behind a heading.
    fn is_behind(
        &mut self,
        depth: usize,
        name: &str,
        span: std::ops::Range<usize>,
        value: &DeValue<'_>,
    ) -> bool {
        let outer = self.around.get(..depth).unwrap_or_default();
        let owns = |around: &Around<'_>| around.owns(self.schema, name, value);
        let Some(at) = outer.iter().rposition(owns) else { return false };
        let Some((what, remedy)) = outer.get(at).map(|around| around.told(name)) else {
            return false;
        };
        self.behind.push((at, name.to_owned()));
        self.fault(span, what, remedy);
        true
    }

    /// The one key that is missing, where a strange one holds what belongs to it: `messages` for
    /// `examples`.
    fn meant(
        &self,
        name: &str,
        value: &DeValue<'_>,
        missing: &[&'w str],
        properties: Option<&'w Map<String, Value>>,
    ) -> Option<&'w str> {
        if let Some(near) = nearest(name, missing.iter().copied()) {
            return Some(near);
        }
        let [only] = missing else { return None };
        let near = nearest(name, properties?.keys().map(String::as_str));
        let schema = self.resolve(properties?.get(*only)?);
        (near.is_none() && fits(value, schema, false)).then_some(*only)
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &'w Value, name: &str) {
        let schema = self.resolve(schema);
        let inner = value.get_ref();
        let day = schema.get("format").and_then(Value::as_str) == Some("date");
        if day && !matches!(inner, DeValue::Datetime(_)) {
            let what = format!("`{name}` is {}, expected a day", kind(inner));
            self.fault(value.span(), what, slip::DAY.to_owned());
            return;
        }
        if !fits(inner, schema, day) {
            let what = format!("`{name}` is {}, expected {}", kind(inner), expected(schema));
            let meant = meant(name, inner, schema).unwrap_or_else(|| self.sample(name, schema));
            self.fault(value.span(), what, format!("write {meant}"));
            return;
        }
        match inner {
            DeValue::Table(table) => {
                self.within.push(name.to_owned());
                self.table(table, value.span(), schema, &format!("`{name}`"));
                self.within.pop();
            }
            DeValue::Array(items) => {
                let Some(item_schema) = schema.get("items") else { return };
                for item in items {
                    self.value(item, item_schema, name);
                }
            }
            DeValue::String(text) => {
                self.word(text, value.span(), schema, name);
                self.unseen(text, value.span());
            }
            DeValue::Integer(number) => self.size(number.as_str(), value.span(), schema, name),
            DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    /// A whole number within its bounds.
    fn size(&mut self, typed: &str, span: std::ops::Range<usize>, schema: &Value, name: &str) {
        let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
        let (Some(least), Some(most)) = (bound("minimum"), bound("maximum")) else { return };
        let number = typed.parse().unwrap_or(i64::MAX);
        if !(least..=most).contains(&number) {
            let what = format!("`{name}` is {typed}, expected a number from {least} to {most}");
            self.fault(span, what, "write a smaller number".to_owned());
        }
    }

    /// A word out of a closed set.
    fn word(&mut self, text: &str, span: std::ops::Range<usize>, schema: &'w Value, name: &str) {
        let known = words(schema);
        if !known.is_empty() && !known.contains(&text) {
            let remedy = did_you_mean(text, known.iter().copied());
            self.fault(span, format!("unknown `{name}`: `{text}`"), remedy);
        }
    }

    /// A sign that nobody sees, as `\f` makes one where `\\f` or `/f` was meant, or as web pages and word
    /// processors bring them.
    fn unseen(&mut self, text: &str, span: std::ops::Range<usize>) {
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let written = match text.chars().find(|c| is_control(*c)) {
            Some('\u{8}') => "`\\b`",
            Some('\u{c}') => "`\\f`",
            Some('\u{1b}') => "`\\e`",
            Some(_) => "`\\u` or `\\x`",
            None => return self.strange_space(text, span),
        };
        let what = format!("{written} makes a sign here that nobody sees");
        self.fault(span, what, "take the backslash out, or write it twice: `\\\\`".to_owned());
    }

    fn strange_space(&mut self, text: &str, span: std::ops::Range<usize>) {
        let Some((sign, what, remedy)) = slip::unseen(text) else { return };
        let written = self.source.get(span.clone()).unwrap_or_default();
        let at = written.find(sign).map(|at| span.start + at);
        let span = at.map_or(span, |at| at..at + sign.len_utf8());
        self.fault(span, what.to_owned(), remedy.to_owned());
    }

    /// See [`resolve`].
    fn resolve(&self, schema: &'w Value) -> &'w Value {
        resolve(self.schema, schema)
    }

    /// How a key is written, with what belongs to it.
    fn sample(&self, name: &str, schema: &'w Value) -> String {
        let schema = self.resolve(schema);
        let day = schema.get("format").and_then(Value::as_str) == Some("date");
        let words = words(schema);
        match types(schema).first().copied() {
            Some("string") if day => format!("`{name} = 2026-01-31`, without quotes"),
            Some("string") if !words.is_empty() => {
                format!("`{name} = \"...\"` with one of: {}", words.join(", "))
            }
            Some("string") => format!("`{name} = \"...\"`, with quotes"),
            Some("integer" | "number") => format!("`{name} = 1`, without quotes"),
            Some("boolean") => format!("`{name} = true` or `{name} = false`"),
            Some("array") if is_of_tables(self.schema, schema) => {
                format!("`[[{}]]`, with two brackets, above each row", self.whole(name))
            }
            Some("array") => format!("`{name} = [\"...\", \"...\"]`, with square brackets"),
            Some(_) | None => format!("a table `[{}]`, with one bracket", self.whole(name)),
        }
    }

    /// A name with those of the tables around.
    fn whole(&self, name: &str) -> String {
        let around = self.within.iter().map(String::as_str);
        around.chain([name]).collect::<Vec<_>>().join(".")
    }
}

/// The same with the value that stands there, where only its quotes or brackets are wrong.
fn meant(name: &str, value: &DeValue<'_>, schema: &Value) -> Option<String> {
    let expected = types(schema).first().copied()?;
    match (expected, value) {
        ("integer", DeValue::String(text)) if text.trim().parse::<i64>().is_ok() => {
            Some(format!("`{name} = {}`, without quotes", text.trim()))
        }
        ("boolean", DeValue::String(text)) if matches!(text.trim(), "true" | "false") => {
            Some(format!("`{name} = {}`, without quotes", text.trim()))
        }
        ("string", DeValue::Integer(number)) if words(schema).is_empty() => {
            Some(format!("`{name} = \"{}\"`, with quotes", number.as_str()))
        }
        _ => None,
    }
}

/// Follows a reference, and takes the one real branch of an optional value.
pub(super) fn resolve<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let branches = schema.get("anyOf").and_then(Value::as_array);
    let real = |s: &&Value| s.get("type").and_then(Value::as_str) != Some("null");
    let schema = branches.and_then(|all| all.iter().find(real)).unwrap_or(schema);
    let target = schema.get("$ref").and_then(Value::as_str);
    let pointer = target.and_then(|target| target.strip_prefix('#'));
    pointer.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

/// Whether a list holds tables, each opened by two brackets.
fn is_of_tables(root: &Value, list: &Value) -> bool {
    let items = list.get("items").map(|items| resolve(root, items));
    items.is_some_and(|items| items.get("type").and_then(Value::as_str) == Some("object"))
}

/// Whether a name, as it stands in a heading, is that of rows: `steps.then`.
pub(super) fn are_rows(root: &Value, name: &str) -> bool {
    let mut schema = root;
    for part in name.split('.') {
        let items = schema.get("items").map_or(schema, |items| resolve(root, items));
        let own = items.get("properties").and_then(|known| known.get(part.trim()));
        let Some(own) = own.or_else(|| items.get("additionalProperties")) else { return false };
        schema = resolve(root, own);
    }
    is_of_tables(root, schema)
}

/// How many keys of a file are strange to a kind of file, and how many of that it lacks.
pub(super) fn misfits(table: &DeTable<'_>, schema: &Value) -> usize {
    let known = schema.get("properties").and_then(Value::as_object);
    let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
    let strange = table.keys().filter(|key| !is_known(key.get_ref())).count();
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let missing = required.filter_map(Value::as_str).filter(|key| !table.contains_key(*key));
    strange + missing.count()
}

/// The closed set of words a schema allows; empty when it is open.
fn words(schema: &Value) -> Vec<&str> {
    let one_of = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let consts = one_of.filter_map(|branch| branch.get("const")?.as_str());
    let set = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    consts.chain(set.filter_map(Value::as_str)).collect()
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ if !words(schema).is_empty() => vec!["string"],
        _ => Vec::new(),
    }
}

pub(super) fn fits(value: &DeValue<'_>, schema: &Value, day: bool) -> bool {
    let name = match value {
        DeValue::String(_) => "string",
        DeValue::Datetime(_) if day => "string",
        DeValue::Datetime(_) => "date",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    };
    // Nearly every value of a file: no list is made for it.
    if let Some(Value::String(one)) = schema.get("type") {
        return one == name;
    }
    let types = types(schema);
    types.is_empty() || types.contains(&name)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn expected(schema: &Value) -> &'static str {
    match types(schema).first().copied() {
        Some("string") => "a text",
        Some("integer" | "number") => "a number",
        Some("boolean") => "true or false",
        Some("array") => "a list",
        Some(_) | None => "a table",
    }
}
