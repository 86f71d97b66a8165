//! Restarts, clean and otherwise: nothing is lost, nothing comes twice.

use std::time::Duration;

use local_discord::{Fault, Target, When, World};
use serde_json::json;

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";
const RUN: &str = "I had a calf cramp while running this morning";
const FOREVER: Fault = Fault::Stall(Duration::from_mins(5));

#[test]
fn after_a_clean_stop_the_session_goes_on_and_what_came_meanwhile_is_answered_once() {
    let town = Town::new();
    let charley = town.charley();
    town.is_through();
    assert!(charley.stops().success());
    let question = town.ana.says(town.general, HELP).unwrap();
    let _charley = town.charley();
    town.reply(&town.ben, question);
    town.is_through();
    town.stays_at(town.general, 1);
    assert_eq!(town.discord.look(|world| (world.identifies(), world.resumes())), (1, 1));
}

#[test]
fn a_crash_before_a_reply_was_sent_loses_nothing() {
    let town = Town::new();
    let charley = town.charley();
    town.discord.fault(Target::post(town.general), When::Before, FOREVER);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.until("the reply is on its way", |world| world.faults_waiting() == 0);
    charley.dies();
    town.stays_at(town.general, 0);
    let _charley = town.charley();
    town.reply(&town.ben, question);
    town.is_through();
    town.stays_at(town.general, 1);
}

#[test]
fn a_crash_after_a_reply_was_sent_repeats_nothing() {
    let town = Town::new();
    let charley = town.charley();
    town.discord.fault(Target::post(town.general), When::After, FOREVER);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    charley.dies();
    let _charley = town.charley();
    town.is_through();
    let mut database = town.database();
    let end = std::time::Instant::now() + super::town::SOON;
    while database.counts("SELECT count(*) FROM outbox") > 0 {
        assert!(std::time::Instant::now() < end, "{}", town.discord.story());
        std::thread::sleep(Duration::from_millis(20));
    }
    town.stays_at(town.general, 1);
    // It is known again which message it was: it goes when the question goes.
    town.ana.deletes(question).unwrap();
    town.until("the reply is gone", |world| world.by_bot(town.general).next().is_none());
}

#[test]
fn a_crash_between_a_press_and_its_answer_loses_nothing() {
    let town = Town::new();
    let charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let answer = Target::route("PATCH", "/webhooks/*/*/messages/@original");
    town.discord.fault(answer, When::Before, FOREVER);
    let press = town.ana.presses(asked.id, "Yes, one from list 1").unwrap();
    town.until("the answer is on its way", |world| world.faults_waiting() == 0);
    charley.dies();
    // The first that is started knows nothing of the session before, and has to wait for its own.
    town.discord.change(|world| world.refuse_gateway(Duration::from_millis(500)));
    let _charley = town.charley();
    let told = town.answer(&town.ana, press);
    assert!(told.text.contains("Emergency"), "{}", told.text);
    town.is_through();
    town.stays_at(asked.message.channel_id, 2);
}

#[test]
fn a_crash_before_anything_was_kept_loses_nothing() {
    let town = Town::new();
    let charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    town.is_through();
    std::thread::sleep(Duration::from_millis(1_200));
    let mut lock = town.database();
    lock.does("BEGIN IMMEDIATE");
    let press = town.ana.presses(asked.id, "Yes, one from list 1").unwrap();
    let question = town.ben.says(town.general, HELP).unwrap();
    town.until("the press is acknowledged", |world| world.answers_to(press).next().is_some());
    charley.dies();
    lock.does("ROLLBACK");
    let _charley = town.charley();
    let told = town.answer(&town.ana, press);
    assert!(told.text.contains("Emergency"), "{}", told.text);
    town.reply(&town.ana, question);
    town.is_through();
    town.stays_at(asked.message.channel_id, 2);
    town.stays_at(town.general, 1);
}

#[test]
fn where_discord_forgot_the_session_what_was_missed_is_read_up_oldest_first() {
    let town = Town::new();
    let charley = town.charley();
    town.direct(&town.cleo, RUN);
    let before = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, before);
    assert!(charley.stops().success());
    town.discord.change(World::forget_sessions);

    let missed = [&town.ben, &town.cleo].map(|who| who.says(town.general, HELP).unwrap());
    town.ana.says(town.general, "who is in for the long run on sunday?").unwrap();
    let elsewhere = town.ben.says(town.training, "does pickle juice help against cramps?").unwrap();
    let direct = town.cleo.dms("none of these").unwrap();
    let _charley = town.charley();
    for question in missed.into_iter().chain([elsewhere]) {
        town.reply(&town.ana, question);
    }
    town.reply(&town.cleo, direct);
    town.is_through();
    town.stays_at(town.general, 3);
    let order = town.discord.look(|world| {
        let replies = world.by_bot(town.general);
        let to = replies.filter_map(|post| post.message.reference.as_ref()?.message_id);
        to.collect::<Vec<_>>()
    });
    assert_eq!(order, [before, missed[0], missed[1]]);
}

#[test]
fn reading_up_goes_on_after_an_error_and_beyond_the_first_page() {
    let town = Town::new();
    let charley = town.charley();
    town.is_through();
    let seen = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, seen);
    assert!(charley.stops().success());
    town.discord.change(World::forget_sessions);
    for number in 0..130 {
        town.ana.says(town.general, &format!("easy run number {number}")).unwrap();
    }
    let question = town.ben.says(town.general, HELP).unwrap();
    let page = Target::route("GET", &format!("/channels/{}/messages", town.general));
    town.discord.faults(page, When::Before, Fault::Status(500), 0, 2);
    let _charley = town.charley();
    town.reply(&town.ana, question);
    town.stays_at(town.general, 2);
}

#[test]
fn reading_up_goes_on_at_the_next_start_if_a_crash_ends_it() {
    let town = Town::new();
    let charley = town.charley();
    town.direct(&town.cleo, "hello");
    let seen = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, seen);
    assert!(charley.stops().success());
    town.discord.change(World::forget_sessions);
    let (question, direct) = (town.ben.says(town.general, HELP), town.cleo.dms(RUN));
    let page = Target::route("GET", "/channels/*/messages");
    town.discord.fault(page, When::Before, FOREVER);
    let charley = town.charley();
    town.until("it reads up", |world| world.faults_waiting() == 0);
    // Meanwhile the new session goes on, and is what the next start knows.
    town.is_through();
    let resumed = town.discord.look(World::resumes);
    std::thread::sleep(Duration::from_millis(1_200));
    charley.dies();
    let _charley = town.charley();
    town.reply(&town.ana, question.unwrap());
    town.reply(&town.cleo, direct.unwrap());
    assert_eq!(town.discord.look(World::resumes), resumed + 1);
    town.stays_at(town.general, 2);
}

#[test]
fn a_restart_in_the_middle_of_an_interview_changes_nothing() {
    let town = Town::new();
    let charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let context = town.pressed(&town.ana, &asked, "None of these");
    charley.dies();
    let _charley = town.charley();
    let advice = town.pressed(&town.ana, &context, "None of these");
    assert!(advice.text.contains("What helps"), "{}", advice.text);
}

#[test]
fn two_hundred_members_at_once_are_each_answered_once() {
    let town = Town::new();
    let _charley = town.charley();
    let members: Vec<_> = (0..200).map(|number| town.member(&format!("Runner{number}"))).collect();
    for member in &members {
        member.dms(RUN).unwrap();
    }
    let answered = |world: &World, count: usize| {
        members
            .iter()
            .all(|member| world.dm(member.id).is_some_and(|dm| world.by_bot(dm).count() == count))
    };
    town.until("everybody is asked", |world| answered(world, 1));
    for member in &members {
        member.dms("none of these").unwrap();
    }
    town.until("everybody is asked on", |world| answered(world, 2));
    town.is_through();
    assert!(town.discord.look(|world| answered(world, 2)));
}

#[test]
fn a_direct_message_is_answered_once_though_the_person_went_on_elsewhere() {
    let town = Town::new();
    let _charley = town.charley();
    let dm = town.direct(&town.ana, HELP);
    town.command(&town.ana, "cramp", &[]);
    town.is_through();
    town.discord.change(|world| world.invalidate_session(false));
    town.until("a new session", |world| world.identifies() == 2);
    town.is_through();
    town.stays_at(dm.message.channel_id, 1);
}

#[test]
fn what_was_said_before_charley_came_into_a_server_is_not_answered() {
    let town = Town::new();
    let _charley = town.charley();
    let seen = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, seen);
    town.discord.change(|world| world.invalidate_session(false));
    town.until("a new session", |world| world.identifies() == 2);
    town.is_through();
    let (other, channel) = town.discord.change(|world| {
        let other = world.guild("Other Runners");
        world.leaves(other, world.bot());
        (other, world.channel(other, "general"))
    });
    let dan = town.discord.change(|world| world.member(other, "Dan"));
    let said = town.discord.who(dan).says(channel, HELP).unwrap();
    town.is_through();
    town.discord.change(|world| {
        world.joins(other, world.bot());
        let channels = json!([{"id": channel, "type": 0, "last_message_id": said}]);
        let joined = json!({"id": other, "channels": channels, "threads": [],
                            "joined_at": "2030-01-01T00:00:00.000000+00:00"});
        world.send_event("GUILD_CREATE", &joined);
    });
    town.is_through();
    town.stays_at(channel, 0);
}

#[test]
fn ctrl_c_ends_charley_as_an_init_system_does() {
    let town = Town::new();
    let charley = town.charley();
    town.is_through();
    assert!(charley.interrupted().success());
    let question = town.ana.says(town.general, HELP).unwrap();
    let _charley = town.charley();
    town.reply(&town.ben, question);
    assert_eq!(town.discord.look(|world| (world.identifies(), world.resumes())), (1, 1));
}
