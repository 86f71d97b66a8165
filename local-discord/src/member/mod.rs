//! What a person does: talk, press, choose, fill in; and what they see.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use serde_json::{Value, json};
use twilight_model::application::command::CommandType;
use twilight_model::application::interaction::InteractionType;
use twilight_model::channel::Message;
use twilight_model::channel::message::component::ComponentType;
use twilight_model::channel::message::{
    AllowedMentions, Component, MentionType, MessageReference, MessageReferenceType,
    MessageSnapshot,
};
use twilight_model::gateway::Intents;
use twilight_model::guild::Permissions;

use crate::shared::Shared;
use crate::world::message::{Draft, Edit, Post};
use crate::world::{ChannelId, InteractionId, MessageId, UserId, World};

mod data;
mod seen;

pub use self::seen::Seen;

/// A person, as a test moves them.
#[derive(Clone)]
pub struct Member {
    shared: Arc<Shared>,
    /// Who.
    pub id: UserId,
}

/// What a person cannot do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible(pub String);

impl Display for Impossible {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "impossible: {}", self.0)
    }
}

impl std::error::Error for Impossible {}

type Outcome<T> = Result<T, Impossible>;

fn impossible<T>(why: impl Into<String>) -> Outcome<T> {
    Err(Impossible(why.into()))
}

impl Member {
    pub(crate) fn new(shared: Arc<Shared>, id: UserId) -> Self {
        Self { shared, id }
    }

    /// Writes in a place.
    ///
    /// # Errors
    /// Where they may not write there.
    pub fn says(&self, at: ChannelId, text: &str) -> Outcome<MessageId> {
        self.writes(at, text, Draft::default())
    }

    /// Writes to the bot in private.
    ///
    /// # Errors
    /// Where they and the bot share no guild.
    pub fn dms(&self, text: &str) -> Outcome<MessageId> {
        let at = self.shared.change(|world| {
            if world.share_guild(self.id) || world.has_along(self.id) {
                world.open_dm(self.id)
            } else {
                None
            }
        });
        at.map_or_else(|| impossible("no guild is shared with the bot"), |at| self.says(at, text))
    }

    /// Replies to a message, so that its author hears a bell.
    ///
    /// # Errors
    /// Where they do not see the message or may not write there.
    pub fn replies(&self, to: MessageId, text: &str) -> Outcome<MessageId> {
        self.replies_with(to, text, true)
    }

    /// Replies to a message without a bell.
    ///
    /// # Errors
    /// Where they do not see the message or may not write there.
    pub fn replies_quietly(&self, to: MessageId, text: &str) -> Outcome<MessageId> {
        self.replies_with(to, text, false)
    }

    fn replies_with(&self, to: MessageId, text: &str, bell: bool) -> Outcome<MessageId> {
        let at = self.shared.look(|world| seen(world, self.id, to).map(|m| m.channel_id))?;
        let allowed = (!bell).then(|| AllowedMentions {
            parse: vec![MentionType::Everyone, MentionType::Roles, MentionType::Users],
            ..AllowedMentions::default()
        });
        let reference = Some(reference(at, to, MessageReferenceType::Default));
        self.writes(at, text, Draft { reference, allowed, ..Draft::default() })
    }

    /// Forwards a message to another place.
    ///
    /// # Errors
    /// Where they do not see the message or may not write there.
    pub fn forwards(&self, message: MessageId, to: ChannelId) -> Outcome<MessageId> {
        let original = self.shared.look(|world| seen(world, self.id, message).cloned())?;
        let reference = reference(original.channel_id, message, MessageReferenceType::Forward);
        let snapshots = snapshot(&original).into_iter().collect();
        let draft = Draft { reference: Some(reference), snapshots, ..Draft::default() };
        self.writes(to, "", draft)
    }

    fn writes(&self, at: ChannelId, text: &str, draft: Draft) -> Outcome<MessageId> {
        self.shared.change(|world| {
            let place = world.place(at).ok_or(Impossible("no such place".into()))?;
            let may = if place.is_thread() {
                Permissions::SEND_MESSAGES_IN_THREADS
            } else {
                Permissions::SEND_MESSAGES
            };
            if !world.may(self.id, at, may) {
                return impossible(format!("may not write in {}", world.place_name(at)));
            }
            world.did(self.id, format!("in {}: {text}", world.place_name(at)));
            let draft = Draft { text: text.into(), ..draft };
            world.post(self.id, at, draft).ok_or(Impossible("no such place".into()))
        })
    }

    /// Changes a message of their own.
    ///
    /// # Errors
    /// Where it is not theirs.
    pub fn edits(&self, message: MessageId, text: &str) -> Outcome<()> {
        self.shared.change(|world| {
            let at = own(world, self.id, message)?;
            world.did(self.id, format!("edits a message into: {text}"));
            world.edit(at, message, Edit { text: Some(text.into()), ..Edit::default() });
            Ok(())
        })
    }

    /// Deletes a message of their own.
    ///
    /// # Errors
    /// Where it is not theirs.
    pub fn deletes(&self, message: MessageId) -> Outcome<()> {
        self.shared.change(|world| {
            let at = own(world, self.id, message)?;
            world.did(self.id, "deletes a message".into());
            world.delete(at, message);
            Ok(())
        })
    }

    /// Reacts to a message.
    ///
    /// # Errors
    /// Where they do not see it.
    pub fn reacts(&self, message: MessageId, emoji: &str) -> Outcome<()> {
        self.shared.change(|world| {
            let at = seen(world, self.id, message)?.channel_id;
            world.did(self.id, format!("reacts with {emoji}"));
            world.reacts(self.id, at, message, emoji, true);
            Ok(())
        })
    }

    /// Shows that they are typing.
    pub fn types(&self, at: ChannelId) {
        self.shared.change(|world| {
            let guild = world.place(at).and_then(|place| place.channel.guild_id);
            let mut told = json!({
                "channel_id": at, "user_id": self.id, "timestamp": world.now().as_secs(),
            });
            let mut intents = Intents::DIRECT_MESSAGE_TYPING;
            if let Some(guild) = guild {
                intents = Intents::GUILD_MESSAGE_TYPING;
                told["guild_id"] = json!(guild);
                told["member"] = json!(world.member_page(guild, self.id));
            }
            world.emit("TYPING_START", intents, Some(at), &told);
        });
    }

    /// Presses a button, named by its label or its id.
    ///
    /// # Errors
    /// Where they see no such button, or it is disabled.
    pub fn presses(&self, message: MessageId, which: &str) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let at = seen(world, self.id, message)?.channel_id;
            let components = &seen(world, self.id, message)?.components;
            let id = data::button(components, which)?;
            world.did(self.id, format!("presses [{which}]"));
            let data = json!({"component_type": ComponentType::Button, "custom_id": id, "id": 1});
            let kind = InteractionType::MessageComponent;
            Ok(world.interact(self.id, at, kind, &data, Some(message)))
        })
    }

    /// Chooses in the select of a message, by labels or values.
    ///
    /// # Errors
    /// Where there is no select, or no such choice, or too many of them.
    pub fn selects(&self, message: MessageId, choices: &[&str]) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let at = seen(world, self.id, message)?.channel_id;
            let components = &seen(world, self.id, message)?.components;
            let (id, values) = data::choice(components, choices)?;
            world.did(self.id, format!("chooses {choices:?}"));
            let kind = ComponentType::TextSelectMenu;
            let data = json!({"component_type": kind, "custom_id": id, "values": values, "id": 1});
            let kind = InteractionType::MessageComponent;
            Ok(world.interact(self.id, at, kind, &data, Some(message)))
        })
    }

    /// Runs a slash command; a subcommand is named after a space.
    ///
    /// # Errors
    /// Where it is not there, or its options are not as they must be.
    pub fn runs(
        &self,
        at: ChannelId,
        name: &str,
        options: &[(&str, Value)],
    ) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let data = data::command(world, self.id, at, name, options)?;
            world.did(self.id, format!("runs /{name} {options:?} in {}", world.place_name(at)));
            let kind = InteractionType::ApplicationCommand;
            Ok(world.interact(self.id, at, kind, &data, None))
        })
    }

    /// Writes a part of an option that suggests choices; a subcommand is named after a space.
    ///
    /// # Errors
    /// Where there is no such command.
    pub fn starts_writing(
        &self,
        at: ChannelId,
        name: &str,
        option: &str,
        text: &str,
    ) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let data = data::half_a_command(world, self.id, at, name, (option, text))?;
            let kind = InteractionType::ApplicationCommandAutocomplete;
            Ok(world.interact(self.id, at, kind, &data, None))
        })
    }

    /// Uses an entry of a message's context menu.
    ///
    /// # Errors
    /// Where they do not see the message, or there is no such entry.
    pub fn uses(&self, name: &str, on: MessageId) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let message = seen(world, self.id, on)?.clone();
            let at = message.channel_id;
            let mut data = data::bare_command(world, self.id, at, CommandType::Message, name)?;
            data["target_id"] = json!(on);
            data["resolved"] = json!({"messages": {on.to_string(): shown(&message)}});
            world.did(self.id, format!("uses the menu entry {name}"));
            let kind = InteractionType::ApplicationCommand;
            Ok(world.interact(self.id, at, kind, &data, None))
        })
    }

    /// Fills in the form that an interaction showed.
    ///
    /// # Errors
    /// Where it showed none, or a field is missing.
    pub fn fills(&self, opener: InteractionId, fields: &[(&str, &str)]) -> Outcome<InteractionId> {
        self.shared.change(|world| {
            let asked = world.interaction(opener).filter(|asked| asked.by == self.id);
            let asked = asked.ok_or(Impossible("no such interaction".into()))?;
            let form = asked.form.as_ref().ok_or(Impossible("no form was shown".into()))?;
            let (at, message) = (asked.at, asked.message);
            let components = data::filled(&form.components, fields)?;
            let data = json!({"custom_id": form.custom_id, "components": components});
            world.did(self.id, format!("fills in {fields:?}"));
            let filled = world.interact(self.id, at, InteractionType::ModalSubmit, &data, message);
            if let Some(filled) = world.interactions.get_mut(&filled) {
                filled.opened_by = Some(opener);
            }
            Ok(filled)
        })
    }

    /// What they see in a place, oldest first.
    #[must_use]
    pub fn sees(&self, at: ChannelId) -> Vec<Seen> {
        self.shared
            .look(|world| world.seen_by(self.id, at).map(|post| Seen::of(post, self.id)).collect())
    }

    /// What they see in their DM with the bot.
    #[must_use]
    pub fn sees_in_private(&self) -> Vec<Seen> {
        self.shared.look(|world| world.dm(self.id)).map_or_else(Vec::new, |at| self.sees(at))
    }

    /// Takes no more messages of the bot.
    pub fn closes_dms(&self) {
        self.shared.change(|world| world.takes_dms(self.id, false));
    }

    /// Takes messages of the bot again.
    pub fn opens_dms(&self) {
        self.shared.change(|world| world.takes_dms(self.id, true));
    }
}

/// A message, if this person sees it.
fn seen(world: &World, who: UserId, id: MessageId) -> Outcome<&Message> {
    let post = world.message(id).filter(|post| visible(world, who, post));
    post.map(|post| &post.message).ok_or(Impossible("they do not see this message".into()))
}

fn visible(world: &World, who: UserId, post: &Post) -> bool {
    let history = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
    let may = world.may(who, post.message.channel_id, history);
    may && post.only_for.is_none_or(|one| one == who)
}

fn own(world: &World, who: UserId, id: MessageId) -> Outcome<ChannelId> {
    let message = seen(world, who, id)?;
    if message.author.id == who {
        Ok(message.channel_id)
    } else {
        impossible("this message is somebody else's")
    }
}

fn reference(at: ChannelId, to: MessageId, kind: MessageReferenceType) -> MessageReference {
    MessageReference {
        channel_id: Some(at),
        guild_id: None,
        kind,
        message_id: Some(to),
        fail_if_not_exists: None,
    }
}

/// A message as a forward carries it: without its author.
fn snapshot(message: &Message) -> Option<MessageSnapshot> {
    serde_json::from_value(json!({"message": message})).ok()
}

/// A message as an interaction shows it: what it forwards says too that it calls nobody.
fn shown(message: &Message) -> Value {
    let mut shown = json!(message);
    let snapshots = shown.get_mut("message_snapshots").and_then(Value::as_array_mut);
    for snapshot in snapshots.into_iter().flatten() {
        if snapshot["message"]["mentions"].is_null() {
            snapshot["message"]["mentions"] = json!([]);
        }
    }
    shown
}

/// All components of a message, however deep.
pub(crate) fn all(components: &[Component]) -> Vec<&Component> {
    let deeper = |component| all(crate::rest::children(component));
    components.iter().flat_map(|one| std::iter::once(one).chain(deeper(one))).collect()
}
