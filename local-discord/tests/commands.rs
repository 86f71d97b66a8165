//! Commands: registered, refused, offered to members.

use local_discord::World;
use reqwest::Method;
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL};
use crate::town::{Town, town};

pub(crate) fn cramp() -> Value {
    json!({
        "name": "cramp", "description": "Talk about a cramp", "type": 1,
        "name_localizations": {"de": "krampf", "es-ES": "calambre", "fr": "crampe"},
        "description_localizations": {"de": "Über einen Krampf reden"},
        "contexts": [0, 1], "integration_types": [0, 1],
        "options": [{"type": 3, "name": "text", "description": "What happened", "max_length": 20,
                     "autocomplete": true}],
    })
}

pub(crate) fn register(town: &Town, bot: &Bot, commands: &Value) -> (u16, Value) {
    bot.ask(Method::PUT, &format!("/applications/{}/commands", town.bot), commands)
}

#[test]
fn a_list_of_commands_takes_the_place_of_the_old_one() {
    let town = town();
    let bot = Bot::new(&town.server);
    let why = json!({"name": "Why this answer?", "type": 3});
    let (status, first) = register(&town, &bot, &json!([cramp(), why]));
    assert_eq!((status, first.as_array().map(Vec::len)), (200, Some(2)), "{first}");
    let (_, second) = register(&town, &bot, &json!([cramp()]));
    assert_eq!(second[0]["id"], first[0]["id"]);
    assert_eq!(second[0]["name_localizations"]["de"], "krampf");
    let listed = bot.get(&format!("/applications/{}/commands", town.bot)).1;
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(town.server.look(|world: &World| world.commands().count()), 1);
}

#[test]
fn commands_out_of_shape_are_refused_and_change_nothing() {
    let town = town();
    let bot = Bot::new(&town.server);
    register(&town, &bot, &json!([cramp()]));
    let with = |key: &str, value: Value| {
        let mut command = cramp();
        command[key] = value;
        json!([command])
    };
    let wrong = [
        with("name", json!("Cramp")),
        with("name", json!("two words")),
        with("description", json!("")),
        with("description", json!("x".repeat(101))),
        with("name_localizations", json!({"xx": "krampf"})),
        with("name_localizations", json!({"de": "Großer Krampf"})),
        with("options", json!([{"type": 3, "name": "BAD", "description": "x"}])),
        with(
            "options",
            json!([
                {"type": 3, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x", "required": true},
            ]),
        ),
        with("type", json!(9)),
        json!([cramp(), cramp()]),
        json!({"name": "cramp"}),
        json!([{"name": "Menu", "type": 3, "description": "not allowed"}]),
    ];
    for body in wrong {
        let (status, page) = register(&town, &bot, &body);
        assert_eq!((status, &page["code"]), (400, &json!(50035)), "{body} {page}");
    }
    assert_eq!(town.server.look(|world: &World| world.commands().count()), 1);
}

#[test]
fn a_command_of_a_guild_is_its_own() {
    let town = town();
    let bot = Bot::new(&town.server);
    let path = format!("/applications/{}/guilds/{}/commands", town.bot, town.club);
    let own = json!({"name": "cramp", "description": "Only here"});
    let (status, page) = bot.post(&path, &own);
    assert_eq!((status, &page["guild_id"]), (201, &json!(town.club)), "{page}");
    assert!(town.ana.runs(town.general, "cramp", &[]).is_ok());
    let one = format!("{path}/{}", page["id"].as_str().unwrap());
    assert_eq!(bot.ask(Method::DELETE, &one, &Value::Null).0, 204);
    assert_eq!(bot.get(&one).1["code"], 10063);
    assert!(town.ana.runs(town.general, "cramp", &[]).is_err());
}

#[test]
fn members_meet_commands_only_as_they_are() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let mods = json!({
        "name": "club", "description": "For the moderators", "contexts": [0],
        "default_member_permissions": "32",
        "options": [{"type": 1, "name": "mode", "description": "How to answer", "options": [
            {"type": 3, "name": "way", "description": "Which", "required": true,
             "choices": [{"name": "Thread", "value": "thread"}]},
        ]}],
    });
    register(&town, &bot, &json!([cramp(), mods]));
    let (ana, at) = (&town.ana, town.general);
    assert!(ana.runs(at, "cramp", &[("text", json!("x".repeat(21)))]).is_err());
    assert!(ana.runs(at, "cramp", &[("text", json!(7))]).is_err());
    assert!(ana.runs(at, "cramp", &[("other", json!("x"))]).is_err());
    assert!(ana.runs(at, "club mode", &[("way", json!("thread"))]).is_err(), "no moderator");
    town.server.change(|world| {
        let guild = twilight_model::guild::Permissions::MANAGE_GUILD;
        let role = world.role(town.club, "mods", guild);
        world.gives(town.club, town.ana.id, role);
    });
    assert!(ana.runs(at, "club mode", &[]).is_err(), "an option is needed");
    assert!(ana.runs(at, "club mode", &[("way", json!("open"))]).is_err(), "no such choice");
    ana.runs(at, "club mode", &[("way", json!("thread"))]).unwrap();
    let heard = bot.hears("INTERACTION_CREATE");
    assert_eq!(heard["data"]["options"][0]["options"][0]["value"], "thread");
    ana.dms("hi").unwrap();
    let dm = town.server.look(|world| world.dm(ana.id)).unwrap();
    assert!(ana.runs(dm, "club mode", &[("way", json!("thread"))]).is_err(), "only in guilds");
    ana.runs(dm, "cramp", &[]).unwrap();
    assert!(bot.all("unreadable").is_empty(), "{:#?}", bot.all("unreadable"));
}

#[test]
fn whoever_brings_the_bot_along_uses_its_commands_where_it_is_not() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let mut along = cramp();
    along["contexts"] = json!([0, 1, 2]);
    let mut here = json!({"name": "here", "description": "In servers", "type": 1});
    here["integration_types"] = json!([0]);
    register(&town, &bot, &json!([along, here]));
    let (group, elsewhere) = town.server.change(|world| {
        let other = world.guild("Hill Runners");
        let chat = world.channel(other, "chat");
        world.joins(other, town.ana.id);
        world.leaves(other, town.bot);
        (world.group(&[town.ana.id, town.ben.id]), chat)
    });
    for at in [group, elsewhere] {
        assert!(town.ana.runs(at, "cramp", &[]).is_err(), "she has not brought it along");
    }
    town.server.change(|world| world.takes_along(town.ana.id));
    for at in [group, elsewhere, town.general] {
        town.ana.runs(at, "cramp", &[]).unwrap();
    }
    assert!(town.ana.runs(group, "here", &[]).is_err(), "it belongs to servers");
    assert!(town.ben.runs(group, "cramp", &[]).is_err(), "he has not brought it along");
    let heard = bot.hears_some("INTERACTION_CREATE", 3);
    let owner = json!(town.ana.id);
    for (page, context, guild) in
        [(&heard[0], 2, json!(null)), (&heard[1], 0, json!(null)), (&heard[2], 0, json!(town.club))]
    {
        assert_eq!(page["context"], context, "{page}");
        let owners = &page["authorizing_integration_owners"];
        assert_eq!((&owners["1"], &owners["0"]), (&owner, &guild), "{page}");
    }
    assert!(heard[0]["guild_id"].is_null() && heard[0]["user"]["id"] == owner);
    town.ben.says(group, "hello").unwrap();
    town.ben.says(elsewhere, "hello").unwrap_err();
    assert!(bot.all("MESSAGE_CREATE").is_empty(), "what friends write is not for the bot");
    let post = bot.post(&format!("/channels/{group}/messages"), &json!({"content": "hi"}));
    assert_eq!((post.0, &post.1["code"]), (403, &json!(50001)));
}
