//! Slash commands and entries in the menus of messages.

use serde_json::json;

use super::town::Town;

#[test]
fn cramp_begins_the_interview_for_whoever_runs_it() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.command(&town.ana, "cramp", &[]);
    assert!(asked.only_me && asked.text.contains("which muscle"), "{asked:?}");
    assert!(town.ben.sees(town.general).is_empty());
    // What is said next by direct message belongs to it.
    let check = town.direct(&town.ana, "my calf cramped while running this morning");
    assert!(check.buttons.contains(&"None of these".to_owned()), "{check:?}");
}

#[test]
fn cramp_takes_what_happened_along() {
    let town = Town::new();
    let _charley = town.charley();
    let text = json!("my calf is cramping right now, I was out running");
    let relief = town.command(&town.ana, "cramp", &[("text", text)]);
    assert!(relief.text.contains("toes towards your shin"), "{}", relief.text);
    assert!(relief.only_me && relief.buttons.contains(&"None of these".to_owned()), "{relief:?}");
}

#[test]
fn an_answer_to_ask_and_then_its_sources() {
    let town = Town::new();
    let _charley = town.charley();
    let question = json!("do bananas help with cramps?");
    let answer = town.command(&town.ana, "ask", &[("question", question)]);
    assert!(answer.only_me && answer.text.to_lowercase().contains("banana"), "{}", answer.text);
    let sources = town.command(&town.ana, "sources", &[]);
    assert!(sources.text.contains("http"), "{}", sources.text);
}

#[test]
fn help_says_what_charley_can_do() {
    let town = Town::new();
    let _charley = town.charley();
    let help = town.command(&town.ana, "help", &[]);
    assert!(help.only_me && help.text.to_lowercase().contains("cramp"), "{}", help.text);
}

#[test]
fn the_words_of_others_can_be_asked_about_by_the_menu() {
    let town = Town::with(|world| world.application.message_content = false);
    let _charley = town.charley();
    let message = town.ben.says(town.general, "how can one prevent calf cramps when running?");
    let answer = town.menu(&town.ana, "Ask Charley about this", message.unwrap());
    assert!(answer.only_me && answer.text.len() > 100, "{}", answer.text);
    assert!(town.ben.sees(town.general).iter().all(|seen| seen.by != "Charley"));
}

#[test]
fn the_menu_tells_why_on_own_words_on_those_of_others_and_on_a_reply() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, "my calf is cramping right now, help").unwrap();
    let reply = town.reply(&town.ben, question);
    for (who, on) in [(&town.ana, question), (&town.ben, question), (&town.ben, reply.id)] {
        let why = town.menu(who, "Why this answer?", on);
        assert!(why.only_me && why.text.starts_with("```"), "{}", why.text);
        assert!(why.text.contains("calf"), "{}", why.text);
    }
}

#[test]
fn commands_are_known_in_four_languages_and_told_only_when_they_changed() {
    let town = Town::new();
    let charley = town.charley();
    town.until("the commands are known", |world| world.commands().count() == 8);
    let german = town.discord.look(|world| {
        let cramp = world.commands().find(|command| command.name == "cramp").cloned();
        cramp.and_then(|cramp| cramp.name_localizations).unwrap()
    });
    assert_eq!(german["de"], "krampf");
    town.logs("the commands are known to Discord");
    assert!(charley.stops().success());

    // A new session, and nothing new to tell.
    town.discord.change(local_discord::World::forget_sessions);
    let _charley = town.charley();
    town.is_through();
    assert_eq!(town.asked("PUT", "/applications/*/commands"), 1);
}

#[test]
fn commands_are_told_again_until_discord_takes_them() {
    use local_discord::{Fault, Target, When};
    let town = Town::new();
    let commands = Target::route("PUT", "/applications/*/commands");
    town.discord.faults(commands, When::Before, Fault::Status(503), 0, 2);
    let _charley = town.charley();
    town.until("the commands are known", |world| world.commands().count() == 8);
}

#[test]
fn a_forwarded_message_can_be_asked_about_by_the_menu() {
    let town = Town::new();
    let _charley = town.charley();
    let first = town.ben.says(town.training, "do bananas help against cramps?").unwrap();
    let forwarded = town.ben.forwards(first, town.general).unwrap();
    let answer = town.menu(&town.ana, "Ask Charley about this", forwarded);
    assert!(answer.text.to_lowercase().contains("banana"), "{}", answer.text);
}

#[test]
fn whoever_uses_what_cannot_be_read_is_told_so() {
    let town = Town::new();
    let _charley = town.charley();
    let odd = json!({"id": "1400000000000000001", "type": 2, "token": "an-odd-token", "data": 5});
    let typing = json!({"id": "1400000000000000002", "type": 4, "token": "typing", "data": 5});
    town.discord.change(|world| {
        world.send_event("INTERACTION_CREATE", &typing);
        world.send_event("INTERACTION_CREATE", &odd);
    });
    // It may have been acknowledged before.
    let told = |world: &local_discord::World, token: &str| {
        let requests = world.journal.requests().filter(|request| request.path.contains(token));
        requests
            .map(|request| request.body["data"].clone())
            .find(|data| data["content"].is_string())
    };
    let found = town.discord.find(|world| told(world, "an-odd-token"), super::town::SOON).unwrap();
    assert_eq!(found["flags"], 64, "only for whoever used it: {found}");
    assert!(found["content"].as_str().unwrap().contains("/cramp"), "{found}");
    let asked = |world: &local_discord::World| {
        world.journal.requests().any(|request| request.path.contains("typing"))
    };
    assert!(!town.discord.look(asked), "nobody waits for a message");
}
