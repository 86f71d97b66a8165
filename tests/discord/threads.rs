//! A club in which each talk gets a thread of its own.

use std::time::Duration;

use local_discord::{ChannelId, ChannelType, Fault, Member, MessageId, Target, When};

use super::town::{A_WHILE, Town};

const HELP: &str = "my calf is cramping right now, help";
const RUN: &str = "I had a calf cramp while running this morning, what should I do?";
const JUICE: &str = "does anyone know whether pickle juice helps against cramps?";

fn club() -> Town {
    Town::with_club("in-channels = \"thread\"")
}

/// How many of these questions have a thread with something of Charley's in it.
fn threads(town: &Town, questions: &[MessageId]) -> usize {
    std::thread::sleep(A_WHILE);
    town.discord.look(|world| {
        let answered = |question: &&MessageId| world.by_bot(question.cast()).next().is_some();
        questions.iter().filter(answered).count()
    })
}

fn says(who: &Member, at: ChannelId, text: &str) -> MessageId {
    who.says(at, text).unwrap()
}

#[test]
fn a_reply_that_waited_for_long_opens_its_thread_all_the_same() {
    let town = club();
    let charley = town.charley();
    town.is_through();
    let forever = Fault::Stall(Duration::from_mins(5));
    let open = Target::route("POST", "/channels/*/messages/*/threads");
    town.discord.fault(open, When::Before, forever);
    let question = says(&town.ana, town.general, HELP);
    town.until("it is on its way", |world| world.faults_waiting() == 0);
    charley.dies();
    let long_ago = "UPDATE outbox SET posted = posted - 600000000";
    assert_eq!(town.database().does(long_ago), 1);
    let _charley = town.charley();
    let thread = question.cast();
    town.sees(&town.ben, thread, "the reply in the thread", |seen| seen.by == "Charley");
    town.is_through();
    town.stays_at(thread, 1);
    town.stays_at(town.general, 0);
}

#[test]
fn a_long_talk_is_answered_to_its_end() {
    let town = club();
    let _charley = town.charley();
    let thread = says(&town.ana, town.general, RUN).cast();
    town.sees(&town.ben, thread, "the reply in the thread", |seen| seen.by == "Charley");
    let talk = [
        "no, none of those",
        "none of these",
        "no plan, thanks",
        "do bananas help?",
        "does magnesium help?",
        "does pickle juice help?",
        "why do calves cramp?",
    ];
    for (at, text) in talk.iter().enumerate() {
        says(&town.ana, thread, text);
        let answered = |world: &local_discord::World| world.by_bot(thread).count() == at + 2;
        town.until(&format!("an answer to {text}"), answered);
    }
}

#[test]
fn a_channel_hears_only_so_much_but_danger_always() {
    let town = club();
    let _charley = town.charley();
    let crowd: Vec<Member> = (0..8).map(|number| town.member(&format!("Runner{number}"))).collect();
    let asked: Vec<MessageId> =
        crowd.iter().map(|runner| says(runner, town.general, HELP)).collect();
    town.is_through();
    assert_eq!(threads(&town, &asked), 5);
    let danger = "my calf is cramping and I have chest pain, can't breathe";
    let danger = says(&town.ben, town.general, danger);
    let told = town.reply(&town.cleo, danger);
    assert!(told.text.contains("Emergency"), "{}", told.text);
    assert_eq!(told.message.channel_id, town.general, "everybody sees it at once");
}

#[test]
fn a_reply_to_an_emergency_card_that_everybody_sees_goes_on_with_what_it_is_about() {
    let town = club();
    let _charley = town.charley();
    let danger = "my calf is cramping and I have chest pain, can't breathe";
    let danger = says(&town.ana, town.general, danger);
    let card = town.reply(&town.ana, danger);
    assert!(card.text.contains("Emergency"), "{}", card.text);
    let more = town.ana.replies(card.id, "what do I tell them?").unwrap();
    let next = town.reply(&town.ben, more);
    assert_eq!(next.message.channel_id, town.general, "where it was said");
    let again = town.ana.replies(next.id, "thank you, they are here now").unwrap();
    town.reply(&town.ben, again);
    // Somebody else's reply to the same card is about themselves.
    let other = town.ben.replies(card.id, "and what helps me? my calf cramps too").unwrap();
    town.reply(&town.ben, other);
    let of = |who: &Member| {
        let kept = format!("SELECT count(*) FROM conversations WHERE person = {}", who.id);
        town.database().counts(&kept)
    };
    assert_eq!((of(&town.ana), of(&town.ben)), (1, 1), "{}", town.discord.story());
}

#[test]
fn the_same_person_is_not_told_the_same_in_a_second_thread() {
    let town = club();
    let _charley = town.charley();
    let asked: Vec<MessageId> = (0..3).map(|_| says(&town.ana, town.general, JUICE)).collect();
    let other = says(&town.ben, town.general, JUICE);
    town.is_through();
    assert_eq!(threads(&town, &asked), 1);
    assert_eq!(threads(&town, &[other]), 1);
}

#[test]
fn not_about_me_holds_for_the_channel_and_after_a_restart() {
    let town = Town::with_club("in-channels = \"thread\"\noffer-on-mention = true");
    let charley = town.charley();
    let mention = "calf cramped at mile 20 yesterday but I still got my PB";
    let first = says(&town.ana, town.general, mention);
    let offer = town.sees(&town.ana, first.cast(), "the offer", |seen| seen.by == "Charley");
    town.pressed(&town.ana, &offer, "Not about me");
    town.until("it is gone", |world| world.message(offer.id).is_none());
    assert!(charley.stops().success());
    let _charley = town.charley();
    let second = says(&town.ana, town.general, JUICE);
    let elsewhere = says(&town.ana, town.training, JUICE);
    town.is_through();
    assert_eq!(threads(&town, &[second]), 0);
    assert_eq!(threads(&town, &[elsewhere]), 1);
}

#[test]
fn a_reply_in_a_thread_of_others_goes_with_its_question() {
    let town = club();
    let _charley = town.charley();
    town.is_through();
    let thread = town.discord.change(|world| world.thread(town.general, "Long run", town.ben.id));
    let question = says(&town.ana, thread.unwrap(), HELP);
    let reply = town.reply(&town.ana, question);
    town.ana.deletes(question).unwrap();
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
}

#[test]
fn a_post_in_a_forum_is_answered_in_its_own_place_in_any_club() {
    for manner in ["private", "open", "thread"] {
        let town = Town::with_club(&format!("in-channels = \"{manner}\""));
        let _charley = town.charley();
        town.is_through();
        let post = town.discord.change(|world| {
            let forum = world.channel_of(ChannelType::GuildForum, town.club, "ask-the-coach");
            world.thread(forum, "Calf cramp", town.ana.id).unwrap()
        });
        let question = says(&town.ana, post, HELP);
        let reply = town.reply(&town.ben, question);
        assert_eq!(reply.message.channel_id, post, "{manner}");
    }
}

#[test]
fn a_thread_that_was_asleep_is_answered_where_somebody_wakes_it() {
    let town = club();
    let _charley = town.charley();
    town.is_through();
    let thread = town.discord.change(|world| {
        let thread = world.thread(town.general, "Long run", town.ben.id).unwrap();
        world.archives(thread, true, false);
        thread
    });
    let question = says(&town.ana, thread, HELP);
    let reply = town.reply(&town.ben, question);
    assert_eq!(reply.message.channel_id, thread);
}

#[test]
fn help_that_is_promised_privately_is_seen_by_nobody_else_in_any_club() {
    for manner in ["open", "thread"] {
        let club = format!("in-channels = \"{manner}\"\noffer-on-mention = true");
        let town = Town::with_club(&club);
        let _charley = town.charley();
        let mention = "calf cramped at mile 20 yesterday but I still got my PB";
        let mention = says(&town.ana, town.general, mention);
        let at = if manner == "open" { town.general } else { mention.cast() };
        let offer = town.sees(&town.ben, at, "the offer", |seen| seen.by == "Charley");
        assert_eq!(offer.buttons.len(), 3, "{offer:?}");
        let asked = town.pressed(&town.ana, &offer, "Help me privately");
        assert!(asked.only_me, "{manner}: {asked:?}");
        let told = town.pressed(&town.ana, &offer, "Not about me");
        assert!(told.only_me, "{manner}: {told:?}");
    }
}
