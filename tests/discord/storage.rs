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

#[test]
fn a_full_disk() {
    let refuses = "CREATE TRIGGER refuses BEFORE INSERT ON handled
                   BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";
    danger_is_answered_while(refuses, "DROP TRIGGER refuses");
}

#[test]
fn what_is_due_comes_as_soon_as_the_disk_has_room_again() {
    let mut town = Town::new();
    town.set("CLOCK_SPEED", "60");
    let _charley = town.charley();
    let mut database = town.database();
    let refuses = "CREATE TRIGGER refuses BEFORE UPDATE ON reminders
                   BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";
    database.does(refuses);
    // Three minutes pass in three seconds.
    let relief = town.direct(&town.ana, HELP);
    town.logs("what is due cannot be read");
    town.stays_at(relief.message.channel_id, 1);

    database.does("DROP TRIGGER refuses");
    town.sees(&town.ana, relief.message.channel_id, "the timer", |seen| {
        seen.by == "Charley" && seen.id > relief.id
    });
}

#[test]
fn what_was_answered_while_the_database_was_locked_is_kept_afterwards_and_not_answered_again() {
    let town = Town::new();
    let charley = town.charley();
    let hello = town.direct(&town.ben, "hello");
    let mut database = town.database();
    database.does("BEGIN IMMEDIATE");
    let danger = town.ben.dms(DANGER).unwrap();
    town.sees(&town.ben, hello.message.channel_id, "the emergency", |seen| {
        seen.text.contains("Emergency")
    });
    database.does("ROLLBACK");

    let kept = format!("SELECT count(*) FROM handled WHERE event = {danger}");
    let end = std::time::Instant::now() + super::town::SOON;
    while database.counts(&kept) == 0 {
        assert!(std::time::Instant::now() < end, "never kept: {}", town.log());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(database.counts("SELECT count(*) FROM outbox"), 0);
    assert!(charley.stops().success());
    town.discord.change(local_discord::World::forget_sessions);
    let _charley = town.charley();
    town.is_through();
    town.stays_at(hello.message.channel_id, 2);
    assert!(!town.log().contains("answered what was missed"), "{}", town.log());
}

#[test]
fn danger_that_an_edit_adds_is_said_while_the_database_is_locked() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    let mut database = town.database();
    database.does("BEGIN EXCLUSIVE");
    town.ana.edits(question, DANGER).unwrap();
    let danger = |seen: &local_discord::Seen| seen.text.contains("Emergency");
    town.sees(&town.ben, town.general, "the emergency", danger);
    database.does("ROLLBACK");
}

#[test]
fn no_word_of_a_member_is_in_the_database() {
    let town = Town::new();
    let charley = town.charley();
    let words = "zanzibar quokka";
    town.direct(&town.ana, &format!("{HELP} {words}"));
    let question = town.ben.says(town.general, &format!("{DANGER} {words}")).unwrap();
    town.reply(&town.ben, question);
    let text = serde_json::json!(format!("{HELP} {words}"));
    town.command(&town.cleo, "cramp", &[("text", text)]);
    assert!(charley.stops().success());
    for file in ["charley.db", "charley.db-wal"] {
        let kept = std::fs::read(town.path(file)).unwrap_or_default();
        for word in words.split(' ') {
            let found = kept.windows(word.len()).any(|bytes| bytes == word.as_bytes());
            assert!(!found, "{word} is in {file}");
        }
    }
}
