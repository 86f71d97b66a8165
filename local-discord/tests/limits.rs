//! Rate limits and their headers.

use std::time::Duration;

use local_discord::{Fault, Limits, Target, When};
use reqwest::Method;
use serde_json::json;

use crate::bot::Bot;
use crate::gateway::content;
use crate::town::{town, town_with};

#[test]
fn the_sixth_message_in_five_seconds_is_refused() {
    let town = town_with(|world| world.limits = Limits::Real);
    town.server.stops_clock();
    let bot = Bot::new(&town.server);
    let path = format!("/channels/{}/messages", town.general);
    for left in (0..5).rev() {
        let (status, headers, _) = bot.full_ask(Method::POST, &path, &content("x")).unwrap();
        assert_eq!(
            (status, headers["x-ratelimit-remaining"].to_str().unwrap()),
            (200, left.to_string().as_str())
        );
    }
    let (status, headers, page) = bot.full_ask(Method::POST, &path, &content("x")).unwrap();
    assert_eq!((status, &page["global"]), (429, &json!(false)));
    assert!(page["retry_after"].as_f64().unwrap() > 0.0);
    assert!(headers.contains_key("retry-after") && headers.contains_key("x-ratelimit-bucket"));
    assert_eq!(town.server.look(|world| world.journal.answered(429)), 1);
    let other = town.server.change(|world| world.channel(town.club, "other"));
    assert_eq!(bot.post(&format!("/channels/{other}/messages"), &content("x")).0, 200);
    town.server.passes(Duration::from_secs(5));
    assert_eq!(bot.post(&path, &content("x")).0, 200);
}

#[test]
fn fifty_a_second_are_the_limit_of_all() {
    let town = town_with(|world| world.limits = Limits::Real);
    town.server.stops_clock();
    let bot = Bot::new(&town.server);
    let refused = (0..51).find_map(|number| {
        let path = format!("/users/{}", if number % 2 == 0 { "@me" } else { "5" });
        let (status, headers, page) = bot.full_ask(Method::GET, &path, &json!(null)).unwrap();
        (status == 429).then_some((headers, page))
    });
    let Some((headers, page)) = refused else { panic!("never more than fifty a second") };
    assert_eq!(
        (&page["global"], &headers["x-ratelimit-global"]),
        (&json!(true), &"true".parse().unwrap())
    );
}

#[test]
fn without_limits_there_are_no_headers() {
    let town = town();
    let bot = Bot::new(&town.server);
    let path = format!("/channels/{}/messages", town.general);
    let (_, headers, _) = bot.full_ask(Method::POST, &path, &content("x")).unwrap();
    assert!(!headers.contains_key("x-ratelimit-limit"));
    let generous = town_with(|world| world.limits = Limits::Generous);
    let bot = Bot::new(&generous.server);
    let path = format!("/channels/{}/messages", generous.general);
    let (_, headers, _) = bot.full_ask(Method::POST, &path, &content("x")).unwrap();
    assert_eq!(headers["x-ratelimit-limit"], "10000");
}

#[test]
fn too_much_on_demand_says_when_to_come_again() {
    let town = town();
    let bot = Bot::new(&town.server);
    let path = format!("/channels/{}/messages", town.general);
    for global in [false, true] {
        let after = Duration::from_millis(2_500);
        let fault = Fault::TooMany { after, global };
        town.server.fault(Target::post(town.general), When::Before, fault);
        let (status, headers, page) = bot.full_ask(Method::POST, &path, &content("x")).unwrap();
        assert_eq!(
            (status, &page["global"], &page["retry_after"]),
            (429, &json!(global), &json!(2.5))
        );
        assert_eq!(headers["retry-after"], "3");
        assert_eq!(headers.contains_key("x-ratelimit-global"), global);
        assert_eq!(bot.post(&path, &content("x")).0, 200);
    }
}
