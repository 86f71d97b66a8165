//! Channels and threads: read, change, delete, start a thread, show typing.

use serde::Deserialize;
use twilight_model::guild::Permissions;
use twilight_validate::channel::name as check_name;

use super::ask::Ask;
use super::messages::access;
use super::refusal::Refusal;
use super::{Answer, created, nothing, page};
use crate::world::{ChannelId, MessageId, World};

pub(crate) fn answer(
    world: &mut World,
    ask: &Ask,
    method: &str,
    at: ChannelId,
    rest: &[&str],
) -> Answer {
    match (method, rest) {
        ("GET", []) => {
            access(world, at, Permissions::VIEW_CHANNEL)?;
            channel(world, at)
        }
        ("PATCH", []) => change(world, ask, at),
        ("DELETE", []) => {
            access(world, at, Permissions::MANAGE_CHANNELS)?;
            let gone = channel(world, at);
            world.closes(at);
            gone
        }
        ("POST", ["typing"]) => types(world, at),
        ("POST", ["threads"]) => start(world, ask, at),
        ("PUT" | "DELETE", ["thread-members", "@me"]) => {
            access(world, at, Permissions::VIEW_CHANNEL)?;
            nothing()
        }
        _ => Err(Refusal::not_found()),
    }
}

fn channel(world: &World, at: ChannelId) -> Answer {
    page(&world.place(at).ok_or_else(Refusal::unknown_channel)?.channel)
}

fn types(world: &mut World, at: ChannelId) -> Answer {
    access(world, at, Permissions::VIEW_CHANNEL)?;
    let place = world.places.get_mut(&at).ok_or_else(Refusal::unknown_channel)?;
    place.typed += 1;
    nothing()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Change {
    name: Option<String>,
    archived: Option<bool>,
    locked: Option<bool>,
}

fn change(world: &mut World, ask: &Ask, at: ChannelId) -> Answer {
    let change: Change = ask.body()?;
    let place = world.place(at).ok_or_else(Refusal::unknown_channel)?;
    let own = place.channel.owner_id == Some(world.bot());
    let is_thread = place.is_thread();
    let needed = if is_thread { Permissions::MANAGE_THREADS } else { Permissions::MANAGE_CHANNELS };
    access(world, at, if own && is_thread { Permissions::VIEW_CHANNEL } else { needed })?;
    if let Some(name) = change.name {
        named(&name)?;
        if let Some(place) = world.places.get_mut(&at) {
            place.channel.name = Some(name);
        }
    }
    if is_thread {
        let place = world.place(at).ok_or_else(Refusal::unknown_channel)?;
        let archived = change.archived.unwrap_or(place.is_archived());
        let locked = change.locked.unwrap_or(place.is_locked());
        world.archives(at, archived, locked);
    }
    channel(world, at)
}

#[derive(Deserialize)]
struct Start {
    name: String,
}

fn named(name: &str) -> Result<(), Refusal> {
    check_name(name)
        .map_err(|error| Refusal::form("name", "BASE_TYPE_BAD_LENGTH", &error.to_string()))
}

fn start(world: &mut World, ask: &Ask, at: ChannelId) -> Answer {
    let start: Start = ask.body()?;
    named(&start.name)?;
    access(world, at, Permissions::CREATE_PUBLIC_THREADS)?;
    let bot = world.bot();
    let id = world.thread(at, &start.name, bot).ok_or_else(Refusal::unknown_channel)?;
    thread(world, id)
}

/// Starts a thread from a message; the thread has the message's id.
pub(crate) fn from_message(
    world: &mut World,
    ask: &Ask,
    at: ChannelId,
    message: MessageId,
) -> Answer {
    let start: Start = ask.body()?;
    named(&start.name)?;
    access(world, at, Permissions::CREATE_PUBLIC_THREADS)?;
    world.message(message).ok_or_else(Refusal::unknown_message)?;
    if world.place(at).ok_or_else(Refusal::unknown_channel)?.is_thread() {
        return Err(Refusal::new(400, 50_024, "Cannot execute action on this channel type"));
    }
    if world.place(message.cast()).is_some() {
        let text = "A thread has already been created for this message";
        return Err(Refusal::new(400, 160_004, text));
    }
    let bot = world.bot();
    let id = world.thread_as(message.cast(), at, &start.name, bot);
    thread(world, id.ok_or_else(Refusal::unknown_channel)?)
}

fn thread(world: &World, id: ChannelId) -> Answer {
    created(&world.place(id).ok_or_else(Refusal::unknown_channel)?.channel)
}
