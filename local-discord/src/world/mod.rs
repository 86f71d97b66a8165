//! The world that the bot lives in: people, guilds, places, messages, commands and interactions.

pub mod application;
pub mod clock;
pub mod command;
pub mod guild;
pub mod install;
pub mod interaction;
pub mod mentions;
pub mod message;
pub mod permissions;
pub mod person;
pub mod place;
pub mod view;

mod change;
mod events;

use std::collections::BTreeMap;
use std::time::Duration;

use twilight_model::id::Id;
use twilight_model::id::marker::{
    AttachmentMarker, ChannelMarker, CommandMarker, GuildMarker, InteractionMarker, MessageMarker,
    RoleMarker, UserMarker,
};

use self::application::Application;
pub use self::change::Whom;
use self::clock::{Clock, Ids};
use self::command::Commands;
use self::guild::Guild;
use self::interaction::Interaction;
use self::person::Person;
use self::place::Place;
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::journal::{Journal, What};
use crate::limits::{Limits, Usage};

/// The id of a guild.
pub type GuildId = Id<GuildMarker>;
/// The id of a channel, a thread or a DM.
pub type ChannelId = Id<ChannelMarker>;
/// The id of a person or a bot.
pub type UserId = Id<UserMarker>;
/// The id of a role.
pub type RoleId = Id<RoleMarker>;
/// The id of a message.
pub type MessageId = Id<MessageMarker>;
/// The id of an interaction.
pub type InteractionId = Id<InteractionMarker>;
/// The id of a file that came with a message.
pub type AttachmentId = Id<AttachmentMarker>;
/// The id of a command.
pub type CommandId = Id<CommandMarker>;

/// All there is.
#[derive(Debug)]
pub struct World {
    /// The bot's application.
    pub application: Application,
    /// Times and numbers that a test may want shorter or smaller.
    pub settings: Settings,
    /// How strict the rate limits are.
    pub limits: Limits,
    /// What happened.
    pub journal: Journal,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) people: BTreeMap<UserId, Person>,
    pub(crate) guilds: BTreeMap<GuildId, Guild>,
    pub(crate) places: BTreeMap<ChannelId, Place>,
    pub(crate) interactions: BTreeMap<InteractionId, Interaction>,
    pub(crate) commands: Commands,
    pub(crate) files: BTreeMap<AttachmentId, Vec<u8>>,
    pub(crate) gateway: Gateway,
    pub(crate) faults: Faults,
    pub(crate) usage: Usage,
    /// Answers with 401, 403 or 429; ten thousand in ten minutes ban an address.
    pub(crate) bad_answers: u32,
    pub(crate) port: u16,
}

/// Times and numbers of Discord's.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Time between heartbeats that HELLO asks for.
    pub heartbeat: Duration,
    /// How long a bot may take to answer an interaction first.
    pub answer_within: Duration,
    /// How long the token of an interaction lives after that.
    pub token_life: Duration,
    /// How long a nonce is remembered.
    pub nonce_life: Duration,
    /// How long a session without a connection can be resumed.
    pub session_life: Duration,
    /// How many events a session keeps for a replay.
    pub replay: usize,
    /// How long after one identify the next may come.
    pub identify_gap: Duration,
    /// How many identifies are left today.
    pub identifies: u32,
    /// How many DM channels the bot may open before 40003.
    pub new_dms: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_millis(41_250),
            answer_within: Duration::from_secs(3),
            token_life: Duration::from_mins(15),
            nonce_life: Duration::from_mins(5),
            session_life: Duration::from_mins(3),
            replay: 20_000,
            identify_gap: Duration::from_secs(5),
            identifies: 1000,
            new_dms: 1000,
        }
    }
}

impl World {
    /// A world with a bot of this name and token, and nobody else but its owner.
    #[must_use]
    pub fn new(bot: &str, token: &str) -> Self {
        let clock = Clock::start();
        let mut ids = Ids::default();
        let application = Application::new(bot, token, &mut ids, clock.now());
        let mut world = Self {
            settings: Settings::default(),
            limits: Limits::default(),
            journal: Journal::default(),
            clock,
            ids,
            people: BTreeMap::new(),
            guilds: BTreeMap::new(),
            places: BTreeMap::new(),
            interactions: BTreeMap::new(),
            commands: Commands::default(),
            files: BTreeMap::new(),
            gateway: Gateway::default(),
            faults: Faults::default(),
            usage: Usage::default(),
            bad_answers: 0,
            port: 0,
            application,
        };
        let (bot_id, owner) = (world.application.bot, world.application.owner);
        world.people.insert(bot_id, Person::new(bot_id, bot, true));
        world.people.insert(owner, Person::new(owner, "Owner", false));
        world
    }

    /// The bot's own id.
    #[must_use]
    pub fn bot(&self) -> UserId {
        self.application.bot
    }

    /// Answers of the statuses that count towards a ban of the address.
    #[must_use]
    pub fn bad_answers(&self) -> u32 {
        self.bad_answers
    }

    /// Time since 1970 on the world's clock.
    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    pub(crate) fn id<T>(&mut self) -> Id<T> {
        let now = self.clock.now();
        self.ids.next(now)
    }

    pub(crate) fn note(&mut self, what: What) {
        self.journal.write(self.clock.age(), what);
    }

    pub(crate) fn did(&mut self, who: UserId, deed: String) {
        let who = self.name(who);
        self.note(What::Did { who, deed });
    }

    /// The name of a person.
    #[must_use]
    pub fn name(&self, id: UserId) -> String {
        self.people.get(&id).map_or_else(|| id.to_string(), |person| person.user.name.clone())
    }

    /// The name of a place, as people would write it.
    #[must_use]
    pub fn place_name(&self, id: ChannelId) -> String {
        let Some(place) = self.places.get(&id) else { return id.to_string() };
        match (&place.channel.name, place.with) {
            (Some(name), _) => format!("#{name}"),
            (None, Some(with)) => format!("DM with {}", self.name(with)),
            (None, None) => id.to_string(),
        }
    }
}
