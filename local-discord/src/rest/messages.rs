//! Messages of channels: write, read, list, edit, delete, react.

use serde_json::{Value, json};
use twilight_model::channel::message::{MessageFlags, ReactionType};
use twilight_model::gateway::Intents;
use twilight_model::guild::Permissions;
use twilight_validate::request::get_channel_messages_limit;

use super::ask::{Ask, id};
use super::body::MessageBody;
use super::refusal::Refusal;
use super::{Answer, nothing, page, threads};
use crate::world::message::Post;
use crate::world::{ChannelId, MessageId, World};

pub(crate) fn answer(
    world: &mut World,
    ask: &Ask,
    method: &str,
    at: ChannelId,
    rest: &[&str],
) -> Answer {
    match (method, rest) {
        ("GET", []) => list(world, ask, at),
        ("POST", []) => create(world, ask, at),
        ("GET", [message]) => read(world, at, id(message)?),
        ("PATCH", [message]) => edit(world, ask, at, id(message)?),
        ("DELETE", [message]) => delete(world, at, id(message)?),
        ("POST", [message, "threads"]) => threads::from_message(world, ask, at, id(message)?),
        ("PUT", [message, "reactions", emoji, "@me"]) => {
            react(world, at, id(message)?, emoji, true)
        }
        ("DELETE", [message, "reactions", emoji, "@me"]) => {
            react(world, at, id(message)?, emoji, false)
        }
        _ => Err(Refusal::not_found()),
    }
}

/// Whether the bot may do this in a channel.
pub(crate) fn access(world: &World, at: ChannelId, wanted: Permissions) -> Result<(), Refusal> {
    if world.place(at).is_none() {
        return Err(Refusal::unknown_channel());
    }
    let has = world.permissions(world.bot(), at);
    if !has.contains(Permissions::VIEW_CHANNEL) {
        return Err(Refusal::missing_access());
    }
    if has.contains(wanted) { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

fn create(world: &mut World, ask: &Ask, at: ChannelId) -> Answer {
    let mut body = MessageBody::read(world, ask)?;
    may_write(world, at, &body)?;
    if body.is_empty() {
        return Err(Refusal::empty_message());
    }
    if body.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)) {
        return Err(Refusal::form("flags", "INVALID_FLAGS", "Only answers can be ephemeral"));
    }
    reference(world, at, &mut body)?;
    let nonce = body.nonce.take().map(text);
    let enforced = nonce.clone().filter(|_| body.enforce_nonce);
    if let Some(earlier) = enforced.as_ref().and_then(|nonce| world.by_nonce(at, nonce)) {
        return shown(world, earlier, nonce);
    }
    let bot = world.bot();
    let id = world.post(bot, at, body.draft()).ok_or_else(Refusal::unknown_channel)?;
    let now = world.now();
    if let (Some(nonce), Some(place)) = (&nonce, world.places.get_mut(&at)) {
        place.nonces.insert(nonce.clone(), (id, now));
    }
    shown(world, id, nonce)
}

/// A nonce may be a number or a text; both mean the same.
fn text(nonce: Value) -> String {
    match nonce {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn shown(world: &World, id: MessageId, nonce: Option<String>) -> Answer {
    let mut shown =
        message_page(world, world.any_message(id).ok_or_else(Refusal::unknown_message)?);
    if let Some(nonce) = nonce {
        shown["nonce"] = json!(nonce);
    }
    page(shown)
}

fn may_write(world: &World, at: ChannelId, body: &MessageBody) -> Result<(), Refusal> {
    let place = world.place(at).ok_or_else(Refusal::unknown_channel)?;
    if let Some(with) = place.with {
        return may_write_to(world, with);
    }
    let write = if place.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    access(world, at, write)?;
    if body.embeds.as_deref().is_some_and(|embeds| !embeds.is_empty()) {
        access(world, at, Permissions::EMBED_LINKS)?;
    }
    if !body.files.is_empty() {
        access(world, at, Permissions::ATTACH_FILES)?;
    }
    let manages = world.may(world.bot(), at, Permissions::MANAGE_THREADS);
    if place.is_archived() && place.is_locked() && !manages {
        return Err(Refusal::archived_thread());
    }
    Ok(())
}

fn may_write_to(world: &World, with: crate::world::UserId) -> Result<(), Refusal> {
    if !world.share_guild(with) && !world.has_along(with) {
        return Err(Refusal::no_shared_guild());
    }
    match world.people.get(&with) {
        Some(person) if person.takes_dms => Ok(()),
        Some(_) | None => Err(Refusal::closed_dm()),
    }
}

/// Checks what a message replies to.
fn reference(world: &World, at: ChannelId, body: &mut MessageBody) -> Result<(), Refusal> {
    let Some(reference) = body.message_reference.as_mut() else { return Ok(()) };
    let Some(message) = reference.message_id else {
        return Err(Refusal::form(
            "message_reference.message_id",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    };
    if !world.may(world.bot(), at, Permissions::READ_MESSAGE_HISTORY) {
        return Err(Refusal::no_history());
    }
    reference.channel_id = Some(at);
    reference.guild_id = world.place(at).and_then(|place| place.channel.guild_id);
    let known = world
        .message(message)
        .filter(|post| post.message.channel_id == at && post.only_for.is_none());
    if known.is_some() {
        return Ok(());
    }
    if reference.fail_if_not_exists == Some(false) {
        body.message_reference = None;
        return Ok(());
    }
    Err(Refusal::form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
}

/// A message as REST shows it to the bot.
pub(crate) fn message_page(world: &World, post: &Post) -> Value {
    if world.application.message_content {
        json!(post.message)
    } else {
        json!(world.without_content(&post.message))
    }
}

fn list(world: &World, ask: &Ask, at: ChannelId) -> Answer {
    access(world, at, Permissions::VIEW_CHANNEL)?;
    let limit = ask.number("limit")?.unwrap_or(50);
    if u16::try_from(limit).ok().is_none_or(|limit| get_channel_messages_limit(limit).is_err()) {
        let text = "int value should be between 1 and 100.";
        return Err(Refusal::form("limit", "NUMBER_TYPE_MAX", text));
    }
    if !world.may(world.bot(), at, Permissions::READ_MESSAGE_HISTORY) {
        return page(json!([]));
    }
    let after = ask.number("after")?;
    let before = ask.number("before")?;
    let all = world.messages(at).filter(|post| post.only_for.is_none());
    let met = all.filter(|post| {
        let id = post.message.id.get();
        after.is_none_or(|after| id > after) && before.is_none_or(|before| id < before)
    });
    let mut posts: Vec<&Post> = met.collect();
    // With `after` the oldest come, else the newest; in both cases the newest stands first.
    let surplus = posts.len().saturating_sub(limit as usize);
    if after.is_some() {
        posts.truncate(limit as usize);
    } else {
        posts.drain(..surplus);
    }
    page(posts.iter().rev().map(|post| message_page(world, post)).collect::<Vec<_>>())
}

fn public(world: &World, at: ChannelId, id: MessageId) -> Result<&Post, Refusal> {
    let place = world.place(at).ok_or_else(Refusal::unknown_channel)?;
    let post = place.posts.get(&id).filter(|post| !post.deleted && post.only_for.is_none());
    post.ok_or_else(Refusal::unknown_message)
}

fn read(world: &World, at: ChannelId, id: MessageId) -> Answer {
    access(world, at, Permissions::READ_MESSAGE_HISTORY)?;
    page(message_page(world, public(world, at, id)?))
}

fn edit(world: &mut World, ask: &Ask, at: ChannelId, id: MessageId) -> Answer {
    access(world, at, Permissions::VIEW_CHANNEL)?;
    let body = MessageBody::read(world, ask)?;
    let post = public(world, at, id)?;
    if post.message.author.id != world.bot() {
        return Err(Refusal::not_own_message());
    }
    let edit = body.edit(&ask.body);
    let left = |text: &str, empty: bool| !text.trim().is_empty() || !empty;
    let text = edit.text.as_deref().unwrap_or(&post.message.content);
    let bare = edit.embeds.as_deref().unwrap_or(&post.message.embeds).is_empty()
        && edit.components.as_deref().unwrap_or(&post.message.components).is_empty()
        && edit.attachments.as_deref().unwrap_or(&post.message.attachments).is_empty();
    if !left(text, bare) {
        return Err(Refusal::empty_message());
    }
    world.edit(at, id, edit);
    page(message_page(world, public(world, at, id)?))
}

fn delete(world: &mut World, at: ChannelId, id: MessageId) -> Answer {
    access(world, at, Permissions::VIEW_CHANNEL)?;
    let own = public(world, at, id)?.message.author.id == world.bot();
    if !own {
        access(world, at, Permissions::MANAGE_MESSAGES)?;
    }
    world.delete(at, id);
    nothing()
}

fn react(world: &mut World, at: ChannelId, id: MessageId, emoji: &str, adds: bool) -> Answer {
    access(world, at, Permissions::READ_MESSAGE_HISTORY)?;
    public(world, at, id)?;
    if adds {
        access(world, at, Permissions::ADD_REACTIONS)?;
    }
    world.reacts(world.bot(), at, id, emoji, adds);
    nothing()
}

impl World {
    /// The message that a nonce made here, while it is remembered.
    fn by_nonce(&self, at: ChannelId, nonce: &str) -> Option<MessageId> {
        let (id, made) = self.place(at)?.nonces.get(nonce)?;
        (self.now() < *made + self.settings.nonce_life).then_some(*id)
    }

    /// Somebody reacts to a message, or takes the reaction back.
    pub(crate) fn reacts(
        &mut self,
        who: crate::world::UserId,
        at: ChannelId,
        id: MessageId,
        emoji: &str,
        adds: bool,
    ) {
        let Some(post) = self.post_mut(at, id) else { return };
        if adds {
            post.reactions.insert((who, emoji.into()));
        } else {
            post.reactions.remove(&(who, emoji.into()));
        }
        let author = post.message.author.id;
        let guild = self.place(at).and_then(|place| place.channel.guild_id);
        let mut told = json!({
            "user_id": who, "channel_id": at, "message_id": id, "burst": false,
            "emoji": {"id": null, "name": emoji}, "type": u8::from(ReactionType::Normal),
            "message_author_id": author, "burst_colors": [],
        });
        let mut intents = Intents::DIRECT_MESSAGE_REACTIONS;
        if let Some(guild) = guild {
            intents = Intents::GUILD_MESSAGE_REACTIONS;
            told["guild_id"] = json!(guild);
            told["member"] = json!(self.member_page(guild, who));
        }
        let event = if adds { "MESSAGE_REACTION_ADD" } else { "MESSAGE_REACTION_REMOVE" };
        self.emit(event, intents, Some(at), &told);
    }
}
