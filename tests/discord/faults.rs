//! Discord's REST side on a bad day: nothing is lost, nothing comes twice, nothing is hammered.

use std::time::Duration;

use local_discord::{
    ChannelId, Fault, Limits, MessageId, Permissions, Refusal, Target, When, Whom,
};

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";
const DANGER: &str = "my calf is cramping and I have chest pain, can't breathe";
const RUN: &str = "I had a calf cramp while running this morning";

/// Ana asks in the channel while this goes wrong, and is answered once.
fn is_answered_once_in_spite_of(when: When, fault: Fault, times: usize) {
    let town = Town::new();
    let _charley = town.charley();
    town.discord.faults(Target::post(town.general), when, fault, 0, times);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    town.until("all faults struck", |world| world.faults_waiting() == 0);
    town.is_through();
    town.stays_at(town.general, 1);
    settled(&town);
}

/// Nothing is left in the outbox.
fn settled(town: &Town) {
    let mut database = town.database();
    let end = std::time::Instant::now() + super::town::SOON;
    while database.counts("SELECT count(*) FROM outbox") > 0 {
        assert!(std::time::Instant::now() < end, "{}", town.discord.story());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_server_error_before_the_work() {
    is_answered_once_in_spite_of(When::Before, Fault::Status(500), 3);
}

#[test]
fn a_server_error_after_the_work() {
    is_answered_once_in_spite_of(When::After, Fault::Status(500), 2);
}

#[test]
fn a_page_of_a_proxy_in_place_of_an_answer() {
    is_answered_once_in_spite_of(When::Before, Fault::Html(502), 2);
}

#[test]
fn a_connection_that_breaks_before_the_work() {
    is_answered_once_in_spite_of(When::Before, Fault::Drop, 2);
}

#[test]
fn a_connection_that_breaks_after_the_work() {
    is_answered_once_in_spite_of(When::After, Fault::Drop, 2);
}

#[test]
fn a_request_that_is_never_answered() {
    is_answered_once_in_spite_of(When::After, Fault::Stall(Duration::from_mins(1)), 1);
}

#[test]
fn a_burst_meets_the_limit_and_everybody_is_answered_in_order() {
    let town = Town::with(|world| {
        world.limits = Limits::Messages(2, Duration::from_secs(1));
    });
    let _charley = town.charley();
    let calls: Vec<_> = (0..6)
        .map(|number| {
            let runner = town.member(&format!("Runner{number}"));
            runner.says(town.general, &format!("{} {RUN}", town.call())).unwrap()
        })
        .collect();
    for call in &calls {
        town.reply(&town.ana, *call);
    }
    town.stays_at(town.general, 6);
    let refused = town.discord.look(|world| world.journal.answered(429));
    assert_eq!(refused, 0, "the limit is told before it is met\n{}", town.discord.story());
}

#[test]
fn an_acknowledgement_that_fails_is_tried_again_in_time() {
    for (when, fault) in [
        (When::Before, Fault::Status(500)),
        (When::Before, Fault::Drop),
        (When::After, Fault::Drop),
        (When::Before, Fault::Stall(Duration::from_secs(20))),
        (When::After, Fault::Stall(Duration::from_secs(20))),
    ] {
        let town = Town::new();
        let _charley = town.charley();
        let asked = town.direct(&town.ana, RUN);
        town.discord.fault(Target::callback(), when, fault);
        let press = town.ana.presses(asked.id, "None of these").unwrap();
        let next = town.answer(&town.ana, press);
        assert!(next.choices.len() > 5, "{next:?}");
        assert!(!town.discord.look(|world| world.went_unanswered(press)));
    }
}

#[test]
fn a_press_that_could_not_be_acknowledged_counts_nevertheless() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let check = town.pressed(&town.ana, &reply, "Help me privately");
    town.discord.faults(Target::callback(), When::Before, Fault::Status(503), 0, 100);
    town.ana.presses(check.id, "Yes, one from list 1").unwrap();
    town.until("Charley writes directly", |world| world.dm(town.ana.id).is_some());
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    let told = town.sees(&town.ana, dm, "the emergency", |seen| seen.by == "Charley");
    assert!(told.text.contains("Emergency"), "{}", told.text);
}

#[test]
fn an_answer_to_a_press_is_sent_again() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, RUN);
    let edit = Target::route("PATCH", "/webhooks/*/*/messages/@original");
    town.discord.faults(edit, When::Before, Fault::Status(502), 0, 2);
    let next = town.pressed(&town.ana, &asked, "None of these");
    assert!(next.choices.len() > 5, "{next:?}");
}

#[test]
fn an_answer_that_waited_until_its_window_closed_comes_directly() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let check = town.pressed(&town.ana, &reply, "Help me privately");
    // The press is taken in, and Discord's trouble outlives its token.
    town.discord.change(|world| world.settings.token_life = Duration::from_millis(800));
    let edit = Target::route("PATCH", "/webhooks/*/*/messages/@original");
    town.discord.faults(edit, When::Before, Fault::Status(502), 0, 4);
    town.ana.presses(check.id, "None of these").unwrap();
    town.until("Charley writes directly", |world| world.dm(town.ana.id).is_some());
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    let told = town.sees(&town.ana, dm, "the answer", |seen| seen.by == "Charley");
    assert!(told.text.contains("The private window had closed, so here it is:"), "{}", told.text);
    assert!(told.text.contains("Hold the muscle in a gentle stretch"), "{}", told.text);
    settled(&town);
}

/// Charley may no longer write in the channel.
fn is_shut_out(town: &Town) {
    town.discord.change(|world| {
        let none = Permissions::empty();
        let everyone = Whom::Role(town.club.cast());
        world.overwrite(town.general, everyone, none, none);
        world.overwrite(town.general, Whom::Member(world.bot()), none, Permissions::SEND_MESSAGES);
    });
}

#[test]
fn where_no_more_direct_messages_may_be_begun_those_that_stand_go_on_and_no_other_is_tried() {
    let town = Town::with(|world| world.settings.new_dms = 1);
    let _charley = town.charley();
    is_shut_out(&town);
    let opened = || town.asked("POST", "/users/@me/channels");
    let before = opened();
    for count in 1..=2 {
        town.ana.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
        town.until("Charley writes directly", |world| {
            world.dm(town.ana.id).is_some_and(|dm| world.by_bot(dm).count() == count)
        });
    }
    assert_eq!(opened() - before, 1, "the channel is known");
    town.ben.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
    town.logs("lets us open no more direct messages");
    town.cleo.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
    town.is_through();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(opened() - before, 2, "{}", town.discord.story());
}

#[test]
fn where_charley_may_not_write_it_answers_directly_and_does_not_try_again() {
    let town = Town::new();
    let _charley = town.charley();
    is_shut_out(&town);
    let dm_count = |count: usize| {
        town.until("Charley writes directly", |world| {
            world.dm(town.ana.id).is_some_and(|dm| world.by_bot(dm).count() == count)
        });
    };
    town.ana.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
    dm_count(1);
    let dm = town.ana.sees_in_private().pop().unwrap();
    assert!(dm.text.starts_with("I may not write in that channel"), "{}", dm.text);
    town.ana.says(town.general, &format!("{} none of these", town.call())).unwrap();
    dm_count(2);
    // What nobody asked for is not brought to anybody directly, unless it is dangerous.
    town.ben.says(town.general, HELP).unwrap();
    town.is_through();
    assert!(town.discord.look(|world| world.dm(town.ben.id)).is_none());
    town.ben.says(town.general, DANGER).unwrap();
    town.until("Ben is told", |world| world.dm(town.ben.id).is_some());
    assert_eq!(town.discord.look(|world| world.journal.answered(403)), 1);
    town.logs("Send Messages");
    settled(&town);
}

#[test]
fn whoever_takes_no_direct_messages_is_not_pestered() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, RUN);
    town.ana.closes_dms();
    town.ana.dms("none of these").unwrap();
    town.logs("takes no direct messages");
    settled(&town);
    assert_eq!(town.discord.look(|world| world.journal.answered(403)), 1);
}

#[test]
fn a_way_that_is_refused_again_and_again_is_not_hammered() {
    for (refusal, told) in [
        (Fault::Refuse(Refusal::new(403, 50_013, "no")), "we may not write there"),
        (Fault::Refuse(Refusal::new(403, 0, "no")), "on the way to Discord turns us away"),
        (Fault::Html(403), "on the way to Discord turns us away"),
    ] {
        let town = Town::new();
        let _charley = town.charley();
        town.is_through();
        let open = Target::route("POST", "/users/@me/channels");
        town.discord.faults(open, When::Before, refusal.clone(), 0, 1000);
        town.discord.faults(Target::post(town.general), When::Before, refusal, 0, 1000);
        let said = || {
            let asked = town.asked("POST", "/channels/*/messages");
            asked + town.asked("POST", "/users/@me/channels")
        };
        let before = said();
        town.ana.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
        town.logs(told);
        std::thread::sleep(Duration::from_secs(4));
        assert!(said() - before < 8, "{}", town.discord.story());
    }
}

#[test]
fn a_page_that_is_not_discords_closes_no_channel() {
    for fault in [Fault::Html(403), Fault::Refuse(Refusal::new(403, 0, "no")), Fault::Html(404)] {
        let town = Town::new();
        let _charley = town.charley();
        town.discord.faults(Target::post(town.general), When::Before, fault, 0, 1);
        let first = town.ana.says(town.general, &format!("{} {RUN}", town.call())).unwrap();
        town.reply(&town.ben, first);
        let second = town.ben.says(town.general, HELP).unwrap();
        town.reply(&town.ana, second);
        assert!(
            town.discord.look(|world| world.dm(town.ana.id)).is_none(),
            "nothing goes elsewhere"
        );
        town.logs("on the way to Discord turns us away");
        settled(&town);
    }
}

/// Ana writes this, and Charley's answer is half a second on its way.
fn is_answered_slowly(town: &Town, at: ChannelId, text: &str) -> MessageId {
    let slow = Fault::Stall(Duration::from_millis(500));
    town.discord.fault(Target::post(at), When::Before, slow);
    let message = town.ana.says(at, text).unwrap();
    town.until("the reply is on its way", |world| world.faults_waiting() == 0);
    message
}

#[test]
fn a_channel_that_is_gone_is_let_go() {
    let town = Town::new();
    let _charley = town.charley();
    is_answered_slowly(&town, town.training, HELP);
    town.discord.change(|world| world.closes(town.training));
    town.is_through();
    settled(&town);
    let tried = town.discord.look(|world| world.journal.answered(404));
    assert_eq!(tried, 1, "{}", town.discord.story());
}

#[test]
fn a_question_that_is_gone_takes_no_emergency_away() {
    let town = Town::new();
    let _charley = town.charley();
    let question = is_answered_slowly(&town, town.general, DANGER);
    town.discord.change(|world| {
        // A moderator's program cleans up; nobody takes the emergency back with it.
        world.go_silent();
    });
    town.ana.deletes(question).unwrap();
    let danger = |seen: &local_discord::Seen| seen.text.starts_with("🟥 **Emergency**");
    town.sees(&town.ben, town.general, "the emergency", danger);
}

#[test]
fn a_channel_that_is_gone_takes_no_emergency_away() {
    let town = Town::new();
    let _charley = town.charley();
    is_answered_slowly(&town, town.training, DANGER);
    town.discord.change(|world| world.closes(town.training));
    town.until("Ana is told", |world| world.dm(town.ana.id).is_some());
    town.is_through();
    let told = town.ana.sees_in_private().pop().unwrap();
    assert!(told.text.starts_with("The place where you wrote is gone"), "{}", told.text);
    assert!(told.text.contains("Emergency"), "{}", told.text);
    settled(&town);
}

#[test]
fn a_thread_that_is_locked_takes_no_emergency_away() {
    let town = Town::new();
    let _charley = town.charley();
    town.is_through();
    let thread = town.discord.change(|world| world.thread(town.general, "Long run", town.ben.id));
    let thread = thread.unwrap();
    is_answered_slowly(&town, thread, DANGER);
    town.discord.change(|world| world.archives(thread, true, true));
    town.until("Ana is told", |world| world.dm(town.ana.id).is_some());
    town.is_through();
    let told = town.ana.sees_in_private().pop().unwrap();
    assert!(told.text.contains("Emergency"), "{}", told.text);
    assert_eq!(town.discord.look(|world| world.by_bot(thread).count()), 0);
    settled(&town);
}

#[test]
fn where_neither_the_channel_nor_the_person_can_be_reached_nothing_is_hammered() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    is_answered_slowly(&town, town.training, DANGER);
    town.discord.change(|world| world.closes(town.training));
    town.is_through();
    settled(&town);
    let refused = |status| town.discord.look(|world| world.journal.answered(status));
    assert!(refused(403) + refused(404) < 6, "{}", town.discord.story());
}

/// Ana answers the lists by this button, Discord takes no answer to the press, and she takes no direct
/// messages.
fn answers_in_vain(town: &Town, label: &str) {
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ana, question);
    let check = town.pressed(&town.ana, &reply, "Help me privately");
    town.ana.closes_dms();
    town.discord.faults(Target::callback(), When::Before, Fault::Status(503), 0, 100);
    town.ana.presses(check.id, label).unwrap();
}

#[test]
fn a_late_emergency_is_said_where_it_was_pressed_if_direct_messages_are_closed() {
    let town = Town::new();
    let _charley = town.charley();
    answers_in_vain(&town, "Yes, one from list 1");
    let danger = |seen: &local_discord::Seen| seen.text.contains("Emergency");
    let told = town.sees(&town.ben, town.general, "the emergency", danger);
    assert!(told.text.contains(&format!("<@{}>", town.ana.id)), "{}", told.text);
    settled(&town);
}

#[test]
fn a_late_answer_calls_whoever_pressed_if_direct_messages_are_closed() {
    let town = Town::new();
    let _charley = town.charley();
    answers_in_vain(&town, "None of these");
    let call = |seen: &local_discord::Seen| seen.text.contains("there is something for you");
    let call = town.sees(&town.ana, town.general, "a line that calls her", call);
    assert_eq!(call.buttons, ["Show me"]);
    settled(&town);
}

#[test]
fn a_message_that_is_not_let_through_does_not_close_its_channel() {
    let town = Town::new();
    let _charley = town.charley();
    let no = Fault::Refuse(Refusal::new(403, 200_000, "blocked by AutoMod"));
    town.discord.fault(Target::post(town.general), When::Before, no);
    town.ana.says(town.general, HELP).unwrap();
    town.until("it is not let through", |world| world.faults_waiting() == 0);
    town.is_through();
    let question = town.ben.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    settled(&town);
}

#[test]
fn what_has_a_button_that_discord_does_not_take_is_said_without() {
    let town = Town::new();
    let _charley = town.charley();
    let no = Fault::Refuse(Refusal::new(400, 50_035, "components: too long"));
    town.discord.fault(Target::post(town.general), When::Before, no);
    let question = town.ana.says(town.general, HELP).unwrap();
    let said = town.reply(&town.ben, question);
    assert!(said.buttons.is_empty() && said.text.contains("toes towards your shin"), "{said:?}");
    settled(&town);
}
