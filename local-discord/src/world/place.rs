//! Places to talk: channels, threads and DMs.

use std::collections::BTreeMap;
use std::time::Duration;

use twilight_model::channel::thread::{AutoArchiveDuration, ThreadMetadata};
use twilight_model::channel::{Channel, ChannelType};
use twilight_model::user::User;
use twilight_model::util::Timestamp;

use super::message::Post;
use super::{ChannelId, GuildId, MessageId, UserId};

/// A channel, a thread or a DM, with all that was said in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// As Discord tells of it.
    pub channel: Channel,
    /// Who the bot talks with here, in a DM.
    pub with: Option<UserId>,
    /// All messages, deleted ones too.
    pub posts: BTreeMap<MessageId, Post>,
    /// How often the bot showed that it is typing.
    pub typed: usize,
    pub(crate) nonces: BTreeMap<String, (MessageId, Duration)>,
}

impl Place {
    fn new(channel: Channel, with: Option<UserId>) -> Self {
        Self { channel, with, posts: BTreeMap::new(), typed: 0, nonces: BTreeMap::new() }
    }

    pub(crate) fn of_guild(
        id: ChannelId,
        kind: ChannelType,
        guild: GuildId,
        name: &str,
        position: i32,
    ) -> Self {
        let mut channel = bare(id, kind);
        channel.guild_id = Some(guild);
        channel.name = Some(name.into());
        channel.position = Some(position);
        channel.permission_overwrites = Some(Vec::new());
        channel.nsfw = Some(false);
        Self::new(channel, None)
    }

    pub(crate) fn thread(
        id: ChannelId,
        parent: &Channel,
        name: &str,
        by: UserId,
        now: Timestamp,
    ) -> Self {
        let mut channel = bare(id, ChannelType::PublicThread);
        channel.guild_id = parent.guild_id;
        channel.parent_id = Some(parent.id);
        channel.name = Some(name.into());
        channel.owner_id = Some(by);
        channel.message_count = Some(0);
        channel.member_count = Some(1);
        channel.total_message_sent = Some(0);
        channel.thread_metadata = Some(ThreadMetadata {
            archived: false,
            auto_archive_duration: AutoArchiveDuration::Day,
            archive_timestamp: now,
            create_timestamp: Some(now),
            invitable: None,
            locked: false,
        });
        Self::new(channel, None)
    }

    pub(crate) fn dm(id: ChannelId, with: &User) -> Self {
        let mut channel = bare(id, ChannelType::Private);
        channel.recipients = Some(vec![with.clone()]);
        Self::new(channel, Some(with.id))
    }

    pub(crate) fn group(id: ChannelId, people: Vec<User>) -> Self {
        let mut channel = bare(id, ChannelType::Group);
        channel.recipients = Some(people);
        Self::new(channel, None)
    }

    /// Whether somebody is one of a group that writes here.
    #[must_use]
    pub fn is_among(&self, who: UserId) -> bool {
        self.channel.kind == ChannelType::Group
            && self.channel.recipients.iter().flatten().any(|user| user.id == who)
    }

    /// Whether this is a thread.
    #[must_use]
    pub fn is_thread(&self) -> bool {
        self.channel.thread_metadata.is_some()
    }

    /// Whether this is a thread that sleeps.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.channel.thread_metadata.as_ref().is_some_and(|thread| thread.archived)
    }

    /// Whether nobody without the power to manage threads may wake it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.channel.thread_metadata.as_ref().is_some_and(|thread| thread.locked)
    }

    /// Whether this is a DM.
    #[must_use]
    pub fn is_dm(&self) -> bool {
        self.with.is_some()
    }
}

fn bare(id: ChannelId, kind: ChannelType) -> Channel {
    Channel {
        application_id: None,
        applied_tags: None,
        available_tags: None,
        bitrate: None,
        default_auto_archive_duration: None,
        default_forum_layout: None,
        default_reaction_emoji: None,
        default_sort_order: None,
        default_thread_rate_limit_per_user: None,
        flags: None,
        guild_id: None,
        icon: None,
        id,
        invitable: None,
        kind,
        last_message_id: None,
        last_pin_timestamp: None,
        managed: None,
        member: None,
        member_count: None,
        message_count: None,
        name: None,
        newly_created: None,
        nsfw: None,
        owner_id: None,
        parent_id: None,
        permission_overwrites: None,
        position: None,
        rate_limit_per_user: None,
        recipients: None,
        rtc_region: None,
        thread_metadata: None,
        topic: None,
        total_message_sent: None,
        user_limit: None,
        video_quality_mode: None,
    }
}
