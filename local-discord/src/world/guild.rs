//! Guilds: their roles, their members, and how Discord tells of them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use twilight_model::guild::{MemberFlags, PartialMember, Permissions, Role};

use super::clock::timestamp;
use super::{GuildId, RoleId, UserId, World};

/// A guild.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner: UserId,
    /// Its language.
    pub locale: String,
    pub(crate) roles: BTreeMap<RoleId, Role>,
    pub(crate) members: BTreeMap<UserId, Membership>,
}

/// What a person is in a guild.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) roles: Vec<RoleId>,
    pub(crate) joined: Duration,
}

impl Guild {
    pub(crate) fn new(id: GuildId, name: &str, owner: UserId) -> Self {
        let mut guild = Self {
            id,
            name: name.into(),
            owner,
            locale: "en-US".into(),
            roles: BTreeMap::new(),
            members: BTreeMap::new(),
        };
        guild.roles.insert(id.cast(), role(id.cast(), "@everyone", everyone(), 0));
        guild
    }

    /// As REST tells of it.
    pub(crate) fn page(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "icon": null, "splash": null,
            "discovery_splash": null, "owner_id": self.owner, "afk_channel_id": null,
            "afk_timeout": 300, "verification_level": 1, "default_message_notifications": 1,
            "explicit_content_filter": 0, "roles": self.roles.values().collect::<Vec<_>>(),
            "emojis": [], "stickers": [], "features": [], "mfa_level": 0, "application_id": null,
            "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
            "max_presences": null, "max_members": 500_000, "vanity_url_code": null,
            "description": null, "banner": null, "premium_tier": 0,
            "premium_subscription_count": 0, "preferred_locale": self.locale,
            "public_updates_channel_id": null, "nsfw_level": 0, "nsfw": false,
            "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
        })
    }
}

/// What everybody may do in a new guild.
fn everyone() -> Permissions {
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::CREATE_PUBLIC_THREADS
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::ADD_REACTIONS
        | Permissions::USE_SLASH_COMMANDS
        | Permissions::MENTION_EVERYONE
}

#[expect(deprecated, reason = "Discord still sends the old field, and clients still read it")]
pub(crate) fn role(id: RoleId, name: &str, permissions: Permissions, position: i64) -> Role {
    Role {
        color: 0,
        colors: twilight_model::guild::RoleColors {
            primary_color: 0,
            secondary_color: None,
            tertiary_color: None,
        },
        hoist: false,
        icon: None,
        id,
        managed: false,
        mentionable: false,
        name: name.into(),
        permissions,
        position,
        flags: twilight_model::guild::RoleFlags::empty(),
        tags: None,
        unicode_emoji: None,
    }
}

impl World {
    /// A member without the user, as messages carry it.
    pub(crate) fn partial_member(&self, guild: GuildId, id: UserId) -> Option<PartialMember> {
        let member = self.guilds.get(&guild)?.members.get(&id)?;
        Some(PartialMember {
            avatar: None,
            avatar_decoration_data: None,
            banner: None,
            communication_disabled_until: None,
            deaf: false,
            flags: MemberFlags::empty(),
            joined_at: Some(timestamp(member.joined)),
            mute: false,
            nick: None,
            permissions: None,
            premium_since: None,
            roles: member.roles.clone(),
            user: None,
        })
    }

    /// A member with the user, as REST and the gateway tell of it.
    pub(crate) fn member_page(&self, guild: GuildId, id: UserId) -> Option<Value> {
        let mut member = self.partial_member(guild, id)?;
        member.user = self.people.get(&id).map(|person| person.user.clone());
        let mut page = serde_json::to_value(member).ok()?;
        page["pending"] = Value::Bool(false);
        Some(page)
    }

    /// A guild as `GUILD_CREATE` tells of it.
    pub(crate) fn guild_create(&self, guild: &Guild, all_members: bool) -> Value {
        let mut page = guild.page();
        let joined = guild.members.get(&self.bot()).map(|member| timestamp(member.joined));
        let members = guild.members.keys().filter(|id| all_members || **id == self.bot());
        let members = members.filter_map(|id| self.member_page(guild.id, *id));
        let more = json!({
            "joined_at": joined, "large": guild.members.len() > 250, "unavailable": false,
            "member_count": guild.members.len(), "voice_states": [], "presences": [],
            "members": members.collect::<Vec<_>>(), "stage_instances": [],
            "channels": self.channel_pages(guild.id, false), "guild_scheduled_events": [],
            "threads": self.channel_pages(guild.id, true),
        });
        if let (Value::Object(page), Value::Object(more)) = (&mut page, more) {
            page.extend(more);
        }
        page
    }

    /// The channels, or the active threads, of a guild.
    pub(crate) fn channel_pages(&self, guild: GuildId, threads: bool) -> Vec<Value> {
        let places = self.places.values().filter(|place| place.channel.guild_id == Some(guild));
        let places = places.filter(|place| place.is_thread() == threads && !place.is_archived());
        places.filter_map(|place| serde_json::to_value(&place.channel).ok()).collect()
    }
}
