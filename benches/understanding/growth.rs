//! A response set ten times as large as the shipped one.

use std::path::{Path, PathBuf};

use toml::Value;

/// How many times as many phrases, entries of word lists and examples there are.
const TIMES: usize = 10;
/// Longest word, in letters, that all phrases share.
const SHARED: usize = 3;
/// Lists that grow.
const GROWING: &[&str] = &["phrases", "unsure", "words", "examples"];

/// The files with ten times as many phrases, entries of word lists and examples: each copy speaks
/// of things of its own, as a set does that knows ten times as much.
pub(crate) fn tenfold(files: &[(PathBuf, String)]) -> Vec<(PathBuf, String)> {
    let grown = |(path, text): &(PathBuf, String)| {
        let mut table: toml::Table = toml::from_str(text).unwrap();
        let grows = |folder: &str| path.starts_with(Path::new(folder));
        if grows("topics") || grows("red_flags") || grows("words") {
            grow(&mut table, &|list| GROWING.contains(&list));
        } else if path == Path::new("facts.toml") {
            let facts = table.iter_mut().filter_map(|(_, fact)| fact.as_table_mut());
            facts.for_each(|fact| grow(fact, &|list| GROWING.contains(&list)));
        }
        (path.clone(), toml::to_string(&table).unwrap())
    };
    files.iter().map(grown).collect()
}

fn grow(table: &mut toml::Table, grows: &dyn Fn(&str) -> bool) {
    for (_, list) in table.iter_mut().filter(|(name, _)| grows(name)) {
        let Some(list) = list.as_array_mut() else { continue };
        let copies = (1..TIMES).flat_map(|copy| list.iter().map(move |text| other(text, copy)));
        // What names word lists only has no copy: the lists grow themselves.
        let copies: Vec<Value> = copies.filter(|copy| !list.contains(copy)).collect();
        list.extend(copies);
    }
}

/// The same with each word of it another one, save for the short ones that all phrases share ("the", "it
/// is"); a regular expression begins with another one.
fn other(text: &Value, copy: usize) -> Value {
    let text = text.as_str().unwrap_or_default();
    let ending = ["", "qua", "zor", "vex", "jup", "wob", "kyl", "fex", "gom", "yib"];
    let own = ending.get(copy).copied().unwrap_or_default();
    if let Some(expression) = text.strip_prefix('/') {
        let at_start =
            ["^ ?", "^", "(^| )"].into_iter().find(|start| expression.starts_with(start));
        let (start, rest) = expression.split_at(at_start.unwrap_or_default().len());
        return Value::String(format!("/{start}{own} {rest}"));
    }
    let mut out = String::new();
    let mut in_list = false;
    let mut length = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        in_list = (in_list || letter == '{') && letter != '}';
        length = if letter.is_ascii_alphabetic() { length + 1 } else { 0 };
        out.push(letter);
        let ends = letters.peek().is_none_or(|next| !next.is_ascii_alphabetic());
        if length > SHARED && ends && !in_list {
            out.push_str(own);
        }
    }
    Value::String(out)
}
