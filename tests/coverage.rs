//! Every statement of `docs/content-coverage.md` can be got out of Charley by asking for it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::reply::Reply;
use charley::responses::Responses;
use charley::turn::{Conversation, Event, turn};

/// The closed list: how many statements each part has, numbered from 1.
const STATEMENTS: [(&str, u32); 9] = [
    ("A", 11),
    ("B", 15),
    ("C", 7),
    ("D", 18),
    ("E", 19),
    ("F", 12),
    ("G", 6),
    ("H", 13),
    ("X", 18),
];

/// A row of the table.
#[derive(Debug)]
struct Row {
    id: String,
    file: String,
    question: String,
    words: String,
}

fn rows() -> Vec<Row> {
    let table = include_str!("../docs/content-coverage.md");
    table.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let cells: Vec<String> = inner.split(" | ").map(str::to_owned).collect();
    let [id, _, file, question, words] = cells.try_into().ok()?;
    (id != "id").then_some(Row { id, file, question, words })
}

#[test]
fn every_statement_has_a_row() {
    let statements = STATEMENTS
        .iter()
        .flat_map(|(part, count)| (1..=*count).map(move |number| format!("{part}{number}")));
    let expected: BTreeSet<String> = statements.collect();
    let covered: BTreeSet<String> = rows().into_iter().map(|row| row.id).collect();
    assert_eq!(covered, expected);
}

#[test]
fn every_file_holds_its_words() {
    let faults: Vec<String> = rows().iter().filter_map(missing_in_file).collect();
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}

fn missing_in_file(row: &Row) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses").join(&row.file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let says = |key: &str| {
        let text = file.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        plain(text).contains(&row.words)
    };
    let found = ["answer", "more", "sign", "advice", "text"].into_iter().any(says);
    (!found).then(|| format!("{} {}: {}", row.id, row.file, row.words))
}

#[test]
fn every_question_reaches_its_answer() {
    let responses = crate::store::responses();
    let faults: Vec<String> =
        rows().iter().filter_map(|row| missing_in_reply(&responses, row)).collect();
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}

fn missing_in_reply(responses: &Responses, row: &Row) -> Option<String> {
    let replies = ask(responses, &row.question);
    let begins: String = replies.chars().take(70).collect();
    (!replies.contains(&row.words))
        .then(|| format!("{} {} ({}) got: {begins}", row.id, row.question, row.file))
}

/// A cramp that is on, and a question besides: the lists of danger signs stand above their buttons,
/// whatever else there is to say.
#[test]
fn what_is_asked_is_shown() {
    const TOPICS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/responses/topics");
    let responses = crate::store::responses();
    let mut files: Vec<_> =
        fs::read_dir(TOPICS).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut asked = 0;
    for path in files {
        let topic: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let examples = topic.get("examples").and_then(toml::Value::as_array).unwrap();
        for example in examples.iter().take(3).filter_map(toml::Value::as_str) {
            let text = format!("my calf just locked up in the race! {example}");
            for reply in replies(&responses, &text) {
                let pressed = reply.choices.iter().any(|choice| choice.label.contains("list 1"));
                assert!(!pressed || reply.text.contains("**List 1:**"), "{text}\n{}", reply.text);
                asked += u32::from(pressed);
            }
        }
    }
    assert!(asked > 100, "the lists were asked {asked} times");
}

/// What a stranger reads who asks this first.
fn ask(responses: &Responses, question: &str) -> String {
    let replies = replies(responses, question);
    plain(&replies.into_iter().map(|reply| reply.text).collect::<Vec<_>>().join("\n\n"))
}

fn replies(responses: &Responses, question: &str) -> Vec<Reply> {
    let event = Event::Said(Message {
        id: 1,
        from: Address { person: PersonId(1), place: PlaceId(1) },
        text: question.to_owned(),
        at: "2026-03-01T12:00:00Z".parse().unwrap(),
        addressed: true,
        in_public: false,
        within: None,
    });
    turn(responses, Conversation::default(), &event).replies
}

/// Without bold type and line ends, which an editor may set as they like.
fn plain(text: &str) -> String {
    text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}
