//! The gateway on a bad day.

use std::time::Duration;

use local_discord::World;
use serde_json::json;

use super::town::{Charley, Town};

const HELP: &str = "my calf is cramping right now, help";

/// Something happens to the gateway; what Ana says right after it is answered once.
fn is_answered_after(heartbeat: Duration, happens: impl Fn(&mut World)) -> Scene {
    let town = Town::with(|world| world.settings.heartbeat = heartbeat);
    let charley = town.charley();
    town.is_through();
    town.discord.change(happens);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    town.stays_at(town.general, 1);
    Scene { _charley: charley, town }
}

/// A town with Charley still in it.
struct Scene {
    _charley: Charley,
    town: Town,
}

const USUAL: Duration = Duration::from_secs(41);
const QUICK: Duration = Duration::from_secs(1);

#[test]
fn a_connection_that_breaks_is_resumed() {
    let Scene { town, _charley } = is_answered_after(USUAL, World::drop_gateway);
    assert_eq!(town.discord.look(|world| (world.identifies(), world.resumes())), (1, 1));
}

#[test]
fn a_gateway_that_asks_to_reconnect_is_resumed() {
    let Scene { town, _charley } = is_answered_after(USUAL, World::ask_to_reconnect);
    assert_eq!(town.discord.look(|world| (world.identifies(), world.resumes())), (1, 1));
}

#[test]
fn a_session_that_is_invalid_for_the_moment_is_resumed() {
    let Scene { town, _charley } = is_answered_after(USUAL, |world| world.invalidate_session(true));
    assert_eq!(town.discord.look(World::identifies), 1);
}

#[test]
fn a_session_that_is_invalid_for_good_begins_anew_and_nothing_is_missed() {
    let Scene { town, _charley } =
        is_answered_after(USUAL, |world| world.invalidate_session(false));
    assert_eq!(town.discord.look(World::identifies), 2);
}

#[test]
fn a_gateway_that_goes_silent_is_noticed() {
    is_answered_after(QUICK, World::go_silent);
}

#[test]
fn heartbeats_that_are_not_acknowledged_are_noticed() {
    let Scene { town, _charley } = is_answered_after(QUICK, World::stop_acks);
    town.until("a new connection", |world| world.resumes() > 0);
}

#[test]
fn a_gateway_that_refuses_for_seconds_is_waited_for() {
    is_answered_after(USUAL, |world| {
        world.refuse_gateway(Duration::from_secs(3));
        world.drop_gateway();
    });
}

#[test]
fn what_the_gateway_says_twice_is_answered_once() {
    let town = Town::new();
    let _charley = town.charley();
    town.is_through();
    town.discord.change(|world| world.double_events(1000));
    let question = town.ana.says(town.general, HELP).unwrap();
    let reply = town.reply(&town.ben, question);
    let check = town.pressed(&town.ana, &reply, "Help me privately");
    assert!(check.only_me && !check.buttons.is_empty(), "{check:?}");
    let help = town.command(&town.ana, "help", &[]);
    assert!(help.only_me, "{help:?}");
    let dm = town.direct(&town.ana, "none of these");
    town.is_through();
    town.stays_at(dm.message.channel_id, 1);
    town.stays_at(town.general, 3);
    for seen in [&reply, &check, &help] {
        let still = town.ana.sees(town.general).into_iter().find(|now| now.id == seen.id);
        assert_eq!(still.map(|now| now.text), Some(seen.text.clone()));
    }
}

#[test]
fn closes_that_pass_are_resumed_without_a_loss() {
    for code in [1000, 1001, 4000, 4003, 4005, 4007, 4008, 4009] {
        is_answered_after(USUAL, |world| world.close_gateway(code));
    }
}

#[test]
fn closes_for_good_end_the_program_with_a_code_that_says_so() {
    for (close, exit) in [(4004, 2), (4010, 3), (4011, 3), (4012, 3), (4013, 3)] {
        let town = Town::new();
        let charley = town.charley();
        town.discord.change(|world| world.close_gateway(close));
        assert_eq!(charley.ends().code(), Some(exit), "{close}");
        assert!(town.log().contains("Discord"), "{}", town.log());
    }
}

#[test]
fn odd_events_are_counted_by_name_and_hide_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    let chatter = town.ana.says(town.general, "hello there").unwrap();
    let odd = json!({
        "id": chatter, "channel_id": town.general, "guild_id": town.club, "content": HELP,
        "author": {"id": town.ana.id, "username": "Ana", "new": {"deep": []}}, "type": 0,
        "components": [{"type": 1, "components": [{"type": 99, "what": null}]}, {"type": 17}],
        "poll": {"question": 5}, "flags": 1_u64 << 40, "sticker_items": null, "pinned": null,
    });
    town.discord.change(|world| {
        world.send_event("MESSAGE_CREATE", &json!({"content": "my calf without an id"}));
        world.send_event("INTERACTION_CREATE", &json!({"id": "5", "type": 99}));
        world.send_event("SOMETHING_NEW", &json!({"a": [1]}));
        world.send_raw("{\"op\": 0, \"s\": nothing of the kind");
        world.send_event("MESSAGE_CREATE", &odd);
    });
    let reply = town.reply(&town.ben, chatter);
    assert!(reply.text.contains("toes towards your shin"), "{}", reply.text);
    for what in ["MESSAGE_CREATE", "INTERACTION_CREATE"] {
        let told = |line: &str| line.contains("an event cannot be read") && line.contains(what);
        assert!(town.log().lines().any(told), "{what}");
    }
    town.is_through();
}
