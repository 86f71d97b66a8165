//! What Discord refuses is refused, with its status and code.

use local_discord::Whom;
use reqwest::Method;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use crate::bot::Bot;
use crate::gateway::content;
use crate::messages::id;
use crate::town::{Town, town, town_with};

fn refused(bot: &Bot, method: Method, path: &str, body: &Value, status: u16, code: u32) {
    let (got, page) = bot.ask(method, path, body);
    assert_eq!((got, page["code"].as_u64()), (status, Some(code.into())), "{path} {body} {page}");
}

/// A body that is refused, with the place that is named as wrong.
fn bad_form(town: &Town, body: &Value, at: &str) {
    let bot = Bot::new(&town.server);
    let (status, page) = bot.post(&format!("/channels/{}/messages", town.general), body);
    assert_eq!((status, &page["code"]), (400, &json!(50035)), "{body} {page}");
    assert_eq!(page["message"], "Invalid Form Body");
    let errors = &page["errors"].pointer(at).unwrap_or(&Value::Null)["_errors"];
    assert!(errors[0]["code"].is_string(), "{at} in {page}");
}

fn row(components: &Value) -> Value {
    json!({"content": "x", "components": [{"type": 1, "components": components}]})
}

#[test]
fn a_body_out_of_shape_is_refused_with_its_place() {
    let town = town();
    bad_form(&town, &content(&"x".repeat(2001)), "/content");
    bad_form(&town, &json!({"content": 7}), "/content");
    bad_form(&town, &json!({"embeds": [{"title": "x".repeat(257)}]}), "/embeds/0");
    bad_form(&town, &json!({"embeds": [{}]}), "/embeds/0/description");
    bad_form(&town, &json!({"content": "x", "nonce": "n".repeat(26)}), "/nonce");
    bad_form(&town, &json!({"content": "x", "flags": 128}), "/flags");
    bad_form(&town, &json!({"content": "x", "flags": 64}), "/flags");
    let users = json!({"parse": ["users"], "users": [town.ana.id]});
    bad_form(&town, &json!({"content": "x", "allowed_mentions": users}), "/allowed_mentions");
    bad_form(
        &town,
        &json!({"content": "x", "message_reference": {"message_id": "5"}}),
        "/message_reference",
    );
}

#[test]
fn components_out_of_shape_are_refused() {
    let town = town();
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "Go", "custom_id": id});
    bad_form(&town, &row(&json!([button("a"), button("a")])), "/components/0");
    let six: Vec<Value> = (0..6).map(|n| button(&n.to_string())).collect();
    bad_form(&town, &row(&json!(six)), "/components/0");
    bad_form(&town, &row(&json!([button(&"x".repeat(101))])), "/components/0");
    bad_form(
        &town,
        &row(&json!([{"type": 2, "style": 1, "custom_id": "a"}])),
        "/components/0/components/0/label",
    );
    let same = json!([{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]);
    let select = json!([{"type": 3, "custom_id": "s", "options": same}]);
    bad_form(&town, &row(&select), "/components/0/components/0/options/1/value");
    let option = json!([{"label": "A", "value": "a"}]);
    let greedy = json!([{"type": 3, "custom_id": "s", "options": option, "max_values": 2}]);
    bad_form(&town, &row(&greedy), "/components/0/components/0/max_values");
}

#[test]
fn what_is_not_there_is_unknown() {
    let town = town();
    let bot = Bot::new(&town.server);
    let here = format!("/channels/{}", town.general);
    refused(&bot, Method::GET, "/channels/5/messages", &Value::Null, 404, 10003);
    refused(&bot, Method::GET, "/channels/x", &Value::Null, 400, 50035);
    refused(&bot, Method::GET, &format!("{here}/messages/5"), &Value::Null, 404, 10008);
    refused(&bot, Method::GET, "/guilds/5", &Value::Null, 404, 10004);
    refused(&bot, Method::GET, "/users/5", &Value::Null, 404, 10013);
    refused(&bot, Method::POST, "/nothing", &Value::Null, 404, 0);
    refused(&bot, Method::POST, &format!("{here}/messages"), &json!({}), 400, 50006);
    refused(&bot, Method::POST, &format!("{here}/messages"), &content("   "), 400, 50006);
    let callback = "/interactions/5/token/callback";
    refused(&bot, Method::POST, callback, &json!({"type": 5}), 404, 10062);
    let app = town.bot;
    refused(&bot, Method::POST, &format!("/webhooks/{app}/token"), &content("x"), 404, 10015);
}

#[test]
fn permissions_and_overwrites_count() {
    let town = town();
    let bot = Bot::new(&town.server);
    let messages = format!("/channels/{}/messages", town.general);
    let question = town.ana.says(town.general, "ouch").unwrap();
    let own = format!("{messages}/{question}");
    refused(&bot, Method::PATCH, &own, &content("x"), 403, 50005);
    refused(&bot, Method::DELETE, &own, &Value::Null, 403, 50013);
    let set = |deny: Permissions| {
        let whom = Whom::Role(town.club.cast());
        town.server.change(|world| world.overwrite(town.general, whom, Permissions::empty(), deny));
    };
    set(Permissions::SEND_MESSAGES);
    refused(&bot, Method::POST, &messages, &content("x"), 403, 50013);
    assert!(town.ana.says(town.general, "x").is_err());
    set(Permissions::EMBED_LINKS);
    let embed = json!({"embeds": [{"title": "x"}]});
    refused(&bot, Method::POST, &messages, &embed, 403, 50013);
    set(Permissions::READ_MESSAGE_HISTORY);
    let reply = json!({"content": "x", "message_reference": {"message_id": question}});
    refused(&bot, Method::POST, &messages, &reply, 400, 160_002);
    assert_eq!(bot.get(&messages), (200, json!([])));
    set(Permissions::VIEW_CHANNEL);
    refused(&bot, Method::POST, &messages, &content("x"), 403, 50001);
    assert!(town.ana.sees(town.general).is_empty());
    assert_eq!(town.server.look(local_discord::World::bad_answers), 5);
}

#[test]
fn dms_can_be_closed() {
    let town = town_with(|world| world.settings.new_dms = 2);
    let bot = Bot::new(&town.server);
    let open = |who| bot.post("/users/@me/channels", &json!({"recipient_id": who}));
    let dm = |page: &Value| format!("/channels/{}/messages", page["id"].as_str().unwrap());
    let anas = dm(&open(town.ana.id).1);
    town.ana.closes_dms();
    refused(&bot, Method::POST, &anas, &content("x"), 403, 50007);
    town.ana.opens_dms();
    assert_eq!(bot.post(&anas, &content("x")).0, 200);
    let bens = dm(&open(town.ben.id).1);
    town.server.change(|world| world.leaves(town.club, town.ben.id));
    refused(&bot, Method::POST, &bens, &content("x"), 403, 50278);
    let cleo = town.server.change(|world| world.member(town.club, "Cleo"));
    let third = open(cleo);
    assert_eq!((third.0, &third.1["code"]), (403, &json!(40003)));
}

#[test]
fn a_reply_to_nothing_may_be_sent_as_it_is() {
    let town = town();
    let bot = Bot::new(&town.server);
    let gone = town.ana.says(town.general, "ouch").unwrap();
    town.ana.deletes(gone).unwrap();
    let reference = json!({"message_id": gone, "fail_if_not_exists": false});
    let body = json!({"content": "stretch", "message_reference": reference});
    let (status, page) = bot.post(&format!("/channels/{}/messages", town.general), &body);
    assert_eq!((status, page.get("message_reference")), (200, None));
    assert!(town.server.look(|world| world.message(id(&page)).is_some()));
}
