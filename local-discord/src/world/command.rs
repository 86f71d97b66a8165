//! The commands a bot registered, for everywhere or for one guild.

use std::collections::BTreeMap;

use twilight_model::application::command::{Command, CommandType};

use super::{CommandId, GuildId};

/// All registered commands.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    known: BTreeMap<CommandId, Command>,
    /// How often the bot registered.
    pub(crate) registrations: usize,
}

impl Commands {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Command> {
        self.known.values()
    }

    /// The commands of one scope.
    pub(crate) fn of(&self, guild: Option<GuildId>) -> impl Iterator<Item = &Command> {
        self.known.values().filter(move |command| command.guild_id == guild)
    }

    /// The command that a member means: the guild's own one first.
    pub(crate) fn named(
        &self,
        guild: Option<GuildId>,
        kind: CommandType,
        name: &str,
    ) -> Option<&Command> {
        let fits = |command: &&Command| command.kind == kind && command.name == name;
        let own = guild.and_then(|guild| self.of(Some(guild)).find(fits));
        own.or_else(|| self.of(None).find(fits))
    }

    pub(crate) fn get(&self, id: CommandId) -> Option<&Command> {
        self.known.get(&id)
    }

    pub(crate) fn put(&mut self, id: CommandId, command: Command) {
        self.known.insert(id, command);
    }

    pub(crate) fn remove(&mut self, id: CommandId) -> Option<Command> {
        self.known.remove(&id)
    }

    /// The id of the command of the same scope, kind and name, which a new one replaces.
    pub(crate) fn twin(&self, command: &Command) -> Option<CommandId> {
        let mut scope = self.of(command.guild_id);
        scope
            .find(|known| known.kind == command.kind && known.name == command.name)
            .and_then(|known| known.id)
    }

    /// Forgets all commands of a scope that are not in `kept`.
    pub(crate) fn keep(&mut self, guild: Option<GuildId>, kept: &[CommandId]) {
        self.known.retain(|id, command| command.guild_id != guild || kept.contains(id));
    }
}
