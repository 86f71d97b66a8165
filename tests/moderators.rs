//! The page for moderators, `responses/README.md`, names everything there is, its examples are
//! sound, and editors find a schema for every response file.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use charley::cli::check::check;
use charley::message::Words;
use charley::phrases::{Kinds, PhraseSetBuilder};
use charley::responses::{disk, fixed, schemas};
use charley::vocabulary::{Card, Question};
use serde_json::Value;
use strum::VariantArray;

use crate::smallest;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("responses/README.md")).unwrap()
}

/// All keys of a schema, and the words of its closed sets in quotes.
fn keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(table) => {
            let properties = table.get("properties").and_then(Value::as_object);
            keys.extend(properties.into_iter().flat_map(|p| p.keys().cloned()));
            table.values().for_each(|value| self::keys(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| self::keys(value, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_key_placeholder_label_and_number_list_is_named() {
    let mut names = BTreeSet::new();
    for (_, schema) in schemas() {
        keys(&schema, &mut names);
    }
    names.extend(fixed::LABELS.iter().chain(fixed::TOPICS).map(|name| (*name).to_owned()));
    for (part, cases) in Card::VARIANTS.iter().flat_map(|card| card.parts()) {
        names.extend([part].into_iter().chain(*cases).map(|name| (*name).to_owned()));
    }
    let cards = Card::VARIANTS.iter().flat_map(|card| card.placeholders());
    let questions = Question::VARIANTS.iter().flat_map(|question| question.placeholders());
    let lists = Kinds::NAMED.iter().map(|(name, _)| name);
    let braced = fixed::GENERAL.iter().chain(cards).chain(questions).chain(lists);
    names.extend(braced.map(|name| format!("{{{name}}}")));
    let page = page();
    let missing: Vec<&String> =
        names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(names.len() > 100, "{names:?}");
    assert!(missing.is_empty(), "responses/README.md does not name {missing:?}");
}

/// The blocks of the page that show a whole file: the first line names it.
fn shown_files(page: &str) -> Vec<(PathBuf, String)> {
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let named = blocks.filter_map(|block| {
        let path = block.lines().next()?.strip_prefix("# ")?;
        Some((PathBuf::from(path), block.to_owned()))
    });
    named.collect()
}

#[test]
fn every_file_that_the_page_shows_is_sound() {
    let shown = shown_files(&page());
    assert!(shown.len() > 4);
    let mut files = smallest::files();
    files.extend(shown);
    let files: Vec<(PathBuf, String)> = files.into_iter().collect();
    check(&files, smallest::TODAY).unwrap_or_else(|problems| panic!("\n{problems}"));
}

#[test]
fn the_topic_and_the_sign_that_the_page_shows_fit_the_shipped_files() {
    let mut files = disk::texts(&root().join("responses"), "toml").unwrap();
    let shown = shown_files(&page());
    let new = shown
        .into_iter()
        .filter(|(path, _)| path.starts_with("topics") || path.starts_with("red_flags"));
    files.extend(new);
    check(&files, smallest::TODAY).unwrap_or_else(|problems| panic!("\n{problems}"));
}

/// The rows of the table on phrases: phrase, what it finds, what it does not.
fn shown_phrases(page: &str) -> Vec<[String; 3]> {
    let (_, section) = page.split_once("| phrase |").unwrap();
    let rows = section.lines().skip(2).take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let line = line.replace("\\|", "\u{1}");
        let cell = |at: usize| {
            let cell = line.split('|').nth(at).unwrap().trim();
            cell.trim_matches('`').replace('\u{1}', "|")
        };
        [cell(1), cell(3), cell(4)]
    };
    rows.map(row).collect()
}

#[test]
fn every_phrase_that_the_page_shows_finds_what_it_says() {
    let phrases = shown_phrases(&page());
    assert!(phrases.len() > 8);
    for [phrase, finds, not] in phrases {
        let names = ["leg", "cold", "filler"];
        let mut builder = PhraseSetBuilder::new(names).unwrap();
        for name in names {
            let file = root().join(format!("responses/words/{name}.toml"));
            let list: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
            for word in list["words"].as_array().unwrap() {
                builder.add_entry(name, word.as_str().unwrap()).unwrap();
            }
        }
        builder.add(&phrase, ()).unwrap_or_else(|error| panic!("{phrase}: {error}"));
        let set = builder.build();
        let found = |text: &str| {
            let words = Words::of(text);
            !set.find(&words, &mut set.read(&words)).is_empty()
        };
        assert!(found(&finds), "`{phrase}` does not find \"{finds}\"");
        assert!(!found(&not), "`{phrase}` finds \"{not}\"");
    }
}

#[test]
fn every_number_list_finds_what_the_page_says() {
    let page = page();
    for (name, _) in Kinds::NAMED {
        let begins = format!("| `{{{name}}}` |");
        let row = page.lines().find(|line| line.starts_with(&begins)).expect(name);
        let mut builder = PhraseSetBuilder::new([]).unwrap();
        builder.add(&format!("{{{name}}}"), ()).unwrap();
        let set = builder.build();
        for shown in row.split('"').skip(1).step_by(2) {
            let words = Words::of(shown);
            let found = set.find(&words, &mut set.read(&words));
            assert!(!found.is_empty(), "{{{name}}} does not find \"{shown}\"");
        }
    }
}

#[test]
fn the_fault_that_the_page_shows_is_told_so() {
    let told = root().join("tests/responses/unknown_source/problems.txt");
    let told = fs::read_to_string(told).unwrap();
    let (fault, _) = told.split_once("\n\n").unwrap();
    assert!(page().contains(fault), "responses/README.md does not show\n{fault}");
}

#[test]
fn a_fault_names_no_part_of_the_page_that_is_not_there() {
    for folder in fs::read_dir(root().join("tests/responses")).unwrap() {
        let problems = folder.unwrap().path().join("problems.txt");
        let Ok(told) = fs::read_to_string(&problems) else { continue };
        for named in told.split("see \"").skip(1) {
            let (heading, rest) = named.split_once('"').unwrap();
            let is_ours = rest.starts_with(" in responses/README.md");
            assert!(!is_ours || page().contains(&format!("## {heading}\n")), "no \"{heading}\"");
        }
    }
}

#[test]
fn the_schemas_for_editors_are_those_of_the_program() {
    let folder = root().join("responses/schemas");
    let bless = std::env::var_os("BLESS").is_some();
    for (kind, schema) in schemas() {
        let file = folder.join(format!("{kind}.json"));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if bless {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let there = fs::read_to_string(&file).unwrap_or_default();
        assert!(there == text, "{} is old: BLESS=1 cargo test responses", file.display());
    }
    let there = fs::read_dir(&folder).unwrap().count();
    assert_eq!(there, schemas().len(), "responses/schemas holds a file of no kind");
}

#[test]
fn an_editor_finds_one_schema_for_every_file() {
    let text = fs::read_to_string(root().join(".taplo.toml")).unwrap();
    let config: toml::Table = text.parse().unwrap();
    let rules: Vec<(PathBuf, PathBuf)> = config["rule"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            let [include] = rule["include"].as_array().unwrap().as_slice() else {
                panic!("{rule}")
            };
            let schema = rule["schema"]["path"].as_str().unwrap();
            (include.as_str().unwrap().into(), schema.into())
        })
        .collect();
    for (path, _) in disk::texts(&root().join("responses"), "toml").unwrap() {
        let path = Path::new("responses").join(path);
        let fits = |include: &Path| {
            let any = include.file_name().unwrap() == "*.toml";
            include == path || any && include.parent() == path.parent()
        };
        let found: Vec<&PathBuf> =
            rules.iter().filter(|(include, _)| fits(include)).map(|(_, schema)| schema).collect();
        let [schema] = found.as_slice() else { panic!("{}: {found:?}", path.display()) };
        assert!(root().join(schema).exists(), "{}", schema.display());
    }
}
