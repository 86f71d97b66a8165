//! Interactions: pressed, chosen, filled in, answered in time or not.

use std::time::Duration;

use local_discord::world::interaction::State;
use local_discord::{InteractionId, MessageId};
use reqwest::Method;
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL};
use crate::commands::{cramp, register};
use crate::gateway::content;
use crate::messages::id;
use crate::town::{Town, town};

/// A bot that has put a message with a button and a select into the channel.
fn asked(town: &Town) -> (Bot, MessageId) {
    let bot = Bot::listening(&town.server, USUAL);
    town.server.stops_clock();
    register(town, &bot, &json!([cramp(), {"name": "Ask Charley about this", "type": 3}]));
    let options = json!([{"label": "Calf", "value": "calf"}, {"label": "Foot", "value": "foot"}]);
    let body = json!({"content": "Where?", "components": [
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Help me privately", "custom_id": "help"},
            {"type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true},
        ]},
        {"type": 1, "components": [
            {"type": 3, "custom_id": "where", "options": options, "max_values": 2},
        ]},
    ]});
    let (status, page) = bot.post(&format!("/channels/{}/messages", town.general), &body);
    assert_eq!(status, 200, "{page}");
    (bot, id(&page))
}

/// The callback of the latest interaction that was heard, and its webhook.
fn paths(town: &Town, bot: &Bot, number: usize) -> (String, String) {
    let heard = bot.hears_some("INTERACTION_CREATE", number).pop().unwrap();
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
    let token = heard["token"].as_str().unwrap();
    let callback = format!("/interactions/{}/{token}/callback", heard["id"].as_str().unwrap());
    (callback, format!("/webhooks/{}/{token}", town.bot))
}

fn state(town: &Town, id: InteractionId) -> State {
    town.server.look(|world| world.interaction(id).unwrap().state)
}

#[test]
fn an_ephemeral_answer_is_seen_by_one() {
    let town = town();
    let (bot, message) = asked(&town);
    let press = town.ana.presses(message, "Help me privately").unwrap();
    let (callback, _) = paths(&town, &bot, 1);
    let heard = bot.hears("INTERACTION_CREATE");
    assert_eq!(heard["data"]["custom_id"], "help");
    assert_eq!(heard["member"]["user"]["username"], "Ana");
    let answer = json!({"type": 4, "data": {"content": "just us", "flags": 64}});
    assert_eq!(bot.post(&callback, &answer).0, 204);
    assert_eq!(state(&town, press), State::Answered);
    let sees = |who: &local_discord::Member| who.sees(town.general).last().unwrap().clone();
    assert!(sees(&town.ana).only_me && sees(&town.ana).text == "just us");
    assert_eq!(sees(&town.ben).text, "Where?");
    let listed = bot.get(&format!("/channels/{}/messages", town.general)).1;
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert!(town.ben.presses(sees(&town.ana).id, "x").is_err());
}

#[test]
fn who_is_late_or_answers_twice_is_refused() {
    let town = town();
    let (bot, message) = asked(&town);
    let slow = town.ana.presses(message, "help").unwrap();
    let (callback, webhook) = paths(&town, &bot, 1);
    town.server.passes(Duration::from_millis(3100));
    assert!(town.server.look(|world| world.went_unanswered(slow)));
    assert_eq!(bot.post(&callback, &json!({"type": 6})).1["code"], 10062);
    assert_eq!(bot.post(&webhook, &content("x")).1["code"], 10015);
    town.ana.presses(message, "help").unwrap();
    let (callback, _) = paths(&town, &bot, 2);
    assert_eq!(bot.post(&callback, &json!({"type": 6})).0, 204);
    let again = bot.post(&callback, &json!({"type": 4, "data": {"content": "x"}}));
    assert_eq!((again.0, &again.1["code"]), (400, &json!(40060)));
    assert!(town.ana.presses(message, "Off").is_err(), "a disabled button");
}

#[test]
fn a_thinking_bot_answers_later() {
    let town = town();
    let (bot, _) = asked(&town);
    let text = json!("calf, night");
    let run = town.ana.runs(town.general, "cramp", &[("text", text)]).unwrap();
    let (callback, webhook) = paths(&town, &bot, 1);
    let defer = json!({"type": 5, "data": {"flags": 64}});
    let full = bot.post(&format!("{callback}?with_response=true"), &defer);
    assert_eq!(full.1["interaction"]["response_message_loading"], true, "{}", full.1);
    assert!(town.ana.sees(town.general).last().unwrap().thinking);
    let original = format!("{webhook}/messages/@original");
    assert_eq!(bot.ask(Method::PATCH, &original, &content("first")).0, 200);
    let last = town.ana.sees(town.general).pop().unwrap();
    assert!(!last.thinking && last.only_me && last.text == "first");
    let (status, more) = bot.post(&webhook, &json!({"content": "second", "flags": 64}));
    assert_eq!((status, &more["content"]), (200, &json!("second")));
    let texts = |world: &local_discord::World| {
        let texts = world.answers_to(run).map(|post| post.message.content.clone());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(town.server.look(texts), ["first", "second"]);
    assert_eq!(bot.get(&original).1["content"], "first");
    assert_eq!(bot.ask(Method::DELETE, &original, &Value::Null).0, 204);
    town.server.passes(Duration::from_mins(15));
    let (status, page) = bot.post(&webhook, &content("too late"));
    assert_eq!((status, &page["code"]), (401, &json!(50027)));
}

#[test]
fn the_first_follow_up_takes_the_place_of_thinking() {
    let town = town();
    let (bot, _) = asked(&town);
    let run = town.ana.runs(town.general, "cramp", &[]).unwrap();
    let (callback, webhook) = paths(&town, &bot, 1);
    bot.post(&callback, &json!({"type": 5}));
    assert_eq!(bot.post(&webhook, &content("here")).0, 200);
    assert_eq!(town.server.look(|world| world.answers_to(run).count()), 1);
    assert_eq!(town.ben.sees(town.general).last().unwrap().text, "here");
}

#[test]
fn a_select_changes_the_message_it_is_on() {
    let town = town();
    let (bot, message) = asked(&town);
    assert!(town.ana.selects(message, &["Knee"]).is_err());
    let choice = town.ana.selects(message, &["Calf", "foot"]).unwrap();
    let (callback, _) = paths(&town, &bot, 1);
    assert_eq!(bot.hears("INTERACTION_CREATE")["data"]["values"], json!(["calf", "foot"]));
    let update = json!({"type": 7, "data": {"content": "Noted.", "components": []}});
    assert_eq!(bot.post(&callback, &update).0, 204);
    assert_eq!(state(&town, choice), State::Changed);
    let seen = town.ben.sees(town.general).pop().unwrap();
    assert!(seen.text == "Noted." && seen.buttons.is_empty() && seen.choices.is_empty());
    assert!(town.ana.presses(message, "help").is_err());
}

#[test]
fn a_form_is_shown_and_filled_in() {
    let town = town();
    let (bot, message) = asked(&town);
    let press = town.ana.presses(message, "help").unwrap();
    let (callback, _) = paths(&town, &bot, 1);
    let input =
        json!({"type": 4, "custom_id": "when", "style": 1, "label": "When?", "max_length": 9});
    let row = json!({"type": 1, "components": [input]});
    let form = |title: &str| {
        let data = json!({"custom_id": "f", "title": title, "components": [row]});
        json!({"type": 9, "data": data})
    };
    assert_eq!(bot.post(&callback, &form(&"x".repeat(46))).1["code"], 50035);
    assert_eq!(bot.post(&callback, &form("About it")).0, 204);
    assert_eq!(state(&town, press), State::ShowedForm);
    assert!(town.ana.fills(press, &[("when", "much too long")]).is_err());
    assert!(town.ana.fills(press, &[]).is_err());
    assert!(town.ben.fills(press, &[("when", "today")]).is_err());
    town.ana.fills(press, &[("when", "today")]).unwrap();
    let (callback, _) = paths(&town, &bot, 2);
    let heard = bot.hears_some("INTERACTION_CREATE", 2).pop().unwrap();
    assert_eq!(heard["data"]["components"][0]["components"][0]["value"], "today");
    assert_eq!(bot.post(&callback, &form("again")).1["code"], 50035);
    assert_eq!(bot.post(&callback, &json!({"type": 4, "data": {"content": "ok"}})).0, 204);
    let told = bot.hears_some("MESSAGE_CREATE", 2).pop().unwrap();
    let opener = &told["interaction_metadata"]["triggering_interaction_metadata"];
    assert_eq!(opener["interacted_message_id"], message.to_string());
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn a_menu_entry_brings_the_message_even_without_the_intent() {
    let town = town();
    let (bot, _) = asked(&town);
    let question = town.ben.says(town.general, "calf cramp at night").unwrap();
    town.ana.uses("Ask Charley about this", question).unwrap();
    let (callback, _) = paths(&town, &bot, 1);
    let heard = bot.hears("INTERACTION_CREATE");
    let resolved = &heard["data"]["resolved"]["messages"][question.to_string()];
    assert_eq!(resolved["content"], "calf cramp at night");
    // An answer to a component does not answer a command.
    assert_eq!(bot.post(&callback, &json!({"type": 7, "data": {"content": "x"}})).1["code"], 50035);
    assert_eq!(bot.post(&callback, &json!({"type": 42})).1["code"], 50035);
}

#[test]
fn choices_are_suggested_while_somebody_writes() {
    let town = town();
    let (bot, _) = asked(&town);
    let typing = town.ana.starts_writing(town.general, "cramp", "text", "ca").unwrap();
    let (callback, _) = paths(&town, &bot, 1);
    let answer = json!({"type": 8, "data": {"choices": [{"name": "Calf", "value": "calf"}]}});
    assert_eq!(bot.post(&callback, &answer).0, 204);
    let names =
        |world: &local_discord::World| world.interaction(typing).unwrap().choices[0].name.clone();
    assert_eq!(town.server.look(names), "Calf");
}

#[test]
fn an_interaction_in_private_has_a_user_and_no_member() {
    let town = town();
    let (bot, _) = asked(&town);
    town.server.change(|world| world.speaks(town.ana.id, "de"));
    town.ana.dms("hallo").unwrap();
    let dm = town.server.look(|world| world.dm(town.ana.id)).unwrap();
    town.ana.runs(dm, "cramp", &[]).unwrap();
    paths(&town, &bot, 1);
    let heard = bot.hears("INTERACTION_CREATE");
    assert_eq!((&heard["user"]["username"], &heard["locale"]), (&json!("Ana"), &json!("de")));
    assert!(heard.get("member").is_none() && heard.get("guild_id").is_none());
}
