//! Bad days at the gateway: lost connections, lost sessions, silence.

use std::time::Duration;

use local_discord::World;

use crate::bot::{Bot, USUAL};
use crate::town::{SOON, Town, town, town_with};

/// After a break the bot resumes and hears what was said meanwhile.
fn resumes_after(town: &Town, hurt: impl FnOnce(&mut World)) {
    let bot = Bot::listening(&town.server, USUAL);
    bot.hears("GUILD_CREATE");
    town.server.change(hurt);
    town.ana.says(town.general, "meanwhile").unwrap();
    assert_eq!(bot.hears("MESSAGE_CREATE")["content"], "meanwhile");
    town.server.until(|world| world.resumes() == 1, SOON).unwrap();
    assert_eq!(town.server.look(World::identifies), 1);
    assert_eq!(bot.all("MESSAGE_CREATE").len(), 1);
}

/// After a break the bot can only begin anew.
fn begins_anew_after(town: &Town, hurt: impl FnOnce(&mut World)) {
    let bot = Bot::listening(&town.server, USUAL);
    town.server.change(hurt);
    bot.hears_some("READY", 2);
    assert_eq!(town.server.look(World::resumes), 0);
    assert_eq!(town.server.look(World::identifies), 2);
}

#[test]
fn a_cut_connection_is_resumed() {
    resumes_after(&town(), World::drop_gateway);
}

#[test]
fn a_request_to_reconnect_is_resumed() {
    resumes_after(&town(), World::ask_to_reconnect);
}

#[test]
fn an_unknown_error_is_resumed() {
    resumes_after(&town(), |world| world.close_gateway(4000));
}

#[test]
fn an_invalid_but_resumable_session_is_resumed() {
    resumes_after(&town(), |world| world.invalidate_session(true));
}

#[test]
fn missing_acks_end_in_a_resume() {
    let town = town_with(|world| world.settings.heartbeat = Duration::from_millis(300));
    resumes_after(&town, World::stop_acks);
}

#[test]
fn silence_ends_in_a_resume() {
    let town = town_with(|world| world.settings.heartbeat = Duration::from_millis(300));
    resumes_after(&town, World::go_silent);
}

#[test]
fn refused_connections_end_in_a_resume() {
    resumes_after(&town(), |world| {
        world.refuse_gateway(Duration::from_millis(1500));
        world.drop_gateway();
    });
}

#[test]
fn an_invalid_session_begins_anew() {
    begins_anew_after(&town(), |world| world.invalidate_session(false));
}

#[test]
fn a_forgotten_session_begins_anew() {
    begins_anew_after(&town(), |world| {
        world.forget_sessions();
        world.drop_gateway();
    });
}

#[test]
fn a_timed_out_session_begins_anew() {
    begins_anew_after(&town(), |world| world.close_gateway(4009));
}

#[test]
fn a_killed_bot_resumes_in_a_new_process() {
    let town = town();
    let mut bot = Bot::listening(&town.server, USUAL);
    bot.hears("GUILD_CREATE");
    let session = bot.session();
    bot.dies();
    town.server.until(|world| !world.is_connected(), SOON).unwrap();
    town.ana.says(town.general, "while it was dead").unwrap();
    let mut reborn = Bot::new(&town.server);
    reborn.listen(USUAL, Some(session));
    assert_eq!(reborn.hears("MESSAGE_CREATE")["content"], "while it was dead");
    reborn.hears("RESUMED");
    assert!(reborn.all("READY").is_empty());
}

#[test]
fn a_session_is_not_kept_for_ever() {
    let town = town();
    let mut bot = Bot::listening(&town.server, USUAL);
    let session = bot.session();
    bot.dies();
    town.server.until(|world| !world.is_connected(), SOON).unwrap();
    town.server.passes(Duration::from_secs(181));
    let mut reborn = Bot::new(&town.server);
    reborn.listen(USUAL, Some(session));
    reborn.hears("READY");
    assert_eq!(town.server.look(World::resumes), 0);
}

#[test]
fn a_sequence_of_the_future_is_closed_with_4007() {
    let town = town();
    let mut bot = Bot::listening(&town.server, USUAL);
    let id = bot.session().id().to_owned();
    bot.dies();
    let mut reborn = Bot::new(&town.server);
    reborn.listen(USUAL, Some(twilight_gateway::Session::new(999, id)));
    assert_eq!(reborn.hears("close"), 4007);
}

#[test]
fn an_event_can_come_twice() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    bot.hears("GUILD_CREATE");
    town.server.change(|world| world.double_events(1));
    town.ana.says(town.general, "once").unwrap();
    bot.hears_some("MESSAGE_CREATE", 2);
    let both = bot.all("MESSAGE_CREATE");
    assert_eq!(both[0], both[1]);
}

#[test]
fn too_many_identifies_cost_the_token() {
    let town = town_with(|world| world.settings.identifies = 1);
    let bot = Bot::listening(&town.server, USUAL);
    town.server.change(|world| world.invalidate_session(false));
    assert_eq!(bot.hears("close"), 4004);
    assert_eq!(bot.get("/users/@me").0, 401);
}
