//! Questions that are deleted or edited.

use local_discord::Seen;

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

#[test]
fn a_deleted_question_takes_the_unasked_reply_along() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    town.ana.deletes(question).unwrap();
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
}

#[test]
fn a_question_that_is_deleted_at_once_leaves_no_reply_behind() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    town.ana.deletes(question).unwrap();
    town.is_through();
    let left = |world: &local_discord::World| world.by_bot(town.general).next().is_none();
    town.until("nothing is left", left);
}

#[test]
fn a_deleted_question_in_a_club_with_threads_takes_the_reply_along() {
    let town = Town::with_club("in-channels = \"thread\"");
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let thread = question.cast();
    town.sees(&town.ben, thread, "the reply in the thread", |seen| seen.by == "Charley");
    town.ana.deletes(question).unwrap();
    town.until("the reply is gone", |world| world.by_bot(thread).next().is_none());
}

#[test]
fn a_reply_that_was_asked_for_stays_though_the_question_goes() {
    let town = Town::new();
    let _charley = town.charley();
    let call = format!("{} {HELP}", town.call());
    let question = town.ana.says(town.general, &call).unwrap();
    let reply = town.reply(&town.ben, question);
    town.ana.deletes(question).unwrap();
    town.is_through();
    town.stays_at(town.general, 1);
    assert!(town.ben.sees(town.general).iter().any(|seen| seen.id == reply.id));
}

#[test]
fn an_edited_question_is_read_once_more_and_the_reply_put_right() {
    let town = Town::new();
    let _charley = town.charley();
    let question = "does anyone know whether pickle juice helps against cramps?";
    let question = town.ana.says(town.general, question).unwrap();
    let reply = town.reply(&town.ben, question);
    let edited = "does anyone know whether bananas help against cramps?";
    town.ana.edits(question, edited).unwrap();
    let right = |seen: &Seen| seen.id == reply.id && seen.text.to_lowercase().contains("banana");
    town.sees(&town.ben, town.general, "the reply put right", right);

    town.ana.edits(question, "does anyone know whether magnesium helps against cramps?").unwrap();
    town.is_through();
    town.stays_at(town.general, 1);
    town.sees(&town.ben, town.general, "the reply as it was", right);
}

#[test]
fn danger_that_an_edit_adds_is_answered() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    town.ana.edits(question, &format!("{HELP}, and I have chest pain and can't breathe")).unwrap();
    let right = |seen: &Seen| seen.id == reply.id && seen.text.starts_with("🟥 **Emergency**");
    town.sees(&town.ben, town.general, "the emergency", right);
}

#[test]
fn an_edited_direct_message_changes_the_answer_to_it() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let public = town.reply(&town.ana, question);
    town.pressed(&town.ana, &public, "Help me privately");
    let message = town.ana.dms("do bananas help?").unwrap();
    let reply = town.reply(&town.ana, message);
    town.ana.edits(message, "does pickle juice help?").unwrap();
    let right = |seen: &Seen| seen.id == reply.id && seen.text.to_lowercase().contains("pickle");
    town.sees(&town.ana, reply.message.channel_id, "the answer put right", right);
    town.stays_at(reply.message.channel_id, 1);
}

#[test]
fn an_edit_that_is_told_late_counts_by_when_it_was_made() {
    let town = Town::new();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    // As after an hour without a connection: message and edit were an hour ago, shortly after each
    // other.
    let id = question.get() - (3_600_000 << 22);
    let text = format!("{HELP}, and I have chest pain and can't breathe");
    let at = i64::try_from(id >> 22).unwrap() + 1_420_070_400_000 + 20_000;
    let edited = jiff::Timestamp::from_millisecond(at).unwrap().to_string();
    let update = serde_json::json!({
        "id": id.to_string(), "channel_id": town.general, "guild_id": town.club, "type": 0,
        "author": {"id": town.ana.id, "username": "Ana"}, "content": text, "mentions": [],
        "edited_timestamp": edited,
    });
    town.discord.change(|world| world.send_event("MESSAGE_UPDATE", &update));
    let danger = |seen: &Seen| seen.id != reply.id && seen.text.contains("Emergency");
    town.sees(&town.ben, town.general, "the emergency", danger);
}

#[test]
fn what_became_a_question_when_it_was_edited_takes_the_reply_along_when_it_goes() {
    let town = Town::new();
    let charley = town.charley();
    let question = town.ana.says(town.general, "what a day").unwrap();
    town.is_through();
    town.ana.edits(question, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    // Whoever reads up what was missed does not answer it once more.
    charley.dies();
    town.discord.change(local_discord::World::forget_sessions);
    let _charley = town.charley();
    town.is_through();
    town.stays_at(town.general, 1);
    town.ana.deletes(question).unwrap();
    town.until("the reply is gone", |world| world.message(reply.id).is_none());
}

#[test]
fn a_question_of_weeks_ago_is_not_answered_again_when_it_is_pinned() {
    let town = Town::new();
    let _charley = town.charley();
    // Nobody knows any more that it was answered.
    let id = town.ana.says(town.training, "what a day").unwrap().get() - (1_728_000_000 << 22);
    let at = i64::try_from(id >> 22).unwrap() + 1_420_070_400_000 + 20_000;
    let edited = jiff::Timestamp::from_millisecond(at).unwrap().to_string();
    let update = serde_json::json!({
        "id": id.to_string(), "channel_id": town.general, "guild_id": town.club, "type": 0,
        "author": {"id": town.ana.id, "username": "Ana"}, "content": HELP, "mentions": [],
        "edited_timestamp": edited, "pinned": true,
    });
    town.discord.change(|world| world.send_event("MESSAGE_UPDATE", &update));
    town.is_through();
    town.stays_at(town.general, 0);
}
