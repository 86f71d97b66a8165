//! What a test may look at.

use std::collections::BTreeMap;

use twilight_model::application::command::Command;
use twilight_model::guild::Permissions;

use super::guild::Guild;
use super::interaction::Interaction;
use super::message::Post;
use super::place::Place;
use super::{AttachmentId, ChannelId, GuildId, InteractionId, MessageId, UserId, World};

impl World {
    /// A place.
    #[must_use]
    pub fn place(&self, id: ChannelId) -> Option<&Place> {
        self.places.get(&id)
    }

    /// All places, by id.
    #[must_use]
    pub fn places(&self) -> &BTreeMap<ChannelId, Place> {
        &self.places
    }

    /// A guild.
    #[must_use]
    pub fn guild_of(&self, id: GuildId) -> Option<&Guild> {
        self.guilds.get(&id)
    }

    /// A message, wherever it is, unless it was deleted.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<&Post> {
        self.any_message(id).filter(|post| !post.deleted)
    }

    /// A message, wherever it is, even a deleted one.
    #[must_use]
    pub fn any_message(&self, id: MessageId) -> Option<&Post> {
        self.places.values().find_map(|place| place.posts.get(&id))
    }

    /// What stands in a place, oldest first, ephemeral messages too.
    pub fn messages(&self, at: ChannelId) -> impl Iterator<Item = &Post> {
        let posts = self.places.get(&at).into_iter().flat_map(|place| place.posts.values());
        posts.filter(|post| !post.deleted)
    }

    /// What the bot wrote in a place, oldest first.
    pub fn by_bot(&self, at: ChannelId) -> impl Iterator<Item = &Post> {
        let bot = self.bot();
        self.messages(at).filter(move |post| post.message.author.id == bot)
    }

    /// What the bot wrote in reply to a message.
    pub fn replies_to(&self, id: MessageId) -> impl Iterator<Item = &Post> {
        let bot = self.bot();
        let posts = self.places.values().flat_map(|place| place.posts.values());
        posts.filter(move |post| {
            let reference = post.message.reference.as_ref();
            !post.deleted
                && post.message.author.id == bot
                && reference.and_then(|reference| reference.message_id) == Some(id)
        })
    }

    /// The messages that answer an interaction: first the original, then the follow-ups.
    pub fn answers_to(&self, id: InteractionId) -> impl Iterator<Item = &Post> {
        let posts = self.places.values().flat_map(|place| place.posts.values());
        posts.filter(move |post| !post.deleted && post.answers == Some(id))
    }

    /// An interaction.
    #[must_use]
    pub fn interaction(&self, id: InteractionId) -> Option<&Interaction> {
        self.interactions.get(&id)
    }

    /// What is in a file that came with a message.
    #[must_use]
    pub fn file(&self, id: AttachmentId) -> Option<&[u8]> {
        self.files.get(&id).map(Vec::as_slice)
    }

    /// The commands the bot registered.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.commands.all()
    }

    /// Whether the bot is connected and identified.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.gateway.is_connected()
    }

    /// How often the bot identified.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.gateway.identified
    }

    /// How often the bot resumed a session.
    #[must_use]
    pub fn resumes(&self) -> usize {
        self.gateway.resumed
    }

    /// How many heartbeats came.
    #[must_use]
    pub fn heartbeats(&self) -> usize {
        self.gateway.beaten
    }

    /// How many ordered faults have not struck yet.
    #[must_use]
    pub fn faults_waiting(&self) -> usize {
        self.faults.waiting()
    }

    /// The DM of a person with the bot, if there is one.
    #[must_use]
    pub fn dm(&self, who: UserId) -> Option<ChannelId> {
        self.people.get(&who)?.dm
    }

    /// What a person sees in a place, oldest first.
    pub fn seen_by(&self, who: UserId, at: ChannelId) -> impl Iterator<Item = &Post> {
        let history = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        let may = self.may(who, at, history);
        self.messages(at).filter(move |post| may && post.only_for.is_none_or(|one| one == who))
    }
}
