//! Messages: how they come to be, change and go.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use twilight_model::channel::message::{
    AllowedMentions, Component, Embed, MessageFlags, MessageReference, MessageSnapshot, MessageType,
};
use twilight_model::channel::{Attachment, Message};
use twilight_model::gateway::Intents;
use twilight_model::user::User;

use super::clock::timestamp;
use super::mentions::Mentions;
use super::{ChannelId, GuildId, InteractionId, MessageId, UserId, World};

/// A message with what only the server knows of it.
#[derive(Clone, Debug)]
pub struct Post {
    /// As Discord tells of it.
    pub message: Message,
    /// Who heard a bell.
    pub pinged: BTreeSet<UserId>,
    /// The one person who sees it, where it is ephemeral.
    pub only_for: Option<UserId>,
    /// The interaction it answers.
    pub answers: Option<InteractionId>,
    /// Whether it is gone.
    pub deleted: bool,
    /// Who reacted with what.
    pub reactions: BTreeSet<(UserId, String)>,
    /// What it said before each edit.
    pub earlier: Vec<String>,
}

/// What a message is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) embeds: Vec<Embed>,
    pub(crate) components: Vec<Component>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) flags: Option<MessageFlags>,
    pub(crate) reference: Option<MessageReference>,
    pub(crate) snapshots: Vec<MessageSnapshot>,
    /// Which mentions ping; all of them, where nothing is said.
    pub(crate) allowed: Option<AllowedMentions>,
    pub(crate) only_for: Option<UserId>,
    pub(crate) answers: Option<InteractionId>,
    pub(crate) kind: Option<MessageType>,
}

/// What an edit changes; `None` leaves a part as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edit {
    pub(crate) text: Option<String>,
    pub(crate) embeds: Option<Vec<Embed>>,
    pub(crate) components: Option<Vec<Component>>,
    pub(crate) attachments: Option<Vec<Attachment>>,
    pub(crate) flags: Option<MessageFlags>,
    pub(crate) allowed: Option<AllowedMentions>,
}

impl Post {
    /// Whether the bot only shows that it is thinking.
    #[must_use]
    pub fn is_thinking(&self) -> bool {
        self.message.flags.is_some_and(|flags| flags.contains(MessageFlags::LOADING))
    }
}

impl World {
    /// Writes a message into a place and tells the gateway. `None` where there is no such place.
    pub(crate) fn post(&mut self, by: UserId, at: ChannelId, draft: Draft) -> Option<MessageId> {
        let author = self.people.get(&by)?.user.clone();
        let guild = self.places.get(&at)?.channel.guild_id;
        let id = self.id();
        let mut message = blank(id, at, author, timestamp(self.now()));
        let mentions = self.may_call(by, at, self.addressed(&draft));
        message.mentions = self.mention_list(&mentions, guild);
        message.mention_roles = mentions.roles.iter().copied().collect();
        message.mention_everyone = mentions.everyone;
        self.relate(&mut message, &draft);
        let post = Post {
            pinged: self.bells(&mentions, &draft, by, guild),
            only_for: draft.only_for,
            answers: draft.answers,
            deleted: false,
            reactions: BTreeSet::new(),
            earlier: vec![],
            message: filled(message, draft),
        };
        self.store(post);
        self.tell("MESSAGE_CREATE", id, at);
        Some(id)
    }

    /// Whom a message addresses: by its text, and by what it replies to.
    fn addressed(&self, draft: &Draft) -> Mentions {
        let mut mentions = Mentions::of(&draft.text).allowed(draft.allowed.as_ref());
        let bell = draft.allowed.as_ref().is_none_or(|rules| rules.replied_user);
        if let Some(replied) = self.replied(draft).filter(|_| bell) {
            mentions.users.insert(replied.author.id);
        }
        mentions
    }

    /// Who hears a bell: never the author, and nobody where the message is silent.
    fn bells(
        &self,
        mentions: &Mentions,
        draft: &Draft,
        by: UserId,
        guild: Option<GuildId>,
    ) -> BTreeSet<UserId> {
        let silent = MessageFlags::SUPPRESS_NOTIFICATIONS;
        if draft.flags.is_some_and(|flags| flags.contains(silent)) {
            return BTreeSet::new();
        }
        let mut pinged = self.pinged(mentions, guild);
        pinged.remove(&by);
        pinged
    }

    /// Says what a message replies to, or which interaction it answers.
    fn relate(&self, message: &mut Message, draft: &Draft) {
        let replied = self.replied(draft).cloned();
        message.kind = draft.kind.unwrap_or(kind(draft, replied.is_some()));
        message.referenced_message = replied.map(|mut message| {
            message.referenced_message = None;
            Box::new(message)
        });
        if let Some(answered) = draft.answers {
            message.interaction_metadata = self.metadata(answered).map(Box::new);
            message.application_id = Some(self.application.id);
            message.webhook_id = Some(self.application.id.cast());
        }
    }

    fn replied(&self, draft: &Draft) -> Option<&Message> {
        let reference = draft.reference.as_ref().filter(|_| draft.snapshots.is_empty())?;
        self.message(reference.message_id?).map(|post| &post.message)
    }

    fn store(&mut self, post: Post) {
        let id = post.message.id;
        let Some(place) = self.places.get_mut(&post.message.channel_id) else { return };
        if post.only_for.is_none() {
            place.channel.last_message_id = Some(id.cast());
        }
        place.channel.message_count = place.channel.message_count.map(|count| count + 1);
        let asleep = place.is_archived();
        if let Some(thread) = place.channel.thread_metadata.as_mut() {
            thread.archived = false;
        }
        place.posts.insert(id, post);
        if asleep {
            let channel = place.channel.clone();
            self.emit("THREAD_UPDATE", Intents::GUILDS, Some(channel.id), &json!(channel));
        }
    }

    /// Changes a message and tells the gateway.
    pub(crate) fn edit(&mut self, at: ChannelId, id: MessageId, edit: Edit) {
        let now = timestamp(self.now());
        let guild = self.places.get(&at).and_then(|place| place.channel.guild_id);
        let mentions =
            edit.text.as_deref().map(|text| Mentions::of(text).allowed(edit.allowed.as_ref()));
        let list = mentions.as_ref().map(|mentions| self.mention_list(mentions, guild));
        let Some(post) = self.post_mut(at, id) else { return };
        post.earlier.push(post.message.content.clone());
        let message = &mut post.message;
        message.edited_timestamp = Some(now);
        message.content = edit.text.unwrap_or_else(|| message.content.clone());
        message.embeds = edit.embeds.unwrap_or_else(|| message.embeds.clone());
        message.components = edit.components.unwrap_or_else(|| message.components.clone());
        message.attachments = edit.attachments.unwrap_or_else(|| message.attachments.clone());
        message.flags = edit.flags.or(message.flags);
        message.mentions = list.unwrap_or_else(|| message.mentions.clone());
        self.tell("MESSAGE_UPDATE", id, at);
    }

    /// Takes a message away and tells the gateway.
    pub(crate) fn delete(&mut self, at: ChannelId, id: MessageId) {
        let Some(post) = self.post_mut(at, id) else { return };
        post.deleted = true;
        let hidden = post.only_for.is_some();
        let guild = self.places.get(&at).and_then(|place| place.channel.guild_id);
        let mut gone = json!({"id": id, "channel_id": at});
        if let Some(guild) = guild {
            gone["guild_id"] = json!(guild);
        }
        if !hidden {
            self.emit("MESSAGE_DELETE", self.talk(at), Some(at), &gone);
        }
    }

    pub(crate) fn post_mut(&mut self, at: ChannelId, id: MessageId) -> Option<&mut Post> {
        self.places.get_mut(&at)?.posts.get_mut(&id).filter(|post| !post.deleted)
    }

    /// The intent under which a place's messages come.
    pub(crate) fn talk(&self, at: ChannelId) -> Intents {
        match self.places.get(&at) {
            Some(place) if place.is_dm() => Intents::DIRECT_MESSAGES,
            Some(_) | None => Intents::GUILD_MESSAGES,
        }
    }

    /// Tells the gateway of a message, with and without its content.
    pub(crate) fn tell(&mut self, event: &'static str, id: MessageId, at: ChannelId) {
        let Some(post) = self.places.get(&at).and_then(|place| place.posts.get(&id)) else {
            return;
        };
        if post.only_for.is_some() {
            return;
        }
        let full = self.with_member(&post.message);
        let blank = self.without_content(&post.message);
        let blank = (blank != post.message).then(|| self.with_member(&blank));
        self.emit_as(event, self.talk(at), Some(at), &full, blank.as_ref());
    }

    /// A message as events carry it: with its guild and its author's membership.
    fn with_member(&self, message: &Message) -> Value {
        let guild = self.places.get(&message.channel_id).and_then(|at| at.channel.guild_id);
        let mut message = message.clone();
        message.member = guild.and_then(|guild| self.partial_member(guild, message.author.id));
        message.guild_id = guild;
        json!(message)
    }

    /// A message as a bot without the content intent gets it.
    pub(crate) fn without_content(&self, message: &Message) -> Message {
        let mut message = message.clone();
        if let Some(referenced) = message.referenced_message.take() {
            message.referenced_message = Some(Box::new(self.without_content(&referenced)));
        }
        if !self.is_for_bot(&message) {
            message.content.clear();
            message.embeds.clear();
            message.attachments.clear();
            message.components.clear();
            message.message_snapshots.clear();
            message.poll = None;
        }
        message
    }

    /// Whether the bot may read a message without the content intent.
    fn is_for_bot(&self, message: &Message) -> bool {
        let bot = self.bot();
        let dm = self.places.get(&message.channel_id).is_some_and(super::place::Place::is_dm);
        dm || message.author.id == bot || message.mentions.iter().any(|one| one.id == bot)
    }
}

fn kind(draft: &Draft, is_reply: bool) -> MessageType {
    if is_reply && draft.answers.is_none() { MessageType::Reply } else { MessageType::Regular }
}

fn filled(message: Message, draft: Draft) -> Message {
    Message {
        content: draft.text,
        embeds: draft.embeds,
        components: draft.components,
        attachments: draft.attachments,
        flags: draft.flags,
        reference: draft.reference,
        message_snapshots: draft.snapshots,
        ..message
    }
}

#[expect(deprecated, reason = "a message cannot be built without naming its old field")]
fn blank(
    id: MessageId,
    channel_id: ChannelId,
    author: User,
    timestamp: twilight_model::util::Timestamp,
) -> Message {
    Message {
        activity: None,
        application: None,
        application_id: None,
        attachments: vec![],
        author,
        call: None,
        channel_id,
        components: vec![],
        content: String::new(),
        edited_timestamp: None,
        embeds: vec![],
        flags: None,
        guild_id: None,
        id,
        interaction: None,
        interaction_metadata: None,
        kind: MessageType::Regular,
        member: None,
        mention_channels: vec![],
        mention_everyone: false,
        mention_roles: vec![],
        mentions: vec![],
        message_snapshots: vec![],
        pinned: false,
        poll: None,
        reactions: vec![],
        reference: None,
        referenced_message: None,
        role_subscription_data: None,
        sticker_items: vec![],
        timestamp,
        thread: None,
        tts: false,
        webhook_id: None,
    }
}
