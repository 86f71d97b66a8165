//! Help in private: seen by nobody else, gone on with by presses and by direct messages.

use local_discord::{Fault, Seen, Target, When};

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

/// Ana asks in the channel, and everybody sees the reply.
fn helped(town: &Town) -> Seen {
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ana, question)
}

#[test]
fn help_in_private_is_seen_by_nobody_else() {
    let town = Town::new();
    let _charley = town.charley();
    let reply = helped(&town);
    let asked = town.pressed(&town.ana, &reply, "Help me privately");
    assert!(asked.only_me, "{}", asked.text);
    assert!(!asked.buttons.is_empty() || !asked.choices.is_empty(), "{}", asked.text);
    assert!(town.ben.sees(town.general).iter().all(|seen| seen.id != asked.id));
}

/// Ana asks in the channel about something that is over.
fn asked_afterwards(town: &Town) -> Seen {
    let question = "my calf cramped on sunday's run and still hurts, what should I do?";
    let question = town.ana.says(town.general, question).unwrap();
    let reply = town.reply(&town.ana, question);
    town.pressed(&town.ana, &reply, "Help me privately")
}

#[test]
fn the_private_interview_goes_on_by_presses_and_stays_private() {
    let town = Town::new();
    let _charley = town.charley();
    let check = asked_afterwards(&town);
    let context = town.pressed(&town.ana, &check, "None of these");
    let advice = town.pressed(&town.ana, &context, "None of these");
    for seen in [&check, &context, &advice] {
        assert!(seen.only_me, "{seen:?}");
    }
    assert!(advice.text.contains("What helps"), "{}", advice.text);
    assert_eq!(town.ben.sees(town.general).iter().filter(|seen| seen.by == "Charley").count(), 1);
}

#[test]
fn the_private_interview_goes_on_by_direct_message() {
    let town = Town::new();
    let _charley = town.charley();
    let check = asked_afterwards(&town);
    assert!(check.buttons.contains(&"None of these".to_owned()), "{check:?}");
    let context = town.direct(&town.ana, "none of these");
    assert!(context.choices.contains(&"Regular medicine".to_owned()), "{context:?}");
    // And on by the button below the direct message, and by words again.
    let advice = town.pressed(&town.ana, &context, "None of these");
    assert!(advice.text.contains("What helps") && !advice.only_me, "{}", advice.text);
    let danger = town.direct(&town.ana, "now I have chest pain and can't breathe");
    assert!(danger.text.starts_with("🟥 **Emergency**"), "{}", danger.text);
}

#[test]
fn charley_asks_by_direct_message_whether_it_let_go() {
    let town = Town::new();
    let charley = town.charley();
    let reply = helped(&town);
    let check = town.pressed(&town.ana, &reply, "Help me privately");
    town.pressed(&town.ana, &check, "None of these");
    assert!(charley.stops().success());

    // Three minutes pass.
    let due = "UPDATE reminders SET due = due - 175000000, next_try = next_try - 175000000";
    assert_eq!(town.database().does(due), 3);
    let _charley = town.charley();
    town.until("Charley writes directly", |world| world.dm(town.ana.id).is_some());
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    let asks = town.sees(&town.ana, dm, "the question", |seen| seen.by == "Charley");
    assert!(
        asks.buttons.contains(&"It let go".to_owned()) || asks.buttons.contains(&"Yes".to_owned()),
        "{asks:?}"
    );
    town.stays_at(dm, 1);
}

#[test]
fn not_about_me_takes_the_reply_away_and_keeps_charley_quiet() {
    let town = Town::new();
    let _charley = town.charley();
    let reply = helped(&town);
    let told = town.pressed(&town.ana, &reply, "Not about me");
    assert!(told.only_me, "{told:?}");
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
    town.ana
        .says(town.general, "does anyone know whether pickle juice helps against cramps?")
        .unwrap();
    town.is_through();
    assert!(town.ben.sees(town.general).iter().all(|seen| seen.by != "Charley"));
    // Danger is another matter.
    let danger = "my calf is cramping and I have chest pain, can't breathe";
    let danger = town.ana.says(town.general, danger).unwrap();
    assert!(town.reply(&town.ben, danger).text.contains("Emergency"));
}

#[test]
fn stop_answering_me_holds_in_every_channel_until_it_is_undone() {
    let town = Town::new();
    let charley = town.charley();
    let reply = helped(&town);
    let told = town.pressed(&town.ana, &reply, "Stop answering me");
    assert!(told.only_me, "{told:?}");
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
    assert!(charley.stops().success());
    let _charley = town.charley();
    town.ana.says(town.training, HELP).unwrap();
    town.is_through();
    town.stays_at(town.training, 0);

    let page = town.command(&town.ana, "charley-me", &[]);
    assert!(page.only_me && page.text.contains("only when you speak to me: yes"), "{}", page.text);
    let undone = town.pressed(&town.ana, &page, "Help me again");
    assert!(undone.text.contains("only when you speak to me: no"), "{}", undone.text);
    let question = "does anyone know whether pickle juice helps against cramps?";
    let question = town.ana.says(town.training, question).unwrap();
    town.reply(&town.ben, question);
}

#[test]
fn not_about_me_takes_the_reply_away_though_it_comes_late_and_writes_to_nobody() {
    let town = Town::new();
    let _charley = town.charley();
    let reply = helped(&town);
    town.discord.faults(Target::callback(), When::Before, Fault::Status(503), 0, 100);
    town.ana.presses(reply.id, "Not about me").unwrap();
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
    town.is_through();
    assert!(town.discord.look(|world| world.dm(town.ana.id)).is_none(), "she is left alone");
}

#[test]
fn a_reply_that_cannot_be_taken_away_at_once_is_taken_away_later() {
    let town = Town::new();
    let _charley = town.charley();
    let reply = helped(&town);
    let delete = Target::route("DELETE", "/channels/*/messages/*");
    town.discord.fault(delete, When::Before, Fault::Status(503));
    town.pressed(&town.ana, &reply, "Not about me");
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
}
