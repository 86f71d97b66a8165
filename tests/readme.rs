//! What the README and the pages of `docs/` promise: commands that run, paths that exist, and a
//! conversation that goes as shown.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a shell calls charley in the README.
const CHARLEY: &str = "cargo run --release -- ";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Charley in the checkout, on a database of its own.
fn charley(args: &[String], input: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("charley.db");
    let mut charley = Command::new(env!("CARGO_BIN_EXE_charley"))
        .args(args)
        .current_dir(root())
        .env("DATABASE_URL", format!("sqlite:{}", file.display()))
        .env("RESPONSES_DIR", "responses")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever is told to check files does not read what is typed.
    let _ = charley.stdin.take().unwrap().write_all(input.as_bytes());
    charley.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The lines of all blocks of a kind.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let opens = format!("```{kind}\n");
    let begins = page.split(&opens).skip(1);
    begins.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The arguments of a line, of which some stand in quotes.
fn arguments(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let arguments = parts.flat_map(|(at, part)| {
        let quoted = at % 2 == 1;
        if quoted { vec![part] } else { part.split_whitespace().collect() }
    });
    arguments.map(str::to_owned).collect()
}

#[test]
fn every_command_runs() {
    let shown = blocks(&readme(), "sh").concat();
    let lines = shown.lines().map(|line| line.split('#').next().unwrap().trim());
    let (charleys, others): (Vec<&str>, Vec<&str>) =
        lines.partition(|line| line.starts_with(CHARLEY));
    let commands = charleys.iter().filter_map(|line| line.strip_prefix(CHARLEY));
    let commands: Vec<&str> = commands.collect();
    assert_eq!(commands.first(), Some(&"chat"), "the first command is the one that runs it");
    assert_eq!(others, ["cargo test"]);
    for command in commands {
        let output = charley(&arguments(command), "");
        assert!(output.status.success(), "{command}: {}", text(&output.stderr));
    }
}

#[test]
fn the_table_shows_every_command_and_option() {
    let page = readme();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `charley ")?.split('`').next());
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split(' ').collect()).collect();
    let shown: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(shown, commands(&help(&[])).collect());
    for row in rows {
        let is_name = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let (command, arguments) = row.split_at(row.iter().take_while(is_name).count());
        let help = help(command);
        for argument in arguments {
            let argument = argument.trim_matches(['[', ']']);
            assert!(help.contains(argument), "`{command:?}` has no `{argument}`");
        }
    }
}

/// What the program says of itself, or of one of its commands.
fn help(command: &[&str]) -> String {
    let args: Vec<String> = command.iter().chain(&["--help"]).map(|arg| (*arg).into()).collect();
    text(&charley(&args, "").stdout)
}

/// The commands that a help text lists, `help` aside.
fn commands(help: &str) -> impl Iterator<Item = &str> {
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    listed.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help")
}

#[test]
fn every_path_exists() {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    for page in pages.chain([root().join("README.md"), root().join("CHANGELOG.md")]) {
        let text = fs::read_to_string(&page).unwrap();
        for target in links(&text).into_iter().map(|link| page.parent().unwrap().join(link)) {
            assert!(target.exists(), "{} links to {}", page.display(), target.display());
        }
        for named in paths(&text) {
            assert!(root().join(&named).exists(), "{} names `{named}`", page.display());
        }
    }
}

/// The targets of links within the project.
fn links(page: &str) -> Vec<PathBuf> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.starts_with("http")).map(PathBuf::from).collect()
}

/// What is named in code letters and is a path from the root of the project.
fn paths(page: &str) -> Vec<String> {
    let page: String = page.split("```").step_by(2).collect();
    let named = page.split('`').skip(1).step_by(2);
    let folders = ["src/", "tests/", "docs/", "responses/", "migrations/", "benches/", ".ci/"];
    let is_path = |name: &&str| {
        folders.iter().any(|folder| name.starts_with(folder)) && !name.contains(['*', '<', ' '])
    };
    named.filter(is_path).map(str::to_owned).collect()
}

/// How wide the conversation is shown.
const WIDTH: usize = 88;

/// `BLESS=1` writes into the README what was said.
#[test]
fn the_conversation_goes_as_shown() {
    let page = readme();
    let [shown] = blocks(&page, "text").try_into().unwrap();
    let said: Vec<&str> = shown.lines().filter(|line| line.starts_with("> ")).collect();
    let typed: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix("> ")).collect();
    let output = charley(&["chat".to_owned(), "--json".to_owned()], &typed.join("\n"));
    let mut held = Vec::new();
    for (line, turn) in said.iter().zip(text(&output.stdout).lines()) {
        held.push((*line).to_owned());
        held.extend(replies(turn));
    }
    let held = format!("{}\n", held.join("\n\n"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(root().join("README.md"), page.replace(&shown, &held)).unwrap();
    } else {
        assert_eq!(shown, held, "BLESS=1 puts what was said into the README");
    }
}

/// What was said in a turn, each reply with its choices below.
fn replies(turn: &str) -> Vec<String> {
    let turn: serde_json::Value = serde_json::from_str(turn).unwrap();
    let replies = turn["replies"].as_array().unwrap().iter().map(|reply| {
        let choices = reply["choices"].as_array().unwrap().iter();
        let choices: Vec<String> =
            choices.map(|choice| format!("[{}]", choice.as_str().unwrap())).collect();
        let text = reply["text"].as_str().unwrap().replace("**", "");
        wrapped(format!("{text}\n{}", choices.join(" ")).trim())
    });
    replies.collect()
}

fn wrapped(text: &str) -> String {
    let mut page = String::new();
    for line in text.lines() {
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > WIDTH {
                page.push('\n');
                column = 0;
            } else if column > 0 {
                page.push(' ');
                column += 1;
            }
            page.push_str(word);
            column += length;
        }
        page.push('\n');
    }
    page.trim_end().to_owned()
}
