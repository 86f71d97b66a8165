//! A bad day at somebody's own machine: a locked or full disk, a crash, a slip in the settings.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test looks at the files it made")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::Arc;

use charley::bot::Bot;
use charley::clock::Clock;
use charley::responses::Responses;
use charley::store::{Opening, Sqlite, Store};
use charley::terminal::{Chat, Format, Lookup, from_pipe};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::cli::{Desk, refuses, run, text};

const DANGER: &str = "my calf is swollen, i have chest pain and can't breathe";
const LET_GO: &str = "my left calf cramped today on a run, it let go but is sore";

/// Another program at the database of a desk.
async fn other(desk: &Desk) -> SqliteConnection {
    SqliteConnectOptions::new().filename(desk.file()).connect().await.unwrap()
}

async fn does(other: &mut SqliteConnection, sql: &str) {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(other).await.unwrap();
}

/// What was answered is settled, which takes a moment more than to show it.
async fn is_settled(other: &mut SqliteConnection) {
    let mut left = -1;
    for _ in 0..1_000 {
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM outbox");
        left = count.fetch_one(&mut *other).await.unwrap();
        if left == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{left} answers are not settled");
}

/// Somebody writes of danger while the database is broken so: they read the card, and then why the
/// chat ends.
async fn danger_is_answered_while(breaks: &str, fault: &str) {
    let desk = Desk::new();
    let mut charley = desk.charley(&["chat", "--json"]).spawn().unwrap();
    let mut input = charley.stdin.take().unwrap();
    let mut output = BufReader::new(charley.stdout.take().unwrap()).lines();
    let mut answers = |line: &str| -> Value {
        writeln!(input, "{line}").unwrap();
        serde_json::from_str(&output.next().unwrap().unwrap()).unwrap()
    };
    answers("hello");
    let mut other = other(&desk).await;
    is_settled(&mut other).await;
    does(&mut other, breaks).await;

    let told = answers(DANGER);
    assert_eq!(told["replies"][0]["urgency"], "emergency", "{told}");
    assert_eq!(told["turn"], 2);
    drop(input);
    let ended = charley.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let why = text(&ended.stderr);
    assert!(why.starts_with("charley: ") && why.contains(fault), "{why}");
    assert!(output.next().is_none(), "one answer a line");
}

#[tokio::test]
async fn danger_is_answered_at_the_terminal_while_the_database_is_locked() {
    danger_is_answered_while("BEGIN EXCLUSIVE", "is locked by another program").await;
}

#[tokio::test]
async fn danger_is_answered_at_the_terminal_while_the_disk_is_full() {
    let full = "CREATE TRIGGER full BEFORE INSERT ON handled
                BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";
    danger_is_answered_while(full, "the disk is full").await;
}

#[tokio::test]
async fn danger_that_had_to_wait_a_little_for_the_database_is_answered_once() {
    let desk = Desk::new();
    desk.chat(&["hello"]);
    let mut other = other(&desk).await;
    does(&mut other, "BEGIN IMMEDIATE").await;
    let mut charley = desk.charley(&["chat", "--json"]);
    // It is opened before it is locked for writing once more.
    let waits = std::thread::spawn(move || run(&mut charley, format!("{DANGER}\nhello\n")));
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    does(&mut other, "ROLLBACK").await;

    let output = waits.join().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let turns: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(turns.len(), 2, "{turns:?}");
    assert!(turns[0].contains("\"emergency\"") && turns[1].starts_with("{\"turn\":2"), "{turns:?}");
}

#[tokio::test]
async fn danger_is_answered_though_what_was_said_before_cannot_be_noted_as_shown() {
    let desk = Desk::new();
    desk.chat(&["hello"]);
    let mut other = other(&desk).await;
    let worn = "CREATE TRIGGER worn BEFORE DELETE ON outbox
                BEGIN SELECT RAISE(ROLLBACK, 'the disk is worn'); END";
    does(&mut other, worn).await;

    let output = run(&mut desk.charley(&["chat", "--json"]), format!("hello\n{DANGER}\nhello\n"));

    let turns: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(turns.len(), 3, "{turns:?}");
    assert!(turns[1].contains("\"emergency\""), "{turns:?}");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the disk is worn"), "{}", text(&output.stderr));
}

#[test]
fn who_was_cut_off_after_an_answer_can_press_what_it_offered() {
    let desk = Desk::new();
    for _ in 0..4 {
        let mut charley = desk.charley(&["chat", "--json", "--fresh"]).spawn().unwrap();
        let mut input = charley.stdin.take().unwrap();
        let mut output = BufReader::new(charley.stdout.take().unwrap()).lines();
        for line in [LET_GO, "[None of these]"] {
            writeln!(input, "{line}").unwrap();
            let answer = output.next().unwrap().unwrap();
            assert!(!answer.contains("not on offer"), "{answer}");
        }
        charley.kill().unwrap();
        charley.wait().unwrap();
        let pressed = &desk.chat(&["[Regular medicine]"])[0];
        let told = pressed["replies"].to_string();
        assert!(!told.contains("not on offer"), "{told}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the chat goes by the real clock")]
async fn chat(responses: &Arc<Responses>, database: &Path) -> (Chat, Arc<Sqlite>) {
    let store = Arc::new(Sqlite::open(database, Opening::default()).await.unwrap());
    let bot = Arc::new(Bot::new(Arc::clone(responses), store.clone()));
    let lookup = Lookup {
        why: Box::new(|_| String::new()),
        case: Box::new(|_| String::new()),
        news: Box::new(|| None),
    };
    (Chat::open(bot, Clock::new(Timestamp::now, 1), lookup).await.unwrap(), store)
}

#[tokio::test]
async fn who_comes_back_sees_the_open_question_with_its_choices_in_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let (responses, file) = (crate::store::responses(), folder.path().join("charley.db"));
    let (mut before, store) = chat(&responses, &file).await;
    assert_eq!(before.left_open().await.unwrap(), None);
    let mut output = Vec::new();
    from_pipe(&mut before, &mut LET_GO.as_bytes(), &mut output, Format::Text).await.unwrap();
    store.close().await;

    let (after, store) = chat(&responses, &file).await;
    let open = after.left_open().await.unwrap().unwrap();
    let shown = text(&output);
    assert!(shown.contains(&open.text.trim().replace("**", "")) || shown.contains(&open.text));
    let buttons: Vec<String> =
        open.choices.iter().map(|choice| format!("[{}]", choice.label)).collect();
    assert!(shown.ends_with(&format!("{}\n", buttons.join(" "))), "{shown}\n{buttons:?}");
    store.close().await;
}

#[test]
fn a_folder_in_place_of_the_file_env_is_named_at_once() {
    let desk = Desk::new();
    fs::create_dir(desk.folder.path().join(".env")).unwrap();
    for command in ["reminders", "run", "explain", "chat"] {
        refuses(&desk.run(&[command], ""), "`.env`: it is a folder; remove it");
    }
}

#[test]
fn a_faulty_line_of_the_file_env_is_named_by_its_number() {
    let desk = Desk::new();
    let lines = "LOG_FORMAT=text\nDISCORD-TOKEN=hunter2\nDATABASE_ULR=sqlite:a.db\n";
    fs::write(desk.folder.path().join(".env"), lines).unwrap();
    let output = desk.run(&["chat"], "");
    refuses(&output, "`.env:2`: it cannot be read; write each setting as `NAME=value`");
    let told = text(&output.stderr);
    assert!(told.contains("there is no setting `DATABASE_ULR`; write `DATABASE_URL`"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn a_text_that_would_be_read_in_part_is_not_explained() {
    let long =
        format!("{} my calf is swollen and i have chest pain", "hello there folks ".repeat(250));
    let desk = Desk::new();
    refuses(&desk.run(&["explain"], &long), "of one only 4000 are read; explain it in parts");
    let row = serde_json::json!({"id": 1, "text": long}).to_string();
    let output = desk.run(&["explain", "--jsonl"], row);
    assert!(output.status.success());
    assert!(text(&output.stderr).starts_with("line 1: only the first 4000 characters"));
}

#[test]
fn a_move_of_the_clock_beyond_all_calendars_is_refused_as_such() {
    let turns = Desk::new().chat(&["+99999999999 d", "+8000000 d", "+3650000 d"]);
    for turn in turns {
        assert_eq!(turn["replies"][0]["text"], "The clock cannot go on that far.");
    }
}

#[test]
fn a_file_in_place_of_the_response_files_is_called_one() {
    let desk = Desk::new();
    let file = desk.folder.path().join("README.md");
    fs::write(&file, "").unwrap();
    let mut command = desk.charley(&["chat"]);
    let output = run(command.env("RESPONSES_DIR", &file), "");
    refuses(&output, "README.md` is a file; name in `RESPONSES_DIR` the folder");
}

#[test]
fn a_word_that_is_none_of_a_few_is_answered_with_them() {
    let desk = Desk::new();
    for (args, words) in [
        (["reminders", "list", "--state", "bogus"], "planned, said, sent, failed, skipped"),
        (["learn", "foo", "x", "y"], "relevance, setting, flags"),
    ] {
        let output = desk.run(&args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn labelled_messages_that_are_none_or_faulty_are_told_with_their_line() {
    let desk = Desk::new();
    fs::write(desk.folder.path().join("rows"), "").unwrap();
    refuses(&desk.run(&["evaluate", "rows"], ""), "`rows` holds no labelled message");
    let rows = "{\"text\": \"hi\", \"relevant\": false}\n";
    fs::write(desk.folder.path().join("rows"), format!("{rows}{{\"text\": \"hi")).unwrap();
    let output = desk.run(&["evaluate", "rows"], "");
    refuses(&output, "rows: line 2 is no labelled row");
    assert!(!text(&output.stderr).contains("line 1"), "{}", text(&output.stderr));
    fs::write(desk.folder.path().join("rows"), rows).unwrap();
    let scores = desk.run(&["evaluate", "rows"], "");
    let line = text(&scores.stdout).lines().find(|line| line.starts_with("setting"));
    assert!(line.is_some_and(|line| line.contains("accuracy  -")), "{}", text(&scores.stdout));
}
