//! `charley` from outside, as a stranger runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test looks at the files it made")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

const CRAMPING: &str = "my calf is cramping right now";

/// An empty folder in which somebody runs charley.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("charley.db")
    }

    pub(crate) fn charley(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
        command.args(args).current_dir(self.folder.path()).env_remove("DATABASE_URL");
        command.env("RESPONSES_DIR", Path::new(env!("CARGO_MANIFEST_DIR")).join("responses"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str], input: impl AsRef<[u8]>) -> Output {
        run(&mut self.charley(args), input)
    }

    /// The turns of a chat that goes well.
    pub(crate) fn chat(&self, lines: &[&str]) -> Vec<Value> {
        let output = self.run(&["chat", "--json"], lines.join("\n"));
        assert_eq!(text(&output.stderr), "");
        assert!(output.status.success());
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What is kept, apart from which events were answered.
    async fn kept(&self) -> Vec<(String,)> {
        let options = SqliteConnectOptions::new().filename(self.file());
        let mut reader = options.connect().await.unwrap();
        let all = "SELECT body FROM conversations
                   UNION ALL SELECT due || step FROM reminders
                   UNION ALL SELECT name || value FROM notes";
        sqlx::query_as(all).fetch_all(&mut reader).await.unwrap()
    }
}

pub(crate) fn run(command: &mut Command, input: impl AsRef<[u8]>) -> Output {
    let mut charley = command.spawn().unwrap();
    // Whoever refuses to start does not read what it is told.
    let _ = charley.stdin.take().unwrap().write_all(input.as_ref());
    charley.wait_with_output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

fn choices(turn: &Value) -> Vec<String> {
    let replies = turn["replies"].as_array().unwrap().iter();
    let choices = replies.flat_map(|reply| reply["choices"].as_array().unwrap());
    choices.map(|choice| choice.as_str().unwrap().to_owned()).collect()
}

fn kinds(turn: &Value) -> Vec<&str> {
    turn["replies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reply| reply["kind"].as_str().unwrap())
        .collect()
}

/// Ends with code 1, nothing on the output, and these words in the one message.
#[track_caller]
pub(crate) fn refuses(output: &Output, words: &str) {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert_eq!(text(&output.stdout), "");
    assert!(message.starts_with("charley: ") && message.contains(words), "{message}");
    assert_eq!(message.matches("charley: ").count(), 1, "{message}");
}

#[test]
fn json_is_one_object_a_turn_and_blank_lines_are_none() {
    let turns = Desk::new().chat(&["hello", "", "   ", CRAMPING]);
    assert_eq!(turns.len(), 2);
    assert_eq!((&turns[0]["turn"], &turns[1]["turn"]), (&1.into(), &2.into()));
    let reply = &turns[1]["replies"][0];
    assert!(!reply["text"].as_str().unwrap().is_empty());
    let urgencies = ["emergency", "urgent", "see_doctor", "self_care", "none"];
    assert!(urgencies.contains(&reply["urgency"].as_str().unwrap()));
    assert_eq!(reply.as_object().unwrap().len(), 4);
}

#[test]
fn plain_text_is_what_json_says_with_choices_in_brackets() {
    let turns = Desk::new().chat(&["hello", CRAMPING]);
    let lines = |reply: &Value| {
        let choices = reply["choices"].as_array().unwrap().iter();
        let buttons = choices.map(|choice| format!("[{}]", choice.as_str().unwrap()));
        let buttons = buttons.collect::<Vec<_>>().join(" ");
        let text = reply["text"].as_str().unwrap();
        if buttons.is_empty() { format!("{text}\n") } else { format!("{text}\n{buttons}\n") }
    };
    let block = |turn: &Value| turn["replies"].as_array().unwrap().iter().map(lines).collect();
    let expected: Vec<String> = turns.iter().map(block).collect();
    let output = Desk::new().run(&["chat"], format!("hello\n{CRAMPING}\n"));
    assert_eq!(text(&output.stdout), expected.join("\n"));
}

#[test]
fn a_choice_can_be_pressed_when_one_comes_back() {
    let desk = Desk::new();
    let offered = choices(&desk.chat(&[CRAMPING])[0]);
    let press = format!("[{}]", offered[0].to_uppercase());
    let turn = &desk.chat(&[&press])[0];
    assert!(!turn["replies"][0]["text"].as_str().unwrap().contains("not on offer"), "{turn}");
}

#[tokio::test]
async fn a_label_that_is_not_on_offer_changes_nothing() {
    let desk = Desk::new();
    let offered = choices(&desk.chat(&[CRAMPING])[0]);
    let before = desk.kept().await;
    let turn = &desk.chat(&["[Call my mother]"])[0];
    assert_eq!(kinds(turn), ["notice"]);
    assert_eq!(turn["replies"][0]["text"], "`[Call my mother]` is not on offer. These are:");
    assert_eq!(choices(turn), offered);
    assert_eq!(desk.kept().await, before);

    let turn = &Desk::new().chat(&["[Yes]"])[0];
    let words = "`[Yes]` cannot be pressed: nothing is on offer now.";
    assert_eq!(turn["replies"][0]["text"], words);
}

#[test]
fn the_clock_moves_on_and_brings_what_falls_due_and_stays_moved() {
    let desk = Desk::new();
    desk.chat(&[CRAMPING]);
    let turns = desk.chat(&["+1 min", "+3 min", "+0 min"]);
    assert_eq!(kinds(&turns[0]), [""; 0]);
    assert!(!kinds(&turns[1]).is_empty());
    assert_eq!(kinds(&turns[2]), [""; 0]);
}

#[test]
fn a_long_move_of_the_clock_brings_everything_on_the_way() {
    let step_by_step = Desk::new();
    step_by_step.chat(&[CRAMPING]);
    let minutes = vec!["+1 min"; 60];
    let texts = |turns: &[Value]| -> Vec<Value> {
        let replies = turns.iter().flat_map(|turn| turn["replies"].as_array().unwrap().clone());
        replies.map(|reply| reply["text"].clone()).collect()
    };
    let slowly = texts(&step_by_step.chat(&minutes));

    let at_once = Desk::new();
    at_once.chat(&[CRAMPING]);
    assert!(!slowly.is_empty());
    assert_eq!(texts(&at_once.chat(&["+1 h"])), slowly);
}

#[test]
fn a_clock_that_cannot_go_so_far_says_so() {
    let turn = &Desk::new().chat(&["+9000 years"])[0];
    assert_eq!(turn["replies"][0]["text"], "The clock cannot go on that far.");
}

#[tokio::test]
async fn a_fresh_start_forgets_what_was_and_moves_the_clock_back() {
    let desk = Desk::new();
    desk.chat(&[CRAMPING, "+2 d"]);
    let output = desk.run(&["chat", "--json", "--fresh"], "[1]\n");
    assert!(text(&output.stdout).contains("nothing is on offer now"));
    let kept = desk.kept().await;
    assert!(kept.iter().all(|(row,)| row.starts_with("terminal.")), "{kept:?}");
    assert!(kept.contains(&("terminal.clockPT0S".to_owned(),)), "{kept:?}");
}

#[test]
fn a_line_too_long_or_not_text_does_not_end_the_chat() {
    let desk = Desk::new();
    let mut input = "ow ".repeat(2_000).into_bytes();
    input.extend_from_slice(b"\n\xff\xfe calf\nhello\n");
    let output = desk.run(&["chat", "--json"], input);
    assert!(output.status.success());
    let turns: Vec<_> = text(&output.stdout).lines().collect();
    assert_eq!(turns.len(), 3);
    assert!(turns[0].contains("4,000 characters at most"), "{}", turns[0]);
}

#[test]
fn whoever_stops_reading_ends_the_chat_in_peace() {
    let desk = Desk::new();
    let mut charley = desk.charley(&["chat", "--json"]).spawn().unwrap();
    let mut input = charley.stdin.take().unwrap();
    let mut output = BufReader::new(charley.stdout.take().unwrap());
    input.write_all(b"hello\n").unwrap();
    output.read_line(&mut String::new()).unwrap();
    drop(output);
    input.write_all(b"hello\nhello\n").unwrap();
    let ended = charley.wait_with_output().unwrap();
    assert!(ended.status.success());
    assert_eq!(text(&ended.stderr), "");
}

#[test]
fn an_answer_comes_before_the_next_line_is_read() {
    let desk = Desk::new();
    let mut charley = desk.charley(&["chat", "--json"]).spawn().unwrap();
    let mut input = charley.stdin.take().unwrap();
    let mut output = BufReader::new(charley.stdout.take().unwrap()).lines();
    for turn in 1..=3 {
        input.write_all(b"hello\n").unwrap();
        let answer: Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["turn"], turn);
    }
    drop(input);
    assert!(charley.wait().unwrap().success());
}

#[test]
fn two_terminals_on_one_file_both_get_all_their_answers() {
    let desk = Desk::new();
    let start = || -> Child {
        let mut charley = desk.charley(&["chat", "--json"]).spawn().unwrap();
        let mut input = charley.stdin.take().unwrap();
        input.write_all("hello\nmy calf is cramping\n".repeat(20).as_bytes()).unwrap();
        charley
    };
    let terminals = [start(), start(), start()];
    for terminal in terminals {
        let output = terminal.wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "");
        assert_eq!(text(&output.stdout).lines().count(), 40);
    }
}

#[test]
fn what_was_typed_is_not_kept() {
    let desk = Desk::new();
    desk.chat(&["my zanzibar calf is cramping right now", "zanzibar"]);
    for file in fs::read_dir(desk.folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|at| at.eq_ignore_ascii_case(b"zanzibar")));
    }
}

#[test]
fn a_clean_end_leaves_one_file() {
    let desk = Desk::new();
    desk.chat(&["hello"]);
    let files = fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().file_name());
    assert_eq!(files.collect::<Vec<_>>(), ["charley.db"]);
}

#[tokio::test]
async fn a_database_in_trouble_is_named_with_its_remedy_and_left_as_it_was() {
    for (trouble, words) in [
        (None, "restore it from a backup"),
        (Some("INSERT INTO _sqlx_migrations VALUES (99, '', '', 1, x'', 0)"), "a newer charley"),
        (Some("PRAGMA application_id = 1"), "belongs to another program"),
    ] {
        let desk = Desk::new();
        desk.chat(&["hello"]);
        match trouble {
            None => fs::write(desk.file(), "no database").unwrap(),
            Some(sql) => {
                let options = SqliteConnectOptions::new().filename(desk.file());
                let mut other = options.connect().await.unwrap();
                sqlx::query(sql).execute(&mut other).await.unwrap();
                other.close().await.unwrap();
            }
        }
        let before = fs::read(desk.file()).unwrap();
        refuses(&desk.run(&["chat"], "hello\n"), words);
        assert!(fs::read(desk.file()).unwrap() == before);
    }
}

#[test]
fn a_write_protected_database_is_left_as_it_was() {
    let desk = Desk::new();
    desk.chat(&["hello"]);
    let mut permissions = fs::metadata(desk.file()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(desk.file(), permissions).unwrap();
    let before = fs::read(desk.file()).unwrap();
    refuses(&desk.run(&["chat"], "hello\n"), "make the file and its folder writable");
    assert!(fs::read(desk.file()).unwrap() == before);
}

#[tokio::test]
async fn a_locked_database_is_named_and_left_as_it_was() {
    let desk = Desk::new();
    desk.chat(&["hello"]);
    let options = SqliteConnectOptions::new().filename(desk.file());
    let mut other = options.connect().await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let before = fs::read(desk.file()).unwrap();
    refuses(&desk.run(&["chat"], "hello\n"), "is locked by another program");
    assert!(fs::read(desk.file()).unwrap() == before);
}

#[test]
fn settings_that_cannot_be_are_all_named_at_once() {
    let desk = Desk::new();
    let mut command = desk.charley(&["chat"]);
    command.env("DATABASE_URL", "sqlite:no/such/folder.db");
    refuses(&run(&mut command, ""), "there is no folder `no/such`");

    command.env("DATABASE_URL", "postgres://me:hunter2@there/club");
    let output = run(&mut command, "");
    refuses(&output, "`DATABASE_URL` is `postgres:…`");
    assert!(!text(&output.stderr).contains("hunter2"));

    command.env_remove("DATABASE_URL").env("RESPONSES_DIR", "nowhere");
    refuses(&run(&mut command, ""), "run charley from its checkout, or set `RESPONSES_DIR`");
}

#[test]
fn the_file_env_is_read_and_the_environment_comes_first() {
    let desk = Desk::new();
    fs::write(desk.folder.path().join(".env"), "DATABASE_URL=sqlite:club.db\n").unwrap();
    desk.chat(&["hello"]);
    assert!(desk.folder.path().join("club.db").exists());

    let mut command = desk.charley(&["chat"]);
    run(command.env("DATABASE_URL", "sqlite:mine.db"), "hello\n");
    assert!(desk.folder.path().join("mine.db").exists());
}

#[test]
fn arguments_that_are_not_understood_end_with_two() {
    let desk = Desk::new();
    for args in [&["dance"][..], &["chat", "--loud"], &[]] {
        let output = desk.run(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains("Usage:"));
    }
    let version = desk.run(&["--version"], "");
    assert_eq!(text(&version.stdout), concat!("charley ", env!("CARGO_PKG_VERSION"), "\n"));
    assert!(version.status.success());
}

/// A folder of response files of one's own, with one page of conversations.
fn own_responses(page: &str) -> TempDir {
    let own = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
    copy(&shipped, own.path());
    let folder = own.path().join("conversations");
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("own.md"), page).unwrap();
    own
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn check_names_a_conversation_that_goes_otherwise_and_rewrites_it_when_told() {
    let own = own_responses("## Good morning\n\n> hello\n\nHi there!\n");
    let folder = own.path().to_str().unwrap();
    let desk = Desk::new();

    let output = desk.run(&["check", folder], "");
    let faults = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    for named in [
        "conversations/own.md:5:1",
        "`Good morning` no longer goes so",
        "expected \"Hi there!\", came \"Hello!",
        "--rewrite-conversations",
    ] {
        assert!(faults.contains(named), "{faults}");
    }

    let output = desk.run(&["check", folder, "--rewrite-conversations"], "");
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("pages of conversations rewritten: 1"));
    let page = fs::read_to_string(own.path().join("conversations/own.md")).unwrap();
    assert!(page.starts_with("## Good morning\n\n> hello\n\nHello!"), "{page}");

    let output = desk.run(&["check", folder], "");
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("conversations that go as written: 1"));
}
