//! Guilds: themselves, their channels, roles, members and active threads.

use serde_json::json;

use super::ask::id;
use super::refusal::Refusal;
use super::{Answer, page};
use crate::world::{GuildId, World};

pub(crate) fn answer(world: &World, method: &str, guild: GuildId, rest: &[&str]) -> Answer {
    let known = world.guild_of(guild).ok_or_else(Refusal::unknown_guild)?;
    if !known.members.contains_key(&world.bot()) {
        return Err(Refusal::missing_access());
    }
    match (method, rest) {
        ("GET", []) => page(known.page()),
        ("GET", ["channels"]) => page(world.channel_pages(guild, false)),
        ("GET", ["roles"]) => page(known.roles.values().collect::<Vec<_>>()),
        ("GET", ["threads", "active"]) => {
            page(json!({"threads": world.channel_pages(guild, true), "members": []}))
        }
        ("GET", ["members", who]) => {
            let who = if *who == "@me" { world.bot() } else { id(who)? };
            let member = world.member_page(guild, who);
            page(member.ok_or_else(|| Refusal::new(404, 10007, "Unknown Member"))?)
        }
        _ => Err(Refusal::not_found()),
    }
}
