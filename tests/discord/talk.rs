//! What members get: who says what, and what is seen by whom.

use super::town::Town;

#[test]
fn a_question_in_a_channel_is_answered_there_once_and_without_a_ping() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, "My calf is cramping right now, help!").unwrap();

    let reply = town.reply(&town.ben, question);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    assert_eq!(reply.buttons, ["Help me privately", "Not about me", "Stop answering me"]);
    assert!(!town.reply(&town.ana, question).pinged);
    town.stays_at(town.general, 1);
}

#[test]
fn ordinary_chatter_is_passed_over() {
    let town = Town::new();
    let _charley = town.charley();
    for text in ["morning all", "who is in for the long run on sunday?", "new shoes day"] {
        town.ben.says(town.general, text).unwrap();
    }
    town.stays_at(town.general, 0);
}

#[test]
fn help_in_private_is_seen_by_nobody_else() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, "calf cramp last night in bed, still sore").unwrap();
    let reply = town.reply(&town.ana, question);

    let press = town.ana.presses(reply.id, "Help me privately").unwrap();
    let asked = town.answer(&town.ana, press);
    assert!(asked.only_me, "{}", asked.text);
    assert!(!asked.buttons.is_empty() || !asked.choices.is_empty(), "{}", asked.text);
    assert!(town.ben.sees(town.general).iter().all(|seen| seen.id != asked.id));
}

#[test]
fn somebody_else_cannot_press_and_changes_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, "my calf is cramping right now").unwrap();
    let reply = town.reply(&town.ben, question);

    let press = town.ben.presses(reply.id, "Not about me").unwrap();
    let told = town.answer(&town.ben, press);
    assert!(told.only_me && told.text.contains("somebody else"), "{}", told.text);
    town.stays_at(town.general, 2);
}

#[test]
fn a_direct_message_is_a_whole_conversation() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.dms("got a cramp in my calf at km 30 this morning, it let go").unwrap();
    let asked = town.reply(&town.ana, question);
    assert!(!asked.buttons.is_empty(), "{}", asked.text);
    let answer = town.ana.dms("none of these").unwrap();
    let next = town.reply(&town.ana, answer);
    assert_ne!(next.text, asked.text);
}
