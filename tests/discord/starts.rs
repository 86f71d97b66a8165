//! Starting and stopping, and what the portal and the network allow.

use std::time::Duration;

use local_discord::{Fault, Target, When};

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

#[test]
fn a_wrong_token_is_told_in_one_sentence() {
    let mut town = Town::new();
    town.set("DISCORD_TOKEN", "MTIzNDU2.Gabcde.another-token");
    assert_eq!(town.start().ends().code(), Some(2));
    let log = town.log();
    assert!(log.contains("Reset Token") && !log.contains("another-token"), "{log}");
}

#[test]
fn why_charley_ends_is_told_though_the_log_is_silent() {
    let mut town = Town::new();
    town.set("DISCORD_TOKEN", "MTIzNDU2.Gabcde.another-token");
    town.set("RUST_LOG", "off");
    assert_eq!(town.start().ends().code(), Some(2));
    let log = town.log();
    assert!(log.starts_with("charley: Discord does not know the token; copy it"), "{log}");
    assert_eq!(log.lines().count(), 1, "{log}");
}

#[test]
fn a_slip_in_the_level_of_the_log_is_told_before_the_start() {
    let mut town = Town::new();
    town.set("RUST_LOG", "inof");
    assert_eq!(town.start().ends().code(), Some(1));
    let log = town.log();
    assert!(log.contains("`RUST_LOG` is `inof`, which is no level; write `info`"), "{log}");
}

#[test]
fn without_the_message_content_charley_answers_whoever_speaks_to_it_and_says_so_once() {
    let town = Town::with(|world| world.application.message_content = false);
    let _charley = town.charley();
    town.ana.says(town.general, HELP).unwrap();
    let call = town.ana.says(town.training, &format!("{} {HELP}", town.call())).unwrap();
    let reply = town.reply(&town.ben, call);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    let direct = town.direct(&town.ben, HELP);
    assert!(direct.text.contains("toes towards your shin"), "{}", direct.text);
    let help = town.command(&town.cleo, "help", &[]);
    assert!(help.only_me, "{help:?}");
    town.stays_at(town.general, 1);
    assert_eq!(town.log().matches("Message Content Intent").count(), 1);
}

#[test]
fn whoever_replies_without_a_bell_is_told_that_charley_may_not_read_it() {
    let town = Town::with(|world| world.application.message_content = false);
    let _charley = town.charley();
    let call = town.ana.says(town.training, &format!("{} {HELP}", town.call())).unwrap();
    let reply = town.reply(&town.ana, call);
    let quiet = town.ana.replies_quietly(reply.id, "it let go").unwrap();
    let told = town.reply(&town.ana, quiet);
    assert!(told.text.contains("only where I am mentioned"), "{}", told.text);
    let loud = town.ana.replies(reply.id, "it let go").unwrap();
    let answer = town.reply(&town.ana, loud);
    assert!(!answer.text.contains("mentioned"), "{}", answer.text);
}

#[test]
fn faulty_response_files_end_the_start_with_what_is_wrong_and_nothing_is_answered() {
    let mut town = Town::new();
    town.has_own_responses();
    town.writes("club.toml", "nmae = \"x\"\n");
    let charley = town.start();
    let call = format!("{} {HELP}", town.call());
    town.ana.says(town.general, &call).unwrap();
    assert_eq!(charley.ends().code(), Some(1));
    let log = town.log();
    assert!(log.contains("club.toml:1:1") && log.contains("nmae"), "{log}");
    town.stays_at(town.general, 0);
}

#[test]
fn starts_that_fail_again_and_again_use_up_one_session() {
    let mut town = Town::new();
    town.has_own_responses();
    let sound = town.reads("club.toml");
    town.writes("club.toml", "nmae = \"x\"\n");
    for _ in 0..4 {
        assert_eq!(town.start().ends().code(), Some(1));
    }
    town.writes("club.toml", &sound);
    let call = format!("{} {HELP}", town.call());
    let call = town.ana.says(town.general, &call).unwrap();
    let _charley = town.charley();
    town.reply(&town.ben, call);
    assert_eq!(town.discord.look(local_discord::World::identifies), 1);
}

#[test]
fn what_is_said_while_the_response_files_are_read_is_answered_in_its_order() {
    let town = Town::new();
    let _charley = town.charley();
    let said = [HELP, "thanks, it has let go now"].map(|text| town.ben.dms(text).unwrap());
    let [first, second] = said.map(|message| town.reply(&town.ben, message));
    assert!(first.text.contains("toes towards your shin"), "{}", first.text);
    assert!(first.id < second.id && !second.text.contains("toes towards"), "{}", second.text);
}

#[test]
fn charley_waits_for_the_network() {
    let town = Town::new();
    let gateway = || Target::route("GET", "/gateway/bot");
    town.discord.faults(gateway(), When::Before, Fault::Drop, 0, 1);
    town.discord.faults(gateway(), When::Before, Fault::Html(502), 0, 1);
    let _charley = town.charley();
    town.is_through();
}

#[test]
fn charley_can_be_stopped_while_it_waits_for_the_network() {
    let mut town = Town::new();
    town.set("DISCORD_API_URL", "http://127.0.0.1:9");
    let charley = town.start();
    town.logs("Discord does not answer yet");
    town.logs("http://127.0.0.1:9");
    assert!(charley.stops().success());
}

#[test]
fn no_session_is_wasted_where_none_is_left() {
    let town = Town::with(|world| world.settings.identifies = 0);
    assert_eq!(town.start().ends().code(), Some(4));
    assert!(town.log().contains("no new session before"), "{}", town.log());
    assert_eq!(town.discord.look(local_discord::World::identifies), 0);
}

#[test]
fn what_is_in_work_is_finished_before_the_end() {
    let town = Town::new();
    let charley = town.charley();
    let slow = Fault::Stall(Duration::from_secs(2));
    town.discord.fault(Target::post(town.general), When::Before, slow);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.until("the reply is on its way", |world| world.faults_waiting() == 0);
    assert!(charley.stops().success());
    town.reply(&town.ben, question);
    assert_eq!(town.database().counts("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn what_takes_too_long_does_not_hold_up_the_end_and_is_finished_later() {
    let town = Town::new();
    let charley = town.charley();
    let never = Fault::Stall(Duration::from_mins(5));
    town.discord.fault(Target::post(town.general), When::Before, never);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.until("the reply is on its way", |world| world.faults_waiting() == 0);
    let asked = std::time::Instant::now();
    assert!(charley.stops().success());
    assert!(asked.elapsed() < Duration::from_secs(15), "{:?}", asked.elapsed());
    let _charley = town.charley();
    town.reply(&town.ben, question);
}

#[test]
fn where_the_message_content_is_taken_away_while_charley_runs_it_goes_on_without() {
    let town = Town::new();
    let _charley = town.charley();
    town.is_through();
    town.discord.change(|world| {
        world.application.message_content = false;
        world.close_gateway(4014);
    });
    town.until("a new session", |world| world.identifies() == 2);
    let call = town.ana.says(town.training, &format!("{} {HELP}", town.call())).unwrap();
    let reply = town.reply(&town.ben, call);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    assert_eq!(town.log().matches("Message Content Intent").count(), 1);
}

#[test]
fn a_session_that_reads_less_is_not_gone_on_with_once_the_message_content_is_allowed() {
    let town = Town::with(|world| world.application.message_content = false);
    let charley = town.charley();
    town.is_through();
    assert!(charley.stops().success());
    // While it is not allowed, the session of before goes on.
    let charley = town.charley();
    town.until("the session goes on", |world| world.resumes() == 1);
    town.is_through();
    assert!(charley.stops().success());
    town.discord.change(|world| world.application.message_content = true);
    let question = town.ana.says(town.general, HELP).unwrap();
    let _charley = town.charley();
    town.reply(&town.ben, question);
}

#[test]
fn a_session_that_discord_forgot_is_followed_by_none_where_none_is_left() {
    let town = Town::new();
    let charley = town.charley();
    town.is_through();
    assert!(charley.stops().success());
    town.discord.change(local_discord::World::forget_sessions);
    town.discord.change(|world| world.settings.identifies = 0);
    let charley = town.start();
    assert_eq!(charley.ends().code(), Some(4), "{}", town.log());
    assert!(town.log().contains("no new session before"), "{}", town.log());
}

#[test]
fn another_application_on_the_same_database_is_itself() {
    let town = Town::new();
    let charley = town.charley();
    town.logs("the commands are known to Discord");
    assert!(charley.stops().success());
    let other = "UPDATE notes SET value = json_set(value, '$.user', 77, '$.application', 77)
                 WHERE name = 'discord.session'";
    assert_eq!(town.database().does(other), 1);
    let other = "UPDATE notes SET value = json_set(value, '$.application', 77)
                 WHERE name = 'discord.commands'";
    assert_eq!(town.database().does(other), 1);
    town.discord.change(local_discord::World::forget_sessions);
    let _charley = town.charley();
    let call = town.ana.says(town.general, &format!("{} blorb fnord", town.call())).unwrap();
    town.reply(&town.ana, call);
    let is_telling = |request: &&local_discord::Request| {
        request.method == "PUT" && request.path.ends_with("/commands")
    };
    town.until("its commands are told", |world| {
        world.journal.requests().filter(is_telling).count() == 2
    });
}
