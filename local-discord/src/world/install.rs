//! Where the bot is added: to a guild, or by a person to themselves, who then takes it along.

use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::application::interaction::InteractionContextType;
use twilight_model::oauth::ApplicationIntegrationType;

use super::place::Place;
use super::{ChannelId, GuildId, UserId, World};

impl World {
    /// A person adds the bot to themselves.
    pub fn takes_along(&mut self, who: UserId) {
        if let Some(person) = self.people.get_mut(&who) {
            person.takes_along = true;
        }
    }

    /// A group of people who write to each other, without the bot.
    pub fn group(&mut self, people: &[UserId]) -> ChannelId {
        let id = self.id();
        let users = people.iter().filter_map(|who| self.people.get(who));
        let users = users.map(|person| person.user.clone()).collect();
        self.places.insert(id, Place::group(id, users));
        id
    }

    pub(crate) fn has_along(&self, who: UserId) -> bool {
        self.people.get(&who).is_some_and(|person| person.takes_along)
    }

    /// Whether a guild has taken the bot in.
    pub(crate) fn is_taken_in(&self, guild: GuildId) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&self.bot()))
    }

    /// Among whom something is done in a place.
    pub(crate) fn context(&self, at: ChannelId) -> InteractionContextType {
        match self.places.get(&at) {
            Some(place) if place.channel.guild_id.is_some() => InteractionContextType::Guild,
            Some(place) if place.is_dm() => InteractionContextType::BotDm,
            Some(_) | None => InteractionContextType::PrivateChannel,
        }
    }

    /// Why this person may use the bot's commands in a place, if they may: by the guild, or by what
    /// they added to themselves.
    pub(crate) fn owners(&self, who: UserId, at: ChannelId) -> Option<Value> {
        let place = self.places.get(&at)?;
        let mut owners = json!({});
        match place.channel.guild_id {
            Some(guild) if self.is_taken_in(guild) => owners["0"] = json!(guild),
            None if place.is_dm() && self.share_guild(who) => owners["0"] = json!("0"),
            Some(_) | None => {}
        }
        if self.has_along(who) {
            owners["1"] = json!(who);
        }
        owners.as_object().is_some_and(|owners| !owners.is_empty()).then_some(owners)
    }

    /// Whether a command is offered to this person in a place.
    pub(crate) fn offers(&self, command: &Command, who: UserId, at: ChannelId) -> bool {
        let Some(owners) = self.owners(who, at) else { return false };
        let context = self.context(at);
        let among = command.contexts.as_ref().is_none_or(|contexts| contexts.contains(&context));
        let kinds = command.integration_types.as_ref();
        let by = |key: &str, kind| {
            let only_guilds = kind == ApplicationIntegrationType::GuildInstall;
            !owners[key].is_null() && kinds.map_or(only_guilds, |kinds| kinds.contains(&kind))
        };
        among
            && (by("0", ApplicationIntegrationType::GuildInstall)
                || by("1", ApplicationIntegrationType::UserInstall))
    }
}
