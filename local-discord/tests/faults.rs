//! Faults on demand: before or after the work, for the request that is meant.

use std::time::{Duration, Instant};

use local_discord::{Fault, Refusal, Target, When};
use reqwest::Method;
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::gateway::content;
use crate::town::{Town, town};

/// Sends a message that meets a fault; the status, 0 for a cut connection, and what was written.
fn struck(town: &Town, when: When, fault: Fault) -> (u16, Value, usize) {
    let bot = Bot::new(&town.server);
    town.server.fault(Target::post(town.general), when, fault);
    let path = format!("/channels/{}/messages", town.general);
    assert_eq!(bot.get(&path).0, 200, "other requests pass");
    let (status, page) =
        bot.try_ask(Method::POST, &path, &content("x")).unwrap_or((0, Value::Null));
    assert_eq!(town.server.look(local_discord::World::faults_waiting), 0);
    let written = town.server.look(|world| world.by_bot(town.general).count());
    assert_eq!(bot.post(&path, &content("y")).0, 200, "the next one passes");
    (status, page, written)
}

#[test]
fn an_error_can_come_before_or_after_the_work() {
    let outcome = |when, fault| {
        let (status, _, written) = struck(&town(), when, fault);
        (status, written)
    };
    assert_eq!(outcome(When::Before, Fault::Status(500)), (500, 0));
    assert_eq!(outcome(When::After, Fault::Status(503)), (503, 1));
    assert_eq!(outcome(When::Before, Fault::Drop), (0, 0));
    assert_eq!(outcome(When::After, Fault::Drop), (0, 1));
}

#[test]
fn a_proxy_answers_in_html() {
    let (status, page, written) = struck(&town(), When::Before, Fault::Html(502));
    assert_eq!((status, written), (502, 0));
    assert!(page.as_str().unwrap().starts_with("<html>"));
}

#[test]
fn any_refusal_can_be_ordered() {
    let text = "Message was blocked by automatic moderation";
    let blocked = Fault::Refuse(Refusal::new(400, 200_000, text));
    let (status, page, _) = struck(&town(), When::Before, blocked);
    assert_eq!((status, page), (400, json!({"code": 200_000, "message": text})));
}

#[test]
fn a_stall_delays_and_then_goes_on() {
    let start = Instant::now();
    let stall = Fault::Stall(Duration::from_millis(300));
    let (status, _, written) = struck(&town(), When::After, stall);
    assert_eq!((status, written), (200, 1));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn faults_can_wait_and_last_and_be_mended() {
    let town = town();
    let bot = Bot::new(&town.server);
    let path = format!("/channels/{}/messages", town.general);
    let target = Target::route("POST", "/channels/*/messages");
    town.server.faults(target, When::Before, Fault::Status(500), 1, 2);
    let statuses: Vec<u16> = (0..4).map(|_| bot.post(&path, &content("x")).0).collect();
    assert_eq!(statuses, [200, 500, 500, 200]);
    town.server.faults(Target::any(), When::Before, Fault::Status(500), 0, 9);
    assert_eq!(bot.get("/users/@me").0, 500);
    town.server.mend();
    assert_eq!(bot.get("/users/@me").0, 200);
}

#[test]
fn the_journal_tells_what_struck() {
    let town = town();
    struck(&town, When::After, Fault::Drop);
    let story = town.server.story().to_string();
    assert!(story.contains("fault: connection cut after POST /channels/"), "{story}");
    assert!(story.contains("=> 0"), "{story}");
}
