//! `charley reminders` from outside: what became of them, without a word of anybody's health.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test starts the program")]

use std::path::PathBuf;
use std::process::{Command, Output};

use charley::plan::Progress;
use charley::store::{Opening, Sqlite, Store};
use serde_json::Value;
use tempfile::TempDir;

use crate::store::plans::{asks, check_in, leaves, plan, states};
use crate::store::{falls_due, member, noon, said};

/// A club with plans, whose first check-ins could not be brought.
struct Club {
    folder: TempDir,
}

impl Club {
    /// So many members with two check-ins each; those of the first `failed` could not be brought.
    async fn of(members: u64, failed: u64) -> Self {
        let club = Self { folder: tempfile::tempdir().unwrap() };
        let store = club.store().await;
        for person in 1..=members {
            let mut plan = plan(person, &[10, 20]);
            let seen = store.load(plan.to).await.unwrap().1;
            let agrees = said(person, member(person), "yes", noon(0));
            store.commit(seen, &agrees, &leaves(Some(&plan)), None, noon(0)).await.unwrap();
            if person <= failed {
                let due = falls_due(&check_in(&plan, 0));
                plan.check_ins[0].progress = Progress::Said(noon(10));
                let turn = asks("Is the leg hot?", &["step:day_0:0:hot:yes"], Some(&plan));
                let seen = store.load(plan.to).await.unwrap().1;
                let sent = store.commit(seen, &due, &turn, None, noon(10)).await.unwrap();
                store.hold(sent[0].id, "direct messages are closed").await.unwrap();
            }
        }
        store.close().await;
        club
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("charley.db")
    }

    async fn store(&self) -> Sqlite {
        Sqlite::open(&self.file(), Opening::default()).await.unwrap()
    }

    fn runs(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
        command.arg("reminders").args(args).current_dir(self.folder.path());
        command.env("DATABASE_URL", format!("sqlite:{}", self.file().display())).output().unwrap()
    }

    /// What it prints when all goes well.
    fn says(&self, args: &[&str]) -> String {
        let output = self.runs(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().chain(&["--json"]).copied().collect();
        serde_json::from_str(&self.says(&args)).unwrap()
    }
}

#[tokio::test]
async fn the_sum_counts_each_state_and_says_what_is_due_and_why_some_failed() {
    let club = Club::of(3, 2).await;
    let text = club.says(&[]);
    // Each plan has two check-ins and the day on which it is forgotten.
    for line in ["planned          7", "failed           2", "sent             0"] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    assert!(text.contains("The oldest was due 2026-03-01 12:10 UTC, "), "{text}");
    assert!(text.ends_with("failed         2  direct messages are closed\n"), "{text}");

    let json = club.json(&[]);
    assert_eq!((&json["counts"]["planned"], &json["counts"]["failed"]), (&7.into(), &2.into()));
    assert_eq!(json["oldest_due"], "2026-03-01T12:10:00Z");
    assert_eq!(json["failures"][0]["count"], 2);
}

#[tokio::test]
async fn the_list_shows_whose_when_and_why_and_no_step() {
    let club = Club::of(3, 1).await;
    let text = club.says(&["list", "--state", "failed"]);
    assert_eq!(text.lines().count(), 2, "{text}");
    let row: Vec<&str> = text.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(
        row[1..],
        ["1", "2026-03-01", "12:10", "UTC", "failed", "0", "direct", "messages", "are", "closed"]
    );
    assert_eq!(club.says(&["list", "--most", "4"]).lines().count(), 5);

    let json = club.json(&["list"]);
    assert_eq!(json.as_array().map(Vec::len), Some(9));
    assert_eq!(json[0]["person"], "1");
    for text in [club.says(&["list"]), json.to_string()] {
        for word in ["day_0", "check_in", "hot", "leg"] {
            assert!(!text.contains(word), "`{word}` is in:\n{text}");
        }
    }
}

#[tokio::test]
async fn what_failed_is_tried_again_one_or_all() {
    let club = Club::of(3, 3).await;
    let id = club.json(&["list", "--state", "failed"])[0]["id"].to_string();
    assert_eq!(club.says(&["retry", &id]), "1 are tried again\n");
    let refused = club.runs(&["retry", &id]);
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && words.contains("has not failed"), "{words}");

    assert_eq!(club.json(&["retry", "--all-failed"])["retried"], 2);
    let store = club.store().await;
    for person in 1..=3 {
        assert_eq!(states(&store, person).await, ["said", "planned"]);
    }
    let now = jiff::Timestamp::now();
    let claim = crate::store::claim_at(now);
    let unsent = store.claim_unsent(claim).await.unwrap();
    let reasons = unsent.iter().filter_map(|one| one.reminder.as_ref()?.held.clone());
    assert_eq!(reasons.count(), 3);
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let club = Club { folder: tempfile::tempdir().unwrap() };
    let refused = club.runs(&[]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no database"));
    assert!(!club.file().exists());
}
