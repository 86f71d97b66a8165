//! What was told where nobody else reads it is told to nobody else.

use local_discord::Seen;
use serde_json::json;

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

/// Ana tells by command what nobody else sees.
fn told_privately(town: &Town, text: &str) -> Seen {
    let told = town.command(&town.ana, "cramp", &[("text", json!(text))]);
    assert!(told.only_me, "{told:?}");
    told
}

#[test]
fn what_is_overheard_is_answered_without_what_was_told_privately() {
    let town = Town::new();
    let _charley = town.charley();
    told_privately(&town, "calf cramp on my run this morning, I take a statin and I am 15");
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    for private in ["18", "coach", "doctor's visit"] {
        assert!(!reply.text.contains(private), "{}", reply.text);
    }
    // Where nobody else reads it, it is known.
    let help = town.pressed(&town.ana, &reply, "Help me privately");
    assert!(help.only_me, "{help:?}");
}

#[test]
fn a_call_is_answered_without_what_was_told_privately() {
    let town = Town::new();
    let _charley = town.charley();
    let told = told_privately(&town, "my calf is swollen and hurts, it cramped yesterday");
    assert!(told.text.starts_with("🟧 **To be seen today**"), "{}", told.text);
    for words in ["hello", "what can I do?"] {
        let call = town.ana.says(town.general, &format!("{} {words}", town.call())).unwrap();
        let reply = town.reply(&town.ben, call);
        assert!(!reply.text.contains("seen today") && !reply.text.contains("swol"), "{reply:?}");
    }
    // A danger that everybody reads is answered for all to see.
    let danger = format!("{} now I have chest pain and can't breathe", town.call());
    let danger = town.ana.says(town.general, &danger).unwrap();
    let reply = town.reply(&town.ben, danger);
    assert!(reply.text.starts_with("🟥 **Emergency**"), "{}", reply.text);
}

#[test]
fn what_was_said_before_all_is_gone_on_with_before_all() {
    let town = Town::new();
    let _charley = town.charley();
    let call = format!("{} my calf cramped on my run this morning, it is gone", town.call());
    let call = town.ana.says(town.general, &call).unwrap();
    let check = town.reply(&town.ben, call);
    let answer = town.ana.replies(check.id, "none of these").unwrap();
    let next = town.reply(&town.ben, answer);
    assert!(next.choices.contains(&"Regular medicine".to_owned()), "{next:?}");
}

#[test]
fn help_is_no_cry_in_the_middle_of_a_talk() {
    let town = Town::new();
    let _charley = town.charley();
    told_privately(&town, "I had a calf cramp on my run this morning, it is gone");
    let help = town.command(&town.ana, "help", &[]);
    assert!(!help.text.contains("towards your shin") && help.only_me, "{}", help.text);
    let next = town.command(&town.ana, "cramp", &[("text", json!("none of these"))]);
    assert!(next.choices.contains(&"Regular medicine".to_owned()), "{next:?}");
}

#[test]
fn what_others_tell_is_no_part_of_the_case_of_who_asks_about_it() {
    let town = Town::new();
    let _charley = town.charley();
    let post = "I am 15 and take a statin, my calf cramped on my run, what helps?";
    let post = town.cleo.says(town.training, post).unwrap();
    town.reply(&town.cleo, post);
    let about = town.menu(&town.ben, "Ask Charley about this", post);
    assert!(about.only_me, "{about:?}");
    let text = json!("my calf is cramping right now, help");
    let own = town.command(&town.ben, "cramp", &[("text", text)]);
    assert!(!own.text.contains("18") && !own.text.contains("coach"), "{}", own.text);
}

#[test]
fn our_own_words_are_no_message_about_a_cramp() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let card = town.reply(&town.ben, question);
    town.ben.forwards(card.id, town.training).unwrap();
    let help = town.menu(&town.cleo, "Ask Charley about this", card.id);
    assert!(help.only_me && !help.text.contains("Emergency"), "{}", help.text);
    town.is_through();
    town.stays_at(town.training, 0);
}
