//! Later answers to interactions: follow-ups, and changes of what was answered.

use twilight_model::channel::message::MessageFlags;

use super::ask::{Ask, id};
use super::body::MessageBody;
use super::callbacks::write;
use super::messages::message_page;
use super::refusal::Refusal;
use super::{Answer, nothing, page};
use crate::world::interaction::{Interaction, State};
use crate::world::{MessageId, World};

pub(crate) fn answer(
    world: &mut World,
    ask: &Ask,
    method: &str,
    token: &str,
    rest: &[&str],
) -> Answer {
    let mut all = world.interactions.values().rev();
    let known = all.find(|known| known.token == token).ok_or_else(Refusal::unknown_webhook)?;
    if world.is_spent(known) {
        return Err(Refusal::spent_token());
    }
    if known.state == State::Waiting {
        return Err(Refusal::unknown_webhook());
    }
    let known = known.clone();
    match (method, rest) {
        ("POST", []) => follow(world, ask, &known),
        ("GET", ["messages", which]) => {
            let id = message(world, &known, which)?;
            shown(world, id)
        }
        ("PATCH", ["messages", which]) => {
            let id = message(world, &known, which)?;
            change(world, ask, &known, id)
        }
        ("DELETE", ["messages", which]) => {
            let id = message(world, &known, which)?;
            world.delete(known.at, id);
            nothing()
        }
        _ => Err(Refusal::not_found()),
    }
}

/// The message that is meant: the first answer, or one by its id.
fn message(world: &World, known: &Interaction, which: &str) -> Result<MessageId, Refusal> {
    let id = if which == "@original" {
        known.original.ok_or_else(Refusal::unknown_message)?
    } else {
        id(which)?
    };
    let own = known.original == Some(id) || known.followups.contains(&id);
    let there = world.message(id).is_some();
    if own && there { Ok(id) } else { Err(Refusal::unknown_message()) }
}

fn shown(world: &World, id: MessageId) -> Answer {
    page(message_page(world, world.message(id).ok_or_else(Refusal::unknown_message)?))
}

/// A further message; the first one after "thinking" takes that message's place.
fn follow(world: &mut World, ask: &Ask, known: &Interaction) -> Answer {
    if let (State::Thinking, Some(original)) = (known.state, known.original) {
        return change(world, ask, known, original);
    }
    let body = MessageBody::read(world, ask)?;
    if body.is_empty() {
        return Err(Refusal::empty_message());
    }
    let id = write(world, known, body)?;
    if let Some(interaction) = world.interactions.get_mut(&known.id) {
        interaction.followups.push(id);
    }
    shown(world, id)
}

fn change(world: &mut World, ask: &Ask, known: &Interaction, id: MessageId) -> Answer {
    let body = MessageBody::read(world, ask)?;
    let thinking = known.state == State::Thinking && known.original == Some(id);
    if thinking && body.is_empty() {
        return Err(Refusal::empty_message());
    }
    let mut edit = body.edit(&ask.body);
    let flags = world.message(id).and_then(|post| post.message.flags);
    // An edit neither hides nor shows a message.
    edit.flags = flags.map(|flags| flags - MessageFlags::LOADING);
    world.edit(known.at, id, edit);
    if thinking && let Some(interaction) = world.interactions.get_mut(&known.id) {
        interaction.state = State::Answered;
    }
    shown(world, id)
}
