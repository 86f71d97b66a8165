//! Guilds, channels, threads, users, the application.

use reqwest::Method;
use serde_json::{Value, json};
use twilight_model::channel::Channel;
use twilight_model::guild::{Guild, Member, Role};
use twilight_model::oauth::Application;
use twilight_model::user::{CurrentUser, CurrentUserGuild};

use crate::bot::{Bot, USUAL};
use crate::gateway::content;
use crate::town::town;

#[test]
fn pages_are_as_twilight_knows_them() {
    fn read<T: serde::de::DeserializeOwned>(bot: &Bot, path: &str) -> T {
        let (status, page) = bot.get(path);
        assert_eq!(status, 200, "{page}");
        serde_json::from_value(page).unwrap()
    }
    let town = town();
    let bot = Bot::new(&town.server);
    let club = town.club;
    assert_eq!(read::<CurrentUser>(&bot, "/users/@me").name, "Charley");
    for page in ["/applications/@me", "/oauth2/applications/@me"] {
        let application: Application = read(&bot, page);
        assert!(application.owner.is_some() && application.flags.is_some());
    }
    assert_eq!(read::<Vec<CurrentUserGuild>>(&bot, "/users/@me/guilds").len(), 1);
    assert_eq!(read::<Guild>(&bot, &format!("/guilds/{club}")).name, "Riverside Runners");
    assert_eq!(read::<Vec<Channel>>(&bot, &format!("/guilds/{club}/channels")).len(), 1);
    assert_eq!(read::<Vec<Role>>(&bot, &format!("/guilds/{club}/roles")).len(), 1);
    assert_eq!(read::<Member>(&bot, &format!("/guilds/{club}/members/@me")).user.name, "Charley");
    let ana = format!("/guilds/{club}/members/{}", town.ana.id);
    assert_eq!(read::<Member>(&bot, &ana).user.name, "Ana");
    assert_eq!(read::<Channel>(&bot, &format!("/channels/{}", town.general)).id, town.general);
}

#[test]
fn a_thread_starts_from_a_message_once() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let question = town.ana.says(town.general, "cramps every night").unwrap();
    let start = format!("/channels/{}/messages/{question}/threads", town.general);
    let (status, page) = bot.post(&start, &json!({"name": "Ana's calf"}));
    assert_eq!((status, page["id"].as_str()), (201, Some(question.to_string().as_str())));
    assert_eq!(bot.post(&start, &json!({"name": "again"})).1["code"], 160_004);
    let thread = question.cast();
    assert_eq!(bot.hears("THREAD_CREATE")["parent_id"], town.general.to_string());
    town.ana.says(thread, "since May").unwrap();
    assert_eq!(bot.hears_some("MESSAGE_CREATE", 2)[1]["channel_id"], question.to_string());
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn an_archived_thread_wakes_unless_it_is_locked() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let start = format!("/channels/{}/threads", town.general);
    let thread = bot.post(&start, &json!({"name": "knees"})).1;
    let thread = thread["id"].as_str().unwrap();
    let messages = format!("/channels/{thread}/messages");
    let sleeps = bot.ask(Method::PATCH, &format!("/channels/{thread}"), &json!({"archived": true}));
    assert_eq!(sleeps.1["thread_metadata"]["archived"], true);
    assert_eq!(bot.post(&messages, &content("hello")).0, 200);
    let woken = bot.get(&format!("/channels/{thread}")).1;
    assert_eq!(woken["thread_metadata"]["archived"], false);
    town.server.change(|world| world.archives(thread.parse().unwrap(), true, true));
    assert_eq!(bot.post(&messages, &content("hello")).1["code"], 50083);
}

#[test]
fn a_closed_channel_is_unknown() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    town.server.change(|world| world.closes(town.general));
    assert_eq!(bot.hears("CHANNEL_DELETE")["id"], town.general.to_string());
    let path = format!("/channels/{}/messages", town.general);
    assert_eq!(
        bot.post(&path, &content("x")),
        (404, json!({"code": 10003, "message": "Unknown Channel"}))
    );
}

#[test]
fn only_discords_paths_are_served() {
    let town = town();
    let bot = Bot::new(&town.server);
    assert_eq!(bot.ask(Method::GET, "/../v9/users/@me", &Value::Null).0, 404);
}
