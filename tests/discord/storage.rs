//! The database fails while Charley runs: danger is answered, presses are acknowledged, nothing
//! crashes.

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";
const DANGER: &str = "my calf is cramping and I have chest pain, can't breathe";

/// What the members get while nothing can be kept, and afterwards.
fn danger_is_answered_while(breaks: &str, mends: &str) {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let mut database = town.database();
    database.does(breaks);

    let danger = town.ben.says(town.general, DANGER).unwrap();
    let press = town.ana.presses(reply.id, "Help me privately").unwrap();
    let is_told = |seen: &local_discord::Seen| {
        seen.text.starts_with("(My memory is out of order") && seen.text.contains("Emergency")
    };
    town.sees(&town.cleo, town.general, "the emergency", is_told);
    let sorry = town.answer(&town.ana, press);
    assert!(sorry.only_me && sorry.text.contains("try again"), "{}", sorry.text);
    assert!(!town.discord.look(|world| world.went_unanswered(press)));

    database.does(mends);
    let later = town.cleo.says(town.general, HELP).unwrap();
    town.reply(&town.ana, later);
    let told = town.discord.look(|world| world.by_bot(town.general).count());
    assert_eq!(told, 4, "reply, emergency, sorry, reply: {}", town.discord.story());
    assert!(town.discord.look(|world| world.message(danger).is_some()));
}

#[test]
fn a_locked_database() {
    danger_is_answered_while("BEGIN IMMEDIATE", "ROLLBACK");
}

#[test]
fn a_database_that_takes_nothing() {
    let refuses = "CREATE TRIGGER refuses BEFORE INSERT ON handled
                   BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
    danger_is_answered_while(refuses, "DROP TRIGGER refuses");
}
