//! A small town: one guild, one channel, two members.

use std::time::Duration;

use local_discord::{ChannelId, GuildId, Member, Server, UserId, World};

pub(crate) const TOKEN: &str = "MTIz.abc.secret";
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// The town while it is served.
pub(crate) struct Town {
    pub(crate) server: Server,
    pub(crate) club: GuildId,
    pub(crate) general: ChannelId,
    pub(crate) ana: Member,
    pub(crate) ben: Member,
    pub(crate) bot: UserId,
}

pub(crate) fn town() -> Town {
    town_with(|_| {})
}

/// The town, with something else about it.
pub(crate) fn town_with(change: impl FnOnce(&mut World)) -> Town {
    let mut world = World::new("Charley", TOKEN);
    world.settings.identify_gap = Duration::ZERO;
    let club = world.guild("Riverside Runners");
    let general = world.channel(club, "general");
    let (ana, ben) = (world.member(club, "Ana"), world.member(club, "Ben"));
    change(&mut world);
    let bot = world.bot();
    let server = Server::start(world).unwrap();
    let (ana, ben) = (server.who(ana), server.who(ben));
    Town { server, club, general, ana, ben, bot }
}
