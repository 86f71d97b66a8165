//! How much Discord lets Charley ask: what its answers say is kept to, whatever its address is.

use std::time::Duration;

use local_discord::{Fault, Request, Target, When};

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";
const RUN: &str = "I had a calf cramp while running this morning";

/// How long Discord says to wait.
const AFTER: Duration = Duration::from_secs(4);

/// Clocks on both sides are read at slightly different moments.
const SLACK: Duration = Duration::from_millis(50);

/// All requests from the one on that was refused.
fn since_refused(town: &Town) -> Vec<Request> {
    town.discord.look(|world| {
        let from = |request: &&Request| request.status != 429;
        world.journal.requests().skip_while(from).cloned().collect()
    })
}

#[test]
fn what_was_too_much_for_one_channel_waits_as_long_as_discord_says_and_no_other_does() {
    let town = Town::new();
    let _charley = town.charley();
    town.logs("the commands are known to Discord");
    let too_many = Fault::TooMany { after: AFTER, global: false };
    town.discord.fault(Target::post(town.general), When::Before, too_many);
    let held_up = town.ana.says(town.general, HELP).unwrap();
    town.until("it is too much", |world| world.faults_waiting() == 0);
    let other = town.ben.says(town.training, HELP).unwrap();
    town.reply(&town.cleo, other);
    town.reply(&town.cleo, held_up);
    town.until("its answer is on record", |world| {
        let to = format!("/channels/{}/messages", town.general);
        world.journal.requests().filter(|request| request.path == to).count() == 2
    });
    let all = since_refused(&town);
    let to = |channel| format!("/channels/{channel}/messages");
    let here: Vec<&Request> =
        all.iter().filter(|request| request.path == to(town.general)).collect();
    assert_eq!(here.len(), 2, "{}", town.discord.story());
    assert!(here[1].at + SLACK > here[0].at + AFTER, "{}", town.discord.story());
    let there = all.iter().find(|request| request.path == to(town.training)).unwrap();
    assert!(there.at < here[1].at, "{}", town.discord.story());
}

#[test]
fn what_was_too_much_of_everything_holds_up_everything_but_presses() {
    let town = Town::new();
    let _charley = town.charley();
    town.logs("the commands are known to Discord");
    let asked = town.direct(&town.cleo, RUN);
    let too_many = Fault::TooMany { after: AFTER, global: true };
    town.discord.fault(Target::post(town.general), When::Before, too_many);
    let first = town.ana.says(town.general, HELP).unwrap();
    town.until("it is too much", |world| world.faults_waiting() == 0);
    let second = town.ben.says(town.training, HELP).unwrap();
    town.pressed(&town.cleo, &asked, "None of these");
    town.reply(&town.cleo, first);
    town.reply(&town.cleo, second);
    let all = since_refused(&town);
    let (refused, later) = all.split_first().unwrap();
    let of_a_press = |path: &str| path.starts_with("/interactions/") || path.contains("/webhooks/");
    for request in later.iter().filter(|request| !of_a_press(&request.path)) {
        assert!(request.at + SLACK > refused.at + AFTER, "{request}\n{}", town.discord.story());
    }
    let pressed = later.iter().find(|request| of_a_press(&request.path)).unwrap();
    assert!(pressed.at < refused.at + AFTER, "{}", town.discord.story());
    assert_eq!(town.discord.look(|world| world.journal.answered(429)), 1);
}
