//! Two processes on one database: one that was forgotten, or the next one before the last has gone.

use std::time::Duration;

use local_discord::{Member, World};

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

/// Members who ask in the channel, each answered there by Charley.
fn ask(town: &Town, names: &str, count: usize) -> Vec<Member> {
    let runners: Vec<Member> =
        (0..count).map(|number| town.member(&format!("{names}{number}"))).collect();
    let calls: Vec<_> = runners
        .iter()
        .map(|runner| runner.says(town.general, &format!("{} {HELP}", town.call())).unwrap())
        .collect();
    for call in calls {
        town.reply(&town.ana, call);
    }
    runners
}

#[test]
fn everybody_is_answered_and_reminded_once_by_two_processes() {
    let town = Town::new();
    let _first = town.charley();
    let second = town.charley();
    town.logs("another charley is at work");
    assert_eq!(town.discord.look(World::resumes), 0);

    let runners = ask(&town, "Runner", 8);
    town.stays_at(town.general, 8);
    let press = town.command(&town.ben, "help", &[]);
    assert!(press.only_me, "{press:?}");

    // Three minutes go by.
    let due = "UPDATE reminders SET due = due - 180000000, next_try = next_try - 180000000
               WHERE step = 'let_go_3'";
    assert_eq!(town.database().does(due), 8);
    for runner in &runners {
        town.until("they are asked again", |world| {
            world.dm(runner.id).is_some_and(|dm| world.by_bot(dm).count() > 0)
        });
    }
    second.dies();
    ask(&town, "Walker", 2);
    for runner in &runners {
        let dm = town.discord.look(|world| world.dm(runner.id)).unwrap();
        assert_eq!(town.discord.look(|world| world.by_bot(dm).count()), 1);
    }
    // The answer to the command is among them.
    town.stays_at(town.general, 11);
}

#[test]
fn the_next_process_takes_over_what_the_last_held_once_that_has_gone() {
    let town = Town::new();
    town.charley().dies();
    let _next = town.charley();
    ask(&town, "Runner", 1);
    assert!(!town.log().contains("another charley is at work"), "{}", town.log());
}

#[test]
fn what_two_processes_missed_is_read_up_by_the_next() {
    let town = Town::new();
    let first = town.charley();
    town.direct(&town.ana, "hello");
    let second = town.charley();
    // Both have noted how far they are.
    std::thread::sleep(Duration::from_millis(1_500));
    first.dies();
    second.dies();
    town.discord.change(World::forget_sessions);
    let question = town.ana.dms(HELP).unwrap();
    let _next = town.charley();
    town.reply(&town.ana, question);
}
