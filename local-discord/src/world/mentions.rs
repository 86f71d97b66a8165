//! Who a text mentions, and who of them is really pinged.

use std::collections::BTreeSet;

use twilight_model::channel::message::{AllowedMentions, Mention, MentionType};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::user::{User, UserFlags};

use super::{ChannelId, GuildId, RoleId, UserId, World};

/// What a text mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// People by `<@id>`.
    pub users: BTreeSet<UserId>,
    /// Roles by `<@&id>`.
    pub roles: BTreeSet<RoleId>,
    /// `@everyone` or `@here`.
    pub everyone: bool,
}

impl Mentions {
    /// Reads them off a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut found = Self {
            everyone: text.contains("@everyone") || text.contains("@here"),
            ..Self::default()
        };
        for piece in text.split("<@").skip(1) {
            let Some((inner, _)) = piece.split_once('>') else { continue };
            if let Some(role) = inner.strip_prefix('&') {
                found.roles.extend(number(role).map(Id::new));
            } else {
                found.users.extend(number(inner.trim_start_matches('!')).map(Id::new));
            }
        }
        found
    }

    /// What is left of them under the rules a bot gave. Without rules all of them stay.
    #[must_use]
    pub fn allowed(mut self, rules: Option<&AllowedMentions>) -> Self {
        let Some(rules) = rules else { return self };
        self.everyone &= rules.parse.contains(&MentionType::Everyone);
        if !rules.parse.contains(&MentionType::Users) {
            self.users.retain(|id| rules.users.contains(id));
        }
        if !rules.parse.contains(&MentionType::Roles) {
            self.roles.retain(|id| rules.roles.contains(id));
        }
        self
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number| *number > 0)
}

impl World {
    /// What is left of a person's mentions where they may not call everybody.
    pub(crate) fn may_call(&self, by: UserId, at: ChannelId, mut mentions: Mentions) -> Mentions {
        mentions.everyone &= self.may(by, at, Permissions::MENTION_EVERYONE);
        mentions
    }

    /// Who hears a bell.
    pub(crate) fn pinged(&self, mentions: &Mentions, guild: Option<GuildId>) -> BTreeSet<UserId> {
        let mut pinged = mentions.users.clone();
        if let Some(guild) = guild.and_then(|id| self.guilds.get(&id)) {
            let members = guild.members.iter().filter(|(_, member)| {
                mentions.everyone || member.roles.iter().any(|role| mentions.roles.contains(role))
            });
            pinged.extend(members.map(|(id, _)| *id));
        }
        pinged
    }

    /// The users of a message's `mentions`.
    pub(crate) fn mention_list(&self, mentions: &Mentions, guild: Option<GuildId>) -> Vec<Mention> {
        let people = mentions.users.iter().filter_map(|id| self.people.get(id));
        people.map(|person| self.mention(&person.user, guild)).collect()
    }

    fn mention(&self, user: &User, guild: Option<GuildId>) -> Mention {
        Mention {
            avatar: None,
            bot: user.bot,
            discriminator: user.discriminator,
            id: user.id,
            member: guild.and_then(|guild| self.partial_member(guild, user.id)),
            name: user.name.clone(),
            public_flags: user.public_flags.unwrap_or(UserFlags::empty()),
        }
    }
}
