//! Connecting, identifying, hearing events.

use std::time::Duration;

use local_discord::World;
use twilight_gateway::Intents;

use crate::bot::{Bot, USUAL};
use crate::town::{SOON, town, town_with};

#[test]
fn a_bot_hears_of_itself_its_guild_and_a_message() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let ready = bot.hears("READY");
    assert_eq!(ready["user"]["id"], town.bot.to_string());
    let guild = bot.hears("GUILD_CREATE");
    assert_eq!(guild["name"], "Riverside Runners");
    assert_eq!(guild["channels"][0]["name"], "general");
    town.ana.says(town.general, "my calf cramped").unwrap();
    let message = bot.hears("MESSAGE_CREATE");
    assert_eq!(message["content"], "my calf cramped");
    assert_eq!(message["author"]["username"], "Ana");
    assert_eq!(message["guild_id"], town.club.to_string());
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn the_gateway_is_found_by_rest() {
    let town = town();
    let bot = Bot::new(&town.server);
    assert_eq!(bot.get("/gateway").1["url"], town.server.gateway_url());
    let (status, page) = bot.get("/gateway/bot");
    assert_eq!((status, &page["url"]), (200, &town.server.gateway_url().into()));
    assert_eq!(page["session_start_limit"]["remaining"], 1000);
}

#[test]
fn a_wrong_token_is_let_in_nowhere() {
    let town = town();
    let mut bot = Bot::with_token(&town.server, "wrong");
    assert_eq!(bot.get("/gateway/bot").0, 401);
    bot.listen(USUAL, None);
    assert_eq!(bot.hears("close"), 4004);
    bot.hears("end");
}

#[test]
fn a_privileged_intent_needs_its_switch() {
    let town = town_with(|world| world.application.message_content = false);
    let mut bot = Bot::new(&town.server);
    bot.listen(USUAL, None);
    assert_eq!(bot.hears("close"), 4014);
    assert_eq!(town.server.look(World::identifies), 0);
}

#[test]
fn heartbeats_keep_a_connection() {
    let town = town_with(|world| world.settings.heartbeat = Duration::from_millis(100));
    let bot = Bot::listening(&town.server, USUAL);
    town.server.until(|world| world.heartbeats() > 5, SOON).unwrap();
    assert!(bot.all("close").is_empty());
    assert!(town.server.look(World::is_connected));
}

#[test]
fn intents_that_were_not_asked_for_bring_nothing() {
    let town = town();
    let bot = Bot::listening(&town.server, Intents::GUILDS | Intents::DIRECT_MESSAGES);
    town.ana.says(town.general, "in the channel").unwrap();
    town.ana.dms("in private").unwrap();
    let heard = bot.hears_some("MESSAGE_CREATE", 1);
    assert_eq!(heard[0]["content"], "in private");
    assert_eq!(bot.all("MESSAGE_CREATE").len(), 1);
}

#[test]
fn without_the_content_intent_only_what_is_meant_for_the_bot_has_words() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL - Intents::MESSAGE_CONTENT);
    town.ana.says(town.general, "among us").unwrap();
    town.ana.says(town.general, &format!("hey <@{}>", town.bot)).unwrap();
    town.ana.dms("in private").unwrap();
    let mine = bot.post(&format!("/channels/{}/messages", town.general), &content("mine")).1;
    town.ben.replies(mine["id"].as_str().unwrap().parse().unwrap(), "to you").unwrap();
    town.ben.replies_quietly(mine["id"].as_str().unwrap().parse().unwrap(), "quietly").unwrap();
    let heard = bot.hears_some("MESSAGE_CREATE", 6);
    let texts: Vec<&str> = heard.iter().map(|one| one["content"].as_str().unwrap()).collect();
    let mention = format!("hey <@{}>", town.bot);
    assert_eq!(texts, ["", &mention, "in private", "mine", "to you", ""]);
}

#[test]
fn a_hidden_channel_is_silent() {
    use local_discord::Whom;
    use twilight_model::guild::Permissions;
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let secret = town.server.change(|world| {
        let secret = world.channel(town.club, "secret");
        let view = Permissions::VIEW_CHANNEL;
        world.overwrite(secret, Whom::Member(town.bot), Permissions::empty(), view);
        secret
    });
    town.ana.says(secret, "not for bots").unwrap();
    town.ana.says(town.general, "for all").unwrap();
    assert_eq!(bot.hears("MESSAGE_CREATE")["content"], "for all");
}

#[test]
fn an_odd_event_arrives_as_it_is() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let odd = serde_json::json!({"id": null, "content": 7});
    town.server.change(|world| world.send_event("MESSAGE_CREATE", &odd));
    assert_eq!(bot.hears("unreadable").as_str().map(str::is_empty), Some(false));
    town.server.change(|world| world.send_event("BRAND_NEW", &odd));
    assert_eq!(bot.hears("BRAND_NEW"), odd);
}

#[test]
fn what_did_not_happen_is_told_as_a_story() {
    let town = town();
    town.ana.says(town.general, "help").unwrap();
    let never = town.server.until(|_| false, Duration::from_millis(20)).unwrap_err();
    assert!(never.to_string().contains("Ana in #general: help"), "{never}");
}

pub(crate) fn content(text: &str) -> serde_json::Value {
    serde_json::json!({"content": text})
}
