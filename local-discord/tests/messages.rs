//! Messages over REST: written, replied, pinged, listed, edited, deleted.

use std::time::Duration;

use local_discord::{MessageId, Permissions};
use reqwest::Method;
use serde_json::{Value, json};
use twilight_model::channel::Message;

use crate::bot::{Bot, USUAL};
use crate::gateway::content;
use crate::town::{SOON, Town, town};

fn path(town: &Town) -> String {
    format!("/channels/{}/messages", town.general)
}

pub(crate) fn id(page: &Value) -> MessageId {
    page["id"].as_str().unwrap().parse().unwrap()
}

#[test]
fn a_reply_pings_only_whom_it_may() {
    let town = town();
    let bot = Bot::new(&town.server);
    let question = town.ana.says(town.general, "ouch").unwrap();
    let text = format!("@everyone <@{}> stretch", town.ben.id);
    let quiet = json!({"parse": []});
    let body = json!({
        "content": text, "allowed_mentions": quiet, "message_reference": {"message_id": question},
    });
    let (status, page) = bot.post(&path(&town), &body);
    assert_eq!(status, 200, "{page}");
    serde_json::from_value::<Message>(page.clone()).unwrap();
    assert_eq!(page["referenced_message"]["content"], "ouch");
    let loud = json!({"content": text, "message_reference": {"message_id": question}});
    bot.post(&path(&town), &loud);
    town.server.look(|world| {
        let replies: Vec<_> = world.replies_to(question).collect();
        assert!(replies[0].pinged.is_empty());
        assert!(
            replies[1].pinged.contains(&town.ana.id) && replies[1].pinged.contains(&town.ben.id)
        );
    });
    assert!(!town.ana.sees(town.general)[1].pinged);
}

#[test]
fn a_nonce_makes_one_message_for_some_minutes() {
    let town = town();
    let bot = Bot::new(&town.server);
    let body = json!({"content": "hello", "nonce": "n1", "enforce_nonce": true});
    let first = bot.post(&path(&town), &body).1;
    let again = bot.post(&path(&town), &body).1;
    assert_eq!((id(&first), &first["nonce"]), (id(&again), &json!("n1")));
    town.server.passes(Duration::from_mins(6));
    assert_ne!(id(&bot.post(&path(&town), &body).1), id(&first));
    let loose = json!({"content": "hello", "nonce": "n1"});
    bot.post(&path(&town), &loose);
    assert_eq!(town.server.look(|world| world.by_bot(town.general).count()), 3);
}

#[test]
fn a_list_is_cut_after_and_before() {
    let town = town();
    let bot = Bot::new(&town.server);
    let ids: Vec<MessageId> = ["a", "b", "c", "d"]
        .iter()
        .map(|text| town.ana.says(town.general, text).unwrap())
        .collect();
    let texts = |query: &str| {
        let page = bot.get(&format!("{}?{query}", path(&town))).1;
        page.as_array()
            .unwrap()
            .iter()
            .map(|one| one["content"].as_str().unwrap().to_owned())
            .collect::<String>()
    };
    assert_eq!(texts("limit=100"), "dcba");
    assert_eq!(texts("limit=2"), "dc");
    assert_eq!(texts(&format!("after={}&limit=2", ids[0])), "cb");
    assert_eq!(texts(&format!("before={}", ids[2])), "ba");
    assert_eq!(bot.get(&format!("{}?limit=101", path(&town))).1["code"], 50035);
}

#[test]
fn edits_and_deletes_are_told_to_all() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let question = town.ana.says(town.general, "cramp").unwrap();
    town.ana.edits(question, "no cramp").unwrap();
    assert_eq!(bot.hears("MESSAGE_UPDATE")["content"], "no cramp");
    let answer = id(&bot.post(&path(&town), &content("ah")).1);
    let (status, page) =
        bot.ask(Method::PATCH, &format!("{}/{answer}", path(&town)), &content("oh"));
    assert_eq!((status, &page["content"]), (200, &json!("oh")));
    assert_eq!(bot.ask(Method::DELETE, &format!("{}/{answer}", path(&town)), &Value::Null).0, 204);
    town.ana.deletes(question).unwrap();
    let gone = bot.hears_some("MESSAGE_DELETE", 2);
    assert_eq!((id(&gone[0]), id(&gone[1])), (answer, question));
    assert!(town.ben.sees(town.general).is_empty());
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn a_dm_is_opened_by_either_side() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    town.ana.dms("hi").unwrap();
    let heard = bot.hears("MESSAGE_CREATE");
    assert!(heard.get("guild_id").is_none());
    let open = |who: &local_discord::Member| {
        bot.post("/users/@me/channels", &json!({"recipient_id": who.id})).1["id"].clone()
    };
    assert_eq!(open(&town.ana), heard["channel_id"]);
    let bens = open(&town.ben);
    bot.post(&format!("/channels/{}/messages", bens.as_str().unwrap()), &content("hello"));
    assert_eq!(town.ben.sees_in_private()[0].text, "hello");
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn a_forward_carries_the_words() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let other = town.server.change(|world| world.channel(town.club, "training"));
    let words = town.ana.says(town.general, "calf hurts").unwrap();
    town.ben.forwards(words, other).unwrap();
    let forward = bot.hears_some("MESSAGE_CREATE", 2).remove(1);
    assert_eq!(forward["message_snapshots"][0]["message"]["content"], "calf hurts");
    assert_eq!(forward["message_reference"]["type"], 1);
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn reactions_and_typing_are_seen() {
    use twilight_gateway::Intents;
    let town = town();
    let intents = USUAL | Intents::GUILD_MESSAGE_REACTIONS | Intents::GUILD_MESSAGE_TYPING;
    let bot = Bot::listening(&town.server, intents);
    let question = town.ana.says(town.general, "ouch").unwrap();
    town.ben.reacts(question, "👍").unwrap();
    assert_eq!(bot.hears("MESSAGE_REACTION_ADD")["emoji"]["name"], "👍");
    town.ben.types(town.general);
    assert_eq!(bot.hears("TYPING_START")["user_id"], town.ben.id.to_string());
    let thumb = format!("{}/{question}/reactions/%E2%9C%85/@me", path(&town));
    assert_eq!(bot.ask(Method::PUT, &thumb, &Value::Null).0, 204);
    assert_eq!(bot.post(&format!("/channels/{}/typing", town.general), &Value::Null).0, 204);
    town.server.look(|world| {
        assert!(world.message(question).unwrap().reactions.contains(&(town.bot, "✅".into())));
        assert_eq!(world.place(town.general).unwrap().typed, 1);
    });
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn a_file_is_taken() {
    let town = town();
    let bot = Bot::new(&town.server);
    let (status, page) = bot.upload(&path(&town), &content("your data"), "me.json");
    assert_eq!((status, &page["attachments"][0]["filename"]), (200, &json!("me.json")));
}

#[test]
fn a_test_waits_for_what_a_bot_does() {
    let town = town();
    let question = town.ana.says(town.general, "ouch").unwrap();
    let bot = Bot::new(&town.server);
    let body = json!({"content": "stretch", "message_reference": {"message_id": question}});
    let at = path(&town);
    let working = std::thread::spawn(move || bot.post(&at, &body));
    let seen = |world: &local_discord::World| {
        world.replies_to(question).next().map(|post| post.message.content.clone())
    };
    assert_eq!(town.server.find(seen, SOON).unwrap(), "stretch");
    working.join().unwrap();
}

#[test]
fn whoever_may_not_call_everybody_calls_nobody() {
    let town = town();
    let calls = |text: &str| {
        let said = town.ana.says(town.general, text).unwrap();
        town.server.look(|world| world.message(said).unwrap().message.mention_everyone)
    };
    assert!(calls("@everyone, run at six"));
    let common = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    town.server.change(|world| world.everyone_may(town.club, common));
    assert!(!calls("@everyone, run at six"));
}
