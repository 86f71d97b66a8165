//! Presses: whose they are, twice, at once, late, and from another time.

use std::time::Duration;

use local_discord::Seen;
use serde_json::json;

use super::town::Town;

const HELP: &str = "my calf is cramping right now";
const RUN: &str = "I had a calf cramp while running this morning";

/// Sooner than all response files can be read, on any machine that builds this.
const AT_ONCE: Duration = Duration::from_secs(1);

#[test]
fn somebody_else_cannot_press_and_changes_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    let told = town.pressed(&town.ben, &reply, "Not about me");
    assert!(told.only_me && told.text.contains("somebody else"), "{}", told.text);
    town.stays_at(town.general, 2);
    assert!(town.ana.sees(town.general).iter().any(|seen| seen.id == reply.id));
}

#[test]
fn a_double_press_is_answered_once() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let first = town.ana.presses(reply.id, "Help me privately").unwrap();
    let second = town.ana.presses(reply.id, "Help me privately").unwrap();
    town.answer(&town.ana, first);
    town.is_through();
    town.stays_at(town.general, 2);
    let failed = town.discord.look(|world| world.went_unanswered(second));
    assert!(!failed, "{}", town.discord.story());
}

#[test]
fn two_members_press_at_once_and_each_gets_their_own() {
    let town = Town::new();
    let _charley = town.charley();
    let replies = [&town.ana, &town.ben].map(|who| {
        let question = who.says(town.general, HELP).unwrap();
        (who, town.reply(who, question))
    });
    let presses =
        replies.map(|(who, reply)| (who, who.presses(reply.id, "Help me privately").unwrap()));
    for (who, press) in presses {
        let asked = town.answer(who, press);
        assert!(asked.only_me && !asked.buttons.is_empty(), "{asked:?}");
    }
}

#[test]
fn two_answers_to_one_question_at_once_are_both_answered() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let none = town.ana.presses(asked.id, "None of these").unwrap();
    let danger = town.ana.presses(asked.id, "Yes, one from list 1").unwrap();
    town.answer(&town.ana, none);
    let danger = town.answer(&town.ana, danger);
    assert!(danger.text.contains("Emergency"), "{}", danger.text);
}

#[test]
fn a_button_of_another_version_says_what_to_do() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let press = json!({
        "id": "1400000000000000001", "application_id": "5", "type": 3, "token": "an-old-token",
        "version": 1, "channel_id": town.general, "guild_id": town.club, "context": 0,
        "data": {"component_type": 2, "custom_id": "0.an.older.shape", "id": 1},
        "member": {"user": reply.message.author, "roles": [], "joined_at": null, "deaf": false,
                   "mute": false, "flags": 0, "permissions": "0"},
        "message": reply.message, "entitlements": [], "locale": "en-GB",
        "app_permissions": "0", "attachment_size_limit": 1000, "authorizing_integration_owners": {},
    });
    town.discord.change(|world| world.send_event("INTERACTION_CREATE", &press));
    let told = town.discord.find(
        |world| {
            let mut requests = world.journal.requests();
            let told = requests.find(|request| request.path.contains("an-old-token"))?;
            Some(told.body["data"].clone())
        },
        super::town::SOON,
    );
    let told = told.unwrap();
    assert_eq!(told["flags"], 64, "only for whoever pressed: {told}");
    assert!(told["content"].as_str().unwrap().contains("/cramp"), "{told}");
}

#[test]
fn danger_signs_are_picked_together() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let list = town.pressed(&town.ana, &asked, "Yes, one from list 2");
    assert!(list.choices.contains(&"Swollen".to_owned()), "{list:?}");
    assert!(list.buttons.contains(&"Not sure".to_owned()), "{list:?}");
    let picked = town.ana.selects(list.id, &["Swollen", "Weak"]).unwrap();
    let told = town.answer(&town.ana, picked);
    assert!(told.text.contains("To be seen today"), "{}", told.text);
}

#[test]
fn none_of_these_is_a_choice_of_its_own() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let context = town.pressed(&town.ana, &asked, "None of these");
    assert!(context.choices.len() + context.buttons.len() > 5, "{context:?}");
    let advice = town.pressed(&town.ana, &context, "None of these");
    assert!(advice.text.contains("What helps"), "{}", advice.text);
}

#[test]
fn a_question_that_was_answered_directly_cannot_be_answered_twice() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    town.pressed(&town.ana, &asked, "None of these");
    let bare = |seen: &Seen| seen.id == asked.id && seen.buttons.is_empty();
    let dm = asked.message.channel_id;
    let bare = town.sees(&town.ana, dm, "the question without buttons", bare);
    assert_eq!(bare.text, asked.text);
}

#[test]
fn a_button_works_after_a_restart() {
    let town = Town::new();
    let charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    assert!(charley.stops().success());
    let _charley = town.charley();
    let asked = town.pressed(&town.ana, &reply, "Help me privately");
    assert!(asked.only_me && asked.buttons.contains(&"None of these".to_owned()), "{asked:?}");
}

#[test]
fn a_press_is_acknowledged_while_the_response_files_are_read() {
    let town = Town::new();
    let charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    assert!(charley.stops().success());
    // Reading them takes longer than Discord waits here.
    town.discord.change(|world| world.settings.answer_within = AT_ONCE);
    let _charley = town.charley();
    for who in [&town.ana, &town.ben] {
        who.presses(reply.id, "Help me privately").unwrap();
    }
    let double = town.ana.presses(reply.id, "Help me privately").unwrap();
    let asked = |seen: &Seen| seen.only_me && seen.buttons.contains(&"None of these".to_owned());
    town.sees(&town.ana, town.general, "the first question", asked);
    let other = |seen: &Seen| seen.only_me && seen.text.contains("somebody else");
    town.sees(&town.ben, town.general, "that it is somebody else's", other);
    town.discord.change(|world| world.settings.answer_within = Duration::from_secs(3));
    town.is_through();
    town.until("nothing is left thinking", |world| {
        world.messages(town.general).all(|post| !post.is_thinking())
    });
    assert!(!town.discord.look(|world| world.went_unanswered(double)), "{}", town.discord.story());
    assert!(town.ana.sees(town.general).iter().any(|seen| seen.id == reply.id));
}

#[test]
fn a_button_works_weeks_later() {
    let town = Town::new();
    let charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    assert!(charley.stops().success());
    let weeks = "UPDATE conversations SET body = json_set(body, '$.last', '2026-01-02T03:04:05Z')";
    assert_eq!(town.database().does(weeks), 1);
    let _charley = town.charley();
    let danger = town.pressed(&town.ana, &asked, "Yes, one from list 1");
    assert!(danger.text.contains("Emergency"), "{}", danger.text);
}
