//! Building the world, before the start or while a bot lives in it.

use serde_json::json;
use twilight_model::channel::ChannelType;
use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::gateway::Intents;
use twilight_model::guild::{Permissions, RoleTags};
use twilight_model::id::Id;
use twilight_model::id::marker::GenericMarker;

use super::clock::timestamp;
use super::guild::{Guild, Membership, role};
use super::person::Person;
use super::place::Place;
use super::{ChannelId, GuildId, RoleId, UserId, World};

/// Who an overwrite is for.
#[derive(Clone, Copy, Debug)]
pub enum Whom {
    /// One member.
    Member(UserId),
    /// All who have a role; a guild's own id stands for everyone.
    Role(RoleId),
}

impl World {
    /// A new guild of the owner's with the bot in it.
    pub fn guild(&mut self, name: &str) -> GuildId {
        let id = self.id();
        let owner = self.application.owner;
        self.guilds.insert(id, Guild::new(id, name, owner));
        self.joins(id, owner);
        self.joins(id, self.bot());
        let page = self.guilds.get(&id).map(|guild| self.guild_create(guild, false));
        self.emit("GUILD_CREATE", Intents::GUILDS, None, &json!(page));
        id
    }

    /// A new person, in no guild.
    pub fn person(&mut self, name: &str) -> UserId {
        let id = self.id();
        self.people.insert(id, Person::new(id, name, false));
        id
    }

    /// A new person in a guild.
    pub fn member(&mut self, guild: GuildId, name: &str) -> UserId {
        let id = self.person(name);
        self.joins(guild, id);
        id
    }

    /// Another bot in a guild.
    pub fn other_bot(&mut self, guild: GuildId, name: &str) -> UserId {
        let id = self.id();
        self.people.insert(id, Person::new(id, name, true));
        self.joins(guild, id);
        id
    }

    /// A person joins a guild.
    pub fn joins(&mut self, guild: GuildId, who: UserId) {
        let joined = self.now();
        let Some(known) = self.guilds.get_mut(&guild) else { return };
        known.members.insert(who, Membership { roles: Vec::new(), joined });
        if let Some(mut page) = self.member_page(guild, who) {
            page["guild_id"] = json!(guild);
            self.emit("GUILD_MEMBER_ADD", Intents::GUILD_MEMBERS, None, &page);
        }
    }

    /// A person leaves a guild.
    pub fn leaves(&mut self, guild: GuildId, who: UserId) {
        let Some(known) = self.guilds.get_mut(&guild) else { return };
        known.members.remove(&who);
        let user = self.people.get(&who).map(|person| &person.user);
        let page = json!({"guild_id": guild, "user": user});
        let bot = who == self.bot();
        self.emit("GUILD_MEMBER_REMOVE", Intents::GUILD_MEMBERS, None, &page);
        if bot {
            self.emit("GUILD_DELETE", Intents::GUILDS, None, &json!({"id": guild}));
        }
    }

    /// Sets the language of a person's app.
    pub fn speaks(&mut self, who: UserId, locale: &str) {
        if let Some(person) = self.people.get_mut(&who) {
            person.locale = locale.into();
        }
    }

    /// Lets a person take messages of the bot, or not.
    pub fn takes_dms(&mut self, who: UserId, takes: bool) {
        if let Some(person) = self.people.get_mut(&who) {
            person.takes_dms = takes;
        }
    }

    /// A new text channel.
    pub fn channel(&mut self, guild: GuildId, name: &str) -> ChannelId {
        self.channel_of(ChannelType::GuildText, guild, name)
    }

    /// A new channel of this kind.
    pub fn channel_of(&mut self, kind: ChannelType, guild: GuildId, name: &str) -> ChannelId {
        let id = self.id();
        let position = i32::try_from(self.places.len()).unwrap_or(i32::MAX);
        let place = Place::of_guild(id, kind, guild, name, position);
        let page = json!(place.channel);
        self.places.insert(id, place);
        self.emit("CHANNEL_CREATE", Intents::GUILDS, Some(id), &page);
        id
    }

    /// A channel or thread is deleted.
    pub fn closes(&mut self, at: ChannelId) {
        let Some(place) = self.places.get(&at) else { return };
        let event = if place.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        let page = json!(place.channel);
        self.emit(event, Intents::GUILDS, Some(at), &page);
        self.places.remove(&at);
    }

    /// A new thread below a channel. Its id is the message's where it starts from one.
    pub fn thread(&mut self, parent: ChannelId, name: &str, by: UserId) -> Option<ChannelId> {
        let id = self.id();
        self.thread_as(id, parent, name, by)
    }

    pub(crate) fn thread_as(
        &mut self,
        id: ChannelId,
        parent: ChannelId,
        name: &str,
        by: UserId,
    ) -> Option<ChannelId> {
        let now = timestamp(self.now());
        let parent = &self.places.get(&parent)?.channel;
        let place = Place::thread(id, parent, name, by, now);
        let mut page = json!(place.channel);
        page["newly_created"] = json!(true);
        self.places.insert(id, place);
        self.emit("THREAD_CREATE", Intents::GUILDS, Some(id), &page);
        Some(id)
    }

    /// Archives or wakes a thread, and locks or unlocks it.
    pub fn archives(&mut self, at: ChannelId, archived: bool, locked: bool) {
        let Some(place) = self.places.get_mut(&at) else { return };
        if let Some(thread) = place.channel.thread_metadata.as_mut() {
            thread.archived = archived;
            thread.locked = locked;
        }
        let page = json!(place.channel);
        self.emit("THREAD_UPDATE", Intents::GUILDS, Some(at), &page);
    }

    /// A new role.
    pub fn role(&mut self, guild: GuildId, name: &str, permissions: Permissions) -> RoleId {
        let id = self.id();
        let Some(known) = self.guilds.get_mut(&guild) else { return id };
        let made =
            role(id, name, permissions, i64::try_from(known.roles.len()).unwrap_or(i64::MAX));
        let page = json!({"guild_id": guild, "role": made});
        known.roles.insert(id, made);
        self.emit("GUILD_ROLE_CREATE", Intents::GUILDS, None, &page);
        id
    }

    /// The role that Discord gives the bot alone where it is invited with permissions.
    pub fn bot_role(&mut self, guild: GuildId, name: &str) -> RoleId {
        let (id, bot) = (self.id(), self.bot());
        let Some(known) = self.guilds.get_mut(&guild) else { return id };
        let mut made = role(id, name, Permissions::empty(), 1);
        made.managed = true;
        made.tags = Some(RoleTags {
            available_for_purchase: false,
            bot_id: Some(bot),
            guild_connections: false,
            integration_id: None,
            subscription_listing_id: None,
            premium_subscriber: false,
        });
        known.roles.insert(id, made);
        self.gives(guild, bot, id);
        id
    }

    /// Gives a member a role.
    pub fn gives(&mut self, guild: GuildId, who: UserId, role: RoleId) {
        let known = self.guilds.get_mut(&guild);
        let Some(member) = known.and_then(|guild| guild.members.get_mut(&who)) else { return };
        member.roles.push(role);
        if let Some(mut page) = self.member_page(guild, who) {
            page["guild_id"] = json!(guild);
            self.emit("GUILD_MEMBER_UPDATE", Intents::GUILD_MEMBERS, None, &page);
        }
    }

    /// Sets what everyone may do in a guild.
    pub fn everyone_may(&mut self, guild: GuildId, permissions: Permissions) {
        let known = self.guilds.get_mut(&guild);
        if let Some(role) = known.and_then(|known| known.roles.get_mut(&guild.cast())) {
            role.permissions = permissions;
            let page = json!({"guild_id": guild, "role": role});
            self.emit("GUILD_ROLE_UPDATE", Intents::GUILDS, None, &page);
        }
    }

    /// Sets what somebody may and may not do in a channel.
    pub fn overwrite(&mut self, at: ChannelId, whom: Whom, allow: Permissions, deny: Permissions) {
        let (id, kind): (Id<GenericMarker>, _) = match whom {
            Whom::Member(id) => (id.cast(), PermissionOverwriteType::Member),
            Whom::Role(id) => (id.cast(), PermissionOverwriteType::Role),
        };
        let Some(place) = self.places.get_mut(&at) else { return };
        let list = place.channel.permission_overwrites.get_or_insert_default();
        list.retain(|one| one.id != id);
        list.push(PermissionOverwrite { allow, deny, id, kind });
        let page = json!(place.channel);
        self.emit("CHANNEL_UPDATE", Intents::GUILDS, Some(at), &page);
    }

    /// The DM of a person with the bot, opened if need be.
    pub(crate) fn open_dm(&mut self, who: UserId) -> Option<ChannelId> {
        let person = self.people.get(&who)?;
        if let Some(open) = person.dm {
            return Some(open);
        }
        let user = person.user.clone();
        let id = self.id();
        self.places.insert(id, Place::dm(id, &user));
        self.people.get_mut(&who)?.dm = Some(id);
        Some(id)
    }

    /// Whether a person and the bot are in one guild.
    pub(crate) fn share_guild(&self, who: UserId) -> bool {
        let bot = self.bot();
        let mut guilds = self.guilds.values();
        guilds.any(|guild| guild.members.contains_key(&who) && guild.members.contains_key(&bot))
    }
}
