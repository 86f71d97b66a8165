//! What is kept of a person: shown, saved, erased.

use local_discord::{Fault, Target, When};
use serde_json::Value;

use super::town::Town;

const RUN: &str = "I had a calf cramp while running this morning";

#[test]
fn whoever_asks_sees_how_much_is_kept_and_nobody_else_does() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, RUN);
    let page = town.command(&town.ana, "charley-me", &[]);
    assert!(page.only_me && page.text.contains("conversations: 1"), "{}", page.text);
    assert_eq!(page.buttons, ["Save as a file", "Leave me alone", "Erase everything"]);
    let other = town.command(&town.ben, "charley-me", &[]);
    assert!(other.text.contains("conversations: 0"), "{}", other.text);
}

#[test]
fn what_is_kept_comes_as_a_file() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, RUN);
    let page = town.command(&town.ana, "charley-me", &[]);
    let file = town.pressed(&town.ana, &page, "Save as a file");
    assert!(file.only_me, "{file:?}");
    let names: Vec<_> = file.message.attachments.iter().map(|file| &file.filename).collect();
    assert_eq!(names, ["charley-me.json"]);
}

#[test]
fn everything_is_erased_after_a_second_thought() {
    let town = Town::new();
    let charley = town.charley();
    town.direct(&town.ana, RUN);
    town.direct(&town.ben, RUN);
    let page = town.command(&town.ana, "charley-me", &[]);
    let sure = town.pressed(&town.ana, &page, "Erase everything");
    assert_eq!(sure.buttons, ["Yes, erase everything"]);
    let again = town.command(&town.ana, "charley-me", &[]);
    assert!(again.text.contains("conversations: 1"), "not yet: {}", again.text);
    let done = town.pressed(&town.ana, &sure, "Yes, erase everything");
    assert!(done.text.starts_with("Done"), "{}", done.text);
    assert!(charley.stops().success());

    let ana = town.ana.id.get();
    let mut database = town.database();
    for table in ["conversations", "handled", "outbox", "reminders", "people"] {
        let kept = format!("SELECT count(*) FROM {table} WHERE person = {ana}");
        assert_eq!(database.counts(&kept), 0, "{table}");
    }
    assert_eq!(database.counts("SELECT count(*) FROM conversations"), 1, "Ben's is still there");
}

#[test]
fn whoever_is_erased_gets_nothing_more_of_what_was_on_its_way() {
    let town = Town::new();
    let _charley = town.charley();
    town.discord.faults(Target::post(town.general), When::Before, Fault::Status(500), 0, 3);
    town.ana.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
    town.until("the reply is on its way", |world| world.faults_waiting() < 3);
    let page = town.command(&town.ana, "charley-me", &[]);
    let sure = town.pressed(&town.ana, &page, "Erase everything");
    let done = town.pressed(&town.ana, &sure, "Yes, erase everything");
    assert!(done.text.starts_with("Done"), "{}", done.text);
    town.logs("a reply was called off before it was sent");
    town.is_through();
    assert!(town.ben.sees(town.general).iter().all(|seen| seen.by != "Charley"));
}

#[test]
fn a_finger_that_presses_twice_gets_one_file() {
    let town = Town::new();
    let _charley = town.charley();
    let page = town.command(&town.ana, "charley-me", &[]);
    let presses = [(); 2].map(|()| town.ana.presses(page.id, "Save as a file").unwrap());
    town.answer(&town.ana, presses[0]);
    town.is_through();
    assert_eq!(town.discord.look(|world| world.answers_to(presses[1]).count()), 0);
}

#[test]
fn somebody_else_cannot_erase() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, RUN);
    let page = town.command(&town.ana, "charley-me", &[]);
    assert!(town.ben.presses(page.id, "Erase everything").is_err(), "Ben does not even see it");
    let none: [(&str, Value); 0] = [];
    let page = town.command(&town.ana, "charley-me", &none);
    assert!(page.text.contains("conversations: 1"), "{}", page.text);
}

#[test]
fn a_file_that_fails_once_is_sent_again() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, RUN);
    let page = town.command(&town.ana, "charley-me", &[]);
    let edit = Target::route("PATCH", "/webhooks/*/*/messages/@original");
    town.discord.fault(edit, When::Before, Fault::Status(503));
    let file = town.pressed(&town.ana, &page, "Save as a file");
    assert_eq!(file.message.attachments.len(), 1);
}
