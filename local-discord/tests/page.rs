//! The page on which a person can be a member.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL};
use crate::messages::id;
use crate::town::{Town, town};

fn ask(town: &Town, method: Method, path: &str, body: &Value) -> (u16, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = reqwest::Client::new().request(method, format!("{}{path}", town.server.url()));
    let request = if body.is_null() { request } else { request.json(body) };
    runtime.block_on(async {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    })
}

fn state(town: &Town) -> Value {
    let (status, text) =
        ask(town, Method::GET, &format!("/page/state?who={}", town.ana.id), &Value::Null);
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_person_writes_and_presses_on_the_page() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    assert!(ask(&town, Method::GET, "/", &Value::Null).1.contains("<title>"));
    let act = |deed: Value| {
        let mut deed = deed;
        deed["who"] = json!(town.ana.id);
        ask(&town, Method::POST, "/page/act", &deed)
    };
    assert_eq!(act(json!({"deed": "say", "at": town.general, "text": "ouch"})).0, 204);
    assert_eq!(bot.hears("MESSAGE_CREATE")["content"], "ouch");
    let button = json!({"type": 2, "style": 1, "label": "Help", "custom_id": "help"});
    let body = json!({"content": "?", "components": [{"type": 1, "components": [button]}]});
    let message = id(&bot.post(&format!("/channels/{}/messages", town.general), &body).1);
    let seen = state(&town);
    let shown = &seen["places"][0]["messages"][1];
    assert_eq!((&shown["text"], &shown["bot"]), (&json!("?"), &json!(true)));
    assert_eq!(shown["components"][0]["components"][0]["label"], "Help");
    assert_eq!(act(json!({"deed": "press", "message": message, "which": "help"})).0, 204);
    assert_eq!(bot.hears("INTERACTION_CREATE")["data"]["custom_id"], "help");
    let (status, why) = act(json!({"deed": "press", "message": message, "which": "other"}));
    assert_eq!((status, why.as_str()), (409, "impossible: there is no button [other]"));
}

#[test]
fn a_foreign_name_is_not_served() {
    let town = town();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = reqwest::Client::new().get(format!("{}/page/state", town.server.url()));
    let request = request.header("Host", "evil.example:80");
    let response = runtime.block_on(request.send()).unwrap();
    assert_eq!(response.status().as_u16(), 403);
}
