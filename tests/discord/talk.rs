//! What members get in channels: who says what, and what is seen by whom.

use local_discord::{MessageId, Permissions, Seen};
use serde_json::json;

use super::town::Town;

/// Somebody in trouble.
const HELP: &str = "My calf is cramping right now, help!";

const OFFERED: [&str; 3] = ["Help me privately", "Not about me", "Stop answering me"];

#[test]
fn a_question_in_a_channel_is_answered_there_once_and_without_a_ping() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();

    let reply = town.reply(&town.ben, question);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    assert_eq!(reply.buttons, OFFERED);
    assert!(!town.reply(&town.ana, question).pinged);
    town.stays_at(town.general, 1);
}

#[test]
fn ordinary_chatter_is_passed_over() {
    let town = Town::new();
    let _charley = town.charley();
    for text in ["morning all", "who is in for the long run on sunday?", "new shoes day"] {
        town.ben.says(town.general, text).unwrap();
    }
    town.is_through();
    town.stays_at(town.general, 0);
}

#[test]
fn whoever_calls_the_role_that_bears_charleys_name_has_called_charley_also_after_a_restart() {
    let town = Town::new();
    let role = town.discord.change(|world| world.bot_role(town.club, "Charley"));
    let call = format!("<@&{role}> good morning");
    for resumes in 0..2 {
        let charley = town.charley();
        let called = town.ana.says(town.general, &call).unwrap();
        town.reply(&town.ben, called);
        assert_eq!(town.discord.look(local_discord::World::resumes), resumes);
        assert!(charley.stops().success());
    }
}

#[test]
fn whoever_calls_charley_is_always_answered_though_it_understands_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    let call =
        town.ana.says(town.general, &format!("{} blorb fnord zwiggle", town.call())).unwrap();
    let reply = town.reply(&town.ana, call);
    assert!(!reply.text.is_empty() && !reply.only_me, "{}", reply.text);
    assert!(!reply.buttons.contains(&"Not about me".to_owned()), "{:?}", reply.buttons);
}

#[test]
fn a_reply_to_charley_is_spoken_to_charley() {
    let town = Town::new();
    let _charley = town.charley();
    let call = format!("{} I had a calf cramp while running this morning", town.call());
    let question = town.ana.says(town.general, &call).unwrap();
    let asked = town.reply(&town.ben, question);
    let answer = town.ana.replies(asked.id, "no, none of those").unwrap();
    let next = town.reply(&town.ben, answer);
    assert_ne!(next.text, asked.text);
    assert!(next.choices.contains(&"Pregnant, or birth in last 12 weeks".to_owned()), "{next:?}");
}

#[test]
fn a_forwarded_question_is_read() {
    let town = Town::new();
    let _charley = town.charley();
    let first = town.cleo.says(town.training, HELP).unwrap();
    town.reply(&town.ben, first);
    let forwarded = town.ana.forwards(first, town.general).unwrap();
    let reply = town.reply(&town.ben, forwarded);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
}

#[test]
fn quotes_and_code_are_not_what_somebody_says() {
    let town = Town::new();
    let _charley = town.charley();
    for text in [
        "> My calf is cramping right now, help!\nhow is everybody?",
        "```\nMy calf is cramping right now, help!\n```",
        "good one `My calf is cramping right now, help!`",
        ">>> My calf is cramping right now\nhelp!",
    ] {
        town.ana.says(town.general, text).unwrap();
    }
    town.is_through();
    town.stays_at(town.general, 0);
}

#[test]
fn calls_to_everybody_programs_and_webhooks_are_left_alone() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.says(town.general, &format!("@everyone {HELP}")).unwrap();
    let program = town.discord.change(|world| world.other_bot(town.club, "Tracker"));
    town.discord.who(program).says(town.general, HELP).unwrap();
    town.discord.change(|world| {
        let message = json!({
            "id": "1234567890123456789", "channel_id": town.general, "guild_id": town.club,
            "author": {"id": "77", "username": "hook"}, "webhook_id": "77", "content": HELP,
        });
        world.send_event("MESSAGE_CREATE", &message);
    });
    town.is_through();
    town.stays_at(town.general, 0);
}

#[test]
fn charley_does_not_answer_itself() {
    let town = Town::new();
    let _charley = town.charley();
    town.discord.change(|world| {
        let message = json!({
            "id": "1234567890123456789", "channel_id": town.general, "guild_id": town.club,
            "author": {"id": world.bot(), "username": "Charley"}, "content": HELP,
        });
        world.send_event("MESSAGE_CREATE", &message);
    });
    town.is_through();
    town.stays_at(town.general, 0);
}

const MENTION: &str = "calf cramped at mile 20 yesterday but I still got my PB";

#[test]
fn a_mere_mention_is_passed_over() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.says(town.general, MENTION).unwrap();
    town.is_through();
    town.stays_at(town.general, 0);
}

#[test]
fn a_mere_mention_is_offered_help_where_the_club_wants_it() {
    let town = Town::with_club("offer-on-mention = true");
    let _charley = town.charley();
    let mention = town.ana.says(town.general, MENTION).unwrap();
    let offer = town.reply(&town.ben, mention);
    assert_eq!(offer.buttons, OFFERED);
    assert!(!offer.pinged && offer.text.chars().count() < 300, "{}", offer.text);
}

#[test]
fn a_message_about_several_things_gets_one_reply() {
    let town = Town::new();
    let _charley = town.charley();
    let text = "does pickle juice help against cramps? does magnesium? and why do calves cramp?";
    let question = town.ana.says(town.general, text).unwrap();
    town.reply(&town.ben, question);
    town.stays_at(town.general, 1);
}

#[test]
fn the_same_person_is_not_told_the_same_twice_but_others_are() {
    let town = Town::new();
    let _charley = town.charley();
    let first = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ana, first);
    town.ana.says(town.general, "argh, my calf is cramping again right now, help").unwrap();
    town.is_through();
    town.stays_at(town.general, 1);

    let ben = town.ben.says(town.general, HELP).unwrap();
    town.reply(&town.ben, ben);
    let other = "does anyone know whether pickle juice helps against cramps?";
    let other = town.ana.says(town.general, other).unwrap();
    town.reply(&town.ana, other);
    town.stays_at(town.general, 3);
}

#[test]
fn a_new_danger_sign_is_answered_though_the_person_was_answered_just_now() {
    let town = Town::new();
    let _charley = town.charley();
    let first = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ana, first);
    let danger = "calf still cramping and now I have chest pain and can't breathe";
    let danger = town.ana.says(town.general, danger).unwrap();
    is_emergency(&town.reply(&town.ben, danger));
}

#[test]
fn a_channel_hears_only_so_much_but_danger_always() {
    let town = Town::new();
    let _charley = town.charley();
    let crowd: Vec<_> = (0..8).map(|number| town.member(&format!("Runner{number}"))).collect();
    let asked: Vec<MessageId> =
        crowd.iter().map(|runner| runner.says(town.general, HELP).unwrap()).collect();
    town.reply(&town.ana, asked[0]);
    town.is_through();
    town.stays_at(town.general, 5);
    let danger = "my calf is cramping and I have chest pain, can't breathe";
    let danger = crowd[7].says(town.general, danger).unwrap();
    is_emergency(&town.reply(&town.ana, danger));
}

#[test]
fn an_emergency_is_answered_where_everybody_sees_it_at_once() {
    let town = Town::new();
    let _charley = town.charley();
    let text = "my calf is swollen and now I have chest pain and can't breathe";
    let question = town.ana.says(town.general, text).unwrap();
    for witness in [&town.ana, &town.ben, &town.cleo] {
        is_emergency(&town.reply(witness, question));
    }
}

fn is_emergency(reply: &Seen) {
    assert!(reply.text.starts_with("🟥 **Emergency**"), "{}", reply.text);
    assert!(reply.text.contains("112") && !reply.only_me, "{}", reply.text);
}

#[test]
fn in_a_club_with_threads_the_conversation_goes_on_in_a_thread() {
    let town = Town::with_club("in-channels = \"thread\"");
    let _charley = town.charley();
    let question = town
        .ana
        .says(town.general, "I had a calf cramp while running this morning, what should I do?");
    let question = question.unwrap();
    let thread = question.cast();
    let first =
        town.sees(&town.ben, thread, "the reply in the thread", |seen| seen.by == "Charley");
    assert!(first.buttons.contains(&"None of these".to_owned()), "{first:?}");
    town.stays_at(town.general, 0);

    // In the thread nobody has to call Charley.
    town.ana.says(thread, "no, none of those").unwrap();
    let next = |seen: &Seen| seen.by == "Charley" && seen.id != first.id;
    let next = town.sees(&town.ben, thread, "the next question", next);
    assert!(next.choices.contains(&"Pregnant, or birth in last 12 weeks".to_owned()), "{next:?}");
    town.stays_at(thread, 2);
    town.stays_at(town.general, 0);
}

#[test]
fn in_an_open_club_the_conversation_goes_on_in_the_channel() {
    let town = Town::with_club("in-channels = \"open\"");
    let _charley = town.charley();
    let question = "I had a calf cramp while running this morning, what should I do?";
    let question = town.ana.says(town.general, question).unwrap();
    let first = town.reply(&town.ben, question);
    assert!(first.buttons.contains(&"None of these".to_owned()), "{first:?}");
    let next = town.pressed(&town.ana, &first, "None of these");
    assert!(!next.only_me && next.choices.len() > 5, "{next:?}");
    assert!(town.ben.sees(town.general).iter().any(|seen| seen.id == next.id));
}

#[test]
fn a_direct_message_is_a_whole_conversation() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, "got a cramp in my calf at km 30 this morning, it let go");
    assert!(!asked.buttons.is_empty(), "{}", asked.text);
    let next = town.direct(&town.ana, "none of these");
    assert_ne!(next.text, asked.text);
}

#[test]
fn a_command_in_a_channel_does_not_move_an_interview_away() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, "I had a calf cramp while running this morning");
    town.command(&town.ana, "help", &[]);
    let next = town.direct(&town.ana, "none of these");
    assert!(next.choices.contains(&"Regular medicine".to_owned()), "{next:?}");
}

#[test]
fn the_sources_of_a_direct_answer_are_shown_wherever_they_are_asked_for() {
    let town = Town::new();
    let _charley = town.charley();
    town.direct(&town.ana, "do bananas help with cramps?");
    let sources = town.command(&town.ana, "sources", &[]);
    assert!(sources.text.contains("http"), "{}", sources.text);
}

#[test]
fn backticks_for_apostrophes_hide_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    let text = "i don`t know why but my calf is cramping and i have chest pain and can`t breathe";
    let told = town.direct(&town.ana, text);
    assert!(told.text.contains("Emergency"), "{}", told.text);
}

#[test]
fn a_call_to_everybody_by_somebody_who_may_not_call_is_no_question_to_charley() {
    let town = Town::new();
    let _charley = town.charley();
    let common = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::USE_SLASH_COMMANDS;
    town.discord.change(|world| world.everyone_may(town.club, common));
    for call in ["@everyone", "@here"] {
        let said = town.ana.says(town.general, &format!("{call} {HELP}")).unwrap();
        let calls =
            town.discord.look(|world| world.message(said).unwrap().message.mention_everyone);
        assert!(!calls, "Discord says that nobody was called");
    }
    town.is_through();
    town.stays_at(town.general, 0);
    // Whoever calls Charley by name is answered whatever else the words look like.
    let call = format!("{} @everyone says I should ask you: {HELP}", town.call());
    let question = town.ben.says(town.general, &call).unwrap();
    town.reply(&town.cleo, question);
}
