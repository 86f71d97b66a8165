//! Which path is what.

use twilight_model::gateway::SessionStartLimit;
use twilight_model::gateway::connection_info::BotConnectionInfo;

use super::ask::{Ask, id};
use super::refusal::Refusal;
use super::{Answer, callbacks, commands, guilds, messages, page, threads, users, webhooks};
use crate::world::World;

/// Answers a request.
pub(crate) fn answer(world: &mut World, ask: &Ask) -> Answer {
    let parts: Vec<&str> = ask.path.iter().map(String::as_str).collect();
    match (ask.method.as_str(), parts.as_slice()) {
        ("GET", ["gateway"]) => page(serde_json::json!({"url": gateway(world)})),
        ("GET", ["gateway", "bot"]) => page(gateway_for_bot(world)),
        (method, ["users", rest @ ..]) => users::answer(world, ask, method, rest),
        (method, ["guilds", guild, rest @ ..]) => guilds::answer(world, method, id(guild)?, rest),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            page(world.application_page())
        }
        (method, ["applications", application, rest @ ..]) => {
            is_own(world, application)?;
            commands::answer(world, ask, method, rest)
        }
        (method, ["channels", channel, "messages", rest @ ..]) => {
            messages::answer(world, ask, method, id(channel)?, rest)
        }
        (method, ["channels", channel, rest @ ..]) => {
            threads::answer(world, ask, method, id(channel)?, rest)
        }
        ("POST", ["interactions", interaction, token, "callback"]) => {
            callbacks::answer(world, ask, id(interaction)?, token)
        }
        (method, ["webhooks", application, token, rest @ ..]) => {
            is_own(world, application).map_err(|_| Refusal::unknown_webhook())?;
            webhooks::answer(world, ask, method, token, rest)
        }
        _ => Err(Refusal::not_found()),
    }
}

fn is_own(world: &World, application: &str) -> Result<(), Refusal> {
    if id(application)? == world.application.id {
        Ok(())
    } else {
        Err(Refusal::new(403, 20012, "You are not authorized to perform this action"))
    }
}

fn gateway(world: &World) -> String {
    format!("ws://127.0.0.1:{}/gateway", world.port)
}

fn gateway_for_bot(world: &World) -> BotConnectionInfo {
    BotConnectionInfo {
        session_start_limit: SessionStartLimit {
            max_concurrency: 1,
            remaining: world.settings.identifies,
            reset_after: 14_400_000,
            total: 1000,
        },
        shards: 1,
        url: gateway(world),
    }
}
