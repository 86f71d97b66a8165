//! What may use what, what the pure part must not know, and words that must not stay in the code.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What may use what. A module uses only what stands above it; a new arrow is a reviewed line.
const MAY_USE: &[(&str, &[&str])] = &[
    ("vocabulary", &[]),
    ("message", &[]),
    ("timestamps", &[]),
    ("phrases", &["message"]),
    ("classifier", &["vocabulary", "message", "phrases"]),
    ("responses", &["vocabulary", "message", "phrases", "classifier"]),
    ("understanding", &["vocabulary", "message", "phrases", "classifier", "responses"]),
    ("plan", &["vocabulary", "message", "timestamps", "responses", "understanding"]),
    ("picture", &[]),
    ("triage", &["vocabulary", "responses", "understanding"]),
    ("reply", &["vocabulary", "timestamps", "responses", "understanding", "plan", "triage"]),
    ("conversation", &["vocabulary", "message", "responses", "plan", "triage", "reply"]),
    ("input_line", &["message", "reply"]),
    (
        "turn",
        &[
            "vocabulary",
            "message",
            "responses",
            "understanding",
            "plan",
            "triage",
            "reply",
            "conversation",
        ],
    ),
    ("proof", &["vocabulary", "message", "responses", "understanding", "plan", "triage", "reply"]),
    ("rehearsal", &["vocabulary", "message", "phrases", "responses", "understanding"]),
    ("transcript", &["message", "responses", "plan", "reply", "input_line", "turn"]),
    ("clock", &[]),
    ("courier", &["message", "plan", "reply"]),
    ("store", &["vocabulary", "message", "plan", "reply", "turn", "clock", "courier"]),
    ("channel_ceiling", &["vocabulary", "message", "reply"]),
    (
        "bot",
        &[
            "vocabulary",
            "message",
            "responses",
            "reply",
            "turn",
            "courier",
            "store",
            "channel_ceiling",
        ],
    ),
    ("reload", &["responses", "rehearsal", "bot"]),
    ("scheduler", &["plan", "turn", "courier", "store", "bot"]),
    ("config", &[]),
    (
        "discord",
        &[
            "vocabulary",
            "message",
            "timestamps",
            "responses",
            "plan",
            "picture",
            "reply",
            "turn",
            "clock",
            "courier",
            "store",
            "bot",
            "reload",
            "scheduler",
            "config",
        ],
    ),
    (
        "terminal",
        &[
            "vocabulary",
            "message",
            "timestamps",
            "reply",
            "input_line",
            "turn",
            "clock",
            "courier",
            "bot",
            "scheduler",
        ],
    ),
    (
        "cli",
        &[
            "message",
            "responses",
            "understanding",
            "triage",
            "proof",
            "rehearsal",
            "transcript",
            "clock",
            "store",
            "bot",
            "reload",
            "config",
            "discord",
            "terminal",
        ],
    ),
    ("main", &["cli"]),
];

/// The last module of the pure part; all above it are pure as well.
const LAST_PURE: &str = "transcript";

/// The one pure file that may read the disk.
const DISK: &str = "responses/disk.rs";

/// What the pure part must not know: tasks, clock, environment, disk, network, database, globals.
const IMPURE: &[&str] = &[
    "async",
    "tokio",
    "sqlx",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "Timestamp::now",
    "Zoned::now",
    "SystemTime",
    "Instant",
    "static",
    "LazyLock",
    "OnceLock",
    "thread_local",
];

/// What no code may hold, tests aside.
const FORBIDDEN: &[&str] =
    &["unwrap()", ".expect(", "todo!", "unimplemented!", "dbg!", "panic!", "unreachable!"];

/// What not even a comment or a test may hold.
const FORBIDDEN_EVERYWHERE: &[&str] = &["fixme", "todo:", "unsafe {", "unsafe fn", "unsafe impl"];

/// Longest file, its tests not counted.
const LONGEST: usize = 400;

#[test]
fn every_file_keeps_the_rules() {
    let faults: Vec<String> =
        sources("src").iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn tests_and_benches_hold_no_word_that_must_not_stay() {
    let folders = ["tests", "benches", "fuzz/fuzz_targets"].into_iter().flat_map(sources);
    let others = folders.filter(|(path, _)| path != "architecture.rs");
    let faults: Vec<String> = others.flat_map(|(path, text)| leftovers(&path, &text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_arrow_points_up_the_table() {
    for (place, (module, uses)) in MAY_USE.iter().enumerate() {
        let above: Vec<&str> = MAY_USE[..place].iter().map(|(module, _)| *module).collect();
        for used in *uses {
            assert!(
                above.contains(used),
                "`{module}` uses `{used}`, which does not stand above it"
            );
        }
    }
}

#[test]
fn the_table_holds_every_module_in_reading_order() {
    let lib = include_str!("../src/lib.rs").lines();
    let declared = lib.filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let listed = MAY_USE.iter().map(|(module, _)| *module).filter(|module| *module != "main");
    assert_eq!(declared.collect::<Vec<_>>(), listed.collect::<Vec<_>>());
}

#[test]
fn every_arrow_of_the_table_is_used() {
    assert_eq!(unused(&sources("src")), [""; 0]);
}

/// The arrows of the table that no file needs.
fn unused(sources: &[(String, String)]) -> Vec<String> {
    let of_file = |(path, text): &(String, String)| {
        arrows(path, text).into_iter().map(|to| (module(path), to)).collect::<Vec<_>>()
    };
    let used: BTreeSet<(String, String)> = sources.iter().flat_map(of_file).collect();
    let table = MAY_USE.iter().flat_map(|(from, uses)| uses.iter().map(move |to| (*from, *to)));
    let needed = |from: &str, to: &str| used.contains(&(from.to_owned(), to.to_owned()));
    let idle = table.filter(|(from, to)| !needed(from, to));
    idle.map(|(from, to)| format!("`{from}` does not use `{to}`: take the arrow away")).collect()
}

/// Every rule that a file breaks, a line each.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = leftovers(path, text);
    let module = module(path);
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
        return if path == "lib.rs" { faults } else { vec![format!("{path}: not in the table")] };
    };
    let new = arrows(path, text).into_iter().filter(|to| !allowed.contains(&to.as_str()));
    faults.extend(new.map(|to| format!("{path}: `{module}` may not use `{to}`")));
    let without_tests = without_tests(text);
    if from_root(path, &without_tests).contains("*") {
        faults.push(format!("{path}: uses the whole crate at once"));
    }
    let code = tokens(&without_tests);
    let holds = |word: &&&str| contains(&code, &tokens(word));
    if is_pure(&module) {
        let known = IMPURE.iter().filter(holds);
        let known = known.filter(|word| path != DISK || !["std::fs", "std::io"].contains(word));
        faults.extend(known.map(|word| format!("{path}: the pure part knows no `{word}`")));
    }
    let forbidden = FORBIDDEN.iter().filter(holds);
    faults.extend(forbidden.map(|word| format!("{path}: `{word}` outside tests")));
    let lines = without_tests.lines().count();
    if lines > LONGEST {
        faults.push(format!("{path}: {lines} lines without its tests, {LONGEST} at most"));
    }
    if !text.starts_with("//! ") {
        faults.push(format!("{path}: does not open with a line that says what it is"));
    }
    faults
}

fn leftovers(path: &str, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let left = FORBIDDEN_EVERYWHERE.iter().filter(|word| lower.contains(**word));
    left.map(|word| format!("{path}: holds `{word}`")).collect()
}

fn is_pure(module: &str) -> bool {
    let place = |wanted: &str| MAY_USE.iter().position(|(name, _)| *name == wanted);
    place(module) <= place(LAST_PURE)
}

/// The module a file belongs to: `triage/case.rs` to `triage`, `turn.rs` to `turn`.
fn module(path: &str) -> String {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The modules a file uses, tests included.
fn arrows(path: &str, text: &str) -> BTreeSet<String> {
    let own = module(path);
    let known = |name: &String| MAY_USE.iter().any(|(module, _)| module == name);
    from_root(path, text).into_iter().filter(|name| known(name) && *name != own).collect()
}

/// The names a file takes from the root of the crate: by `crate::`, `charley::`, or `super::` as
/// often as it is deep.
fn from_root(path: &str, text: &str) -> BTreeSet<String> {
    let code = tokens(text);
    let folders = path.trim_end_matches("/mod.rs").matches('/').count();
    let climb = format!("super{}", "::super".repeat(folders));
    let roots = [tokens("crate"), tokens("charley"), tokens(&climb)];
    let ends = (0..code.len()).flat_map(|at| {
        let behind = |root: &Vec<String>| code[at..].strip_prefix(root.as_slice());
        roots.iter().filter_map(behind).collect::<Vec<_>>()
    });
    ends.flat_map(first_names).collect()
}

/// The names right behind a root: `::a::b` gives `a`, `::{a::b, c::{d, e}}` gives `a` and `c`.
fn first_names(code: &[String]) -> Vec<String> {
    let Some(rest) = code.strip_prefix([String::from("::")].as_slice()) else {
        return Vec::new();
    };
    if rest.first().is_none_or(|token| token != "{") {
        return rest.first().cloned().into_iter().collect();
    }
    let mut names = Vec::new();
    let mut depth = 0;
    let mut last = "";
    for token in rest {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            name if depth == 1 && (last == "{" || last == ",") => names.push(name.to_owned()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        last = token;
    }
    names
}

/// Whether the words stand in the code one after the other; of `std::fs`, also `std::{fs, io}`.
fn contains(code: &[String], words: &[String]) -> bool {
    let grouped = |at: usize| match words {
        [root, path, name] if path == "::" => {
            code[at] == *root && first_names(&code[at + 1..]).contains(name)
        }
        _ => false,
    };
    (0..code.len()).any(|at| code[at..].starts_with(words) || grouped(at))
}

/// A file up to its tests and after them.
fn without_tests(text: &str) -> String {
    let mut kept = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests = lines.peek().is_some_and(|next| next.starts_with("mod "));
        if line == "#[cfg(test)]" && tests {
            let end = |line: &&str| *line == "}" || line.starts_with("mod ") && line.ends_with(';');
            lines.by_ref().find(end);
        } else {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// The words and marks of a piece of code; comments, texts and lifetimes are left out.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        match skipped(rest) {
            Some(skipped) => rest = &rest[skipped..],
            None if first.is_whitespace() => rest = &rest[length..],
            None => {
                tokens.push(rest[..length].to_owned());
                rest = &rest[length..];
            }
        }
    }
    tokens
}

/// How much of the beginning is a comment, a text, a character or a lifetime.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    let raw = rest.trim_start_matches(['b', 'c']).strip_prefix('r');
    if let Some(raw) = raw {
        let hashes = raw.bytes().take_while(|byte| *byte == b'#').count();
        if raw[hashes..].starts_with('"') {
            let begin = rest.len() - raw.len() + hashes + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            return Some(rest[begin..].find(&end).map_or(rest.len(), |at| begin + at + end.len()));
        }
    }
    match rest.as_bytes() {
        [b'"', ..] => Some(quoted(rest, '"')),
        [b'\'', b'\\', ..] => Some(quoted(rest, '\'')),
        [b'\'', ..] => {
            let mut after = rest[1..].char_indices().skip(1);
            let is_character = after.next().is_some_and(|(_, second)| second == '\'');
            Some(if is_character { quoted(rest, '\'') } else { lifetime(rest) })
        }
        _ => None,
    }
}

fn lifetime(rest: &str) -> usize {
    let name = rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_');
    name.map_or(rest.len(), |end| end + 1)
}

/// How long a text in quotes is; a backslash takes the next character with it.
fn quoted(rest: &str, quote: char) -> usize {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// All files of a folder of the project, as paths seen from that folder, with their texts.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let seen = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                sources.push((seen, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort();
    sources
}

/// What is wrong with a file that opens as it must and holds this.
fn planted(path: &str, code: &str) -> Vec<String> {
    faults(path, &format!("//! A file.\n\n{code}\n"))
}

#[test]
fn a_planted_arrow_is_seen_however_it_is_written() {
    let fault = ["turn.rs: `turn` may not use `store`"];
    assert_eq!(planted("turn.rs", "use crate::store::Store;"), fault);
    assert_eq!(
        planted("turn.rs", "use crate::{\n    reply::{store, Reply},\n    store,\n};"),
        fault
    );
    assert_eq!(planted("turn.rs", "fn f(a: &crate::store::Store) {}"), fault);
    assert_eq!(planted("turn.rs", "use super::store::Store;"), fault);
    assert_eq!(planted("turn.rs", "use charley::store::Store;"), fault);
    assert_eq!(planted("turn.rs", "#[cfg(test)]\nmod tests {\n    use crate::store;\n}"), fault);
    let deep = ["reply/compose.rs: `reply` may not use `turn`"];
    assert_eq!(planted("reply/compose.rs", "use super::super::turn::Turn;"), deep);
    let whole = ["reply/mod.rs: uses the whole crate at once"];
    assert_eq!(planted("reply/mod.rs", "use crate::*;"), whole);
    assert_eq!(planted("reply/mod.rs", "#[cfg(test)]\nmod tests {\n    use super::*;\n}"), [""; 0]);
}

#[test]
fn an_arrow_that_nobody_needs_is_seen() {
    let uses = |code: &str| unused(&[("phrases/mod.rs".to_owned(), code.to_owned())]);
    let idle = "`phrases` does not use `message`: take the arrow away".to_owned();
    assert!(uses("// crate::message").contains(&idle));
    assert!(!uses("use crate::message::Words;").contains(&idle));
}

#[test]
fn what_is_no_arrow_is_let_through() {
    for code in [
        "use crate::reply::Reply;",
        "// As crate::store does.\n/* crate::store */",
        "const A: &str = \"crate::store \\\" crate::store\";",
        "const A: &str = r#\"a \" crate::store\"#;",
        "pub(crate) fn quote() -> char { '\"' }",
        "fn f<'a>(a: &'a str) -> &'static str { a }",
    ] {
        assert_eq!(planted("turn.rs", code), [""; 0], "{code}");
    }
    assert_eq!(planted("cli/check.rs", "use super::store;"), [""; 0]);
}

#[test]
fn a_planted_impurity_is_seen() {
    for (code, word) in [
        ("async fn f() {}", "async"),
        ("use std::{env, fmt};", "std::env"),
        ("fn f() { jiff::Timestamp::now() }", "Timestamp::now"),
        ("fn f() { Timestamp :: now () }", "Timestamp::now"),
        ("static COUNT: u8 = 0;", "static"),
        ("use std::sync::{Arc, LazyLock};", "LazyLock"),
    ] {
        let fault = format!("triage/case.rs: the pure part knows no `{word}`");
        assert_eq!(planted("triage/case.rs", code), [fault], "{code}");
        assert_eq!(planted("bot.rs", code), [""; 0], "{code}");
    }
    assert_eq!(planted("responses/disk.rs", "use std::{fs, io};"), [""; 0]);
    assert_eq!(planted("responses/read.rs", "use std::{fs, io};").len(), 2);
}

#[test]
fn a_word_that_must_not_stay_is_seen() {
    assert_eq!(planted("bot.rs", "fn f() { g().unwrap() }"), ["bot.rs: `unwrap()` outside tests"]);
    assert_eq!(planted("bot.rs", "fn f() { todo!() }"), ["bot.rs: `todo!` outside tests"]);
    assert_eq!(planted("bot.rs", "// FIXME later"), ["bot.rs: holds `fixme`"]);
    assert_eq!(planted("bot.rs", "fn f() { unsafe { g() } }"), ["bot.rs: holds `unsafe {`"]);
    let test = "#[cfg(test)]\nmod tests {\n    fn f() { g().unwrap() }\n}";
    assert_eq!(planted("bot.rs", test), [""; 0]);
}

#[test]
fn a_long_file_an_unknown_module_and_a_missing_heading_are_seen() {
    let long = "fn f() {}\n".repeat(LONGEST + 1);
    assert_eq!(planted("bot.rs", &long).len(), 1);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}", "    fn f() {}\n".repeat(LONGEST + 1));
    assert_eq!(planted("bot.rs", &tests), [""; 0]);
    assert_eq!(planted("magic.rs", ""), ["magic.rs: not in the table"]);
    assert_eq!(faults("bot.rs", "fn f() {}").len(), 1);
}
