//! Users: the bot itself, its guilds, its DMs, and others.

use serde::Deserialize;
use serde_json::json;
use twilight_model::guild::Permissions;

use super::ask::{Ask, id};
use super::refusal::Refusal;
use super::{Answer, page};
use crate::world::permissions::base;
use crate::world::{UserId, World};

pub(crate) fn answer(world: &mut World, ask: &Ask, method: &str, rest: &[&str]) -> Answer {
    match (method, rest) {
        ("GET", ["@me"]) => page(world.current_user()),
        ("GET", ["@me", "guilds"]) => guilds(world),
        ("GET", ["@me", "guilds", guild, "member"]) => {
            let member = world.member_page(id(guild)?, world.bot());
            page(member.ok_or_else(Refusal::unknown_guild)?)
        }
        ("POST", ["@me", "channels"]) => open(world, ask),
        ("GET", [user]) => {
            let person = world.people.get(&id(user)?).ok_or_else(Refusal::unknown_user)?;
            page(&person.user)
        }
        _ => Err(Refusal::not_found()),
    }
}

fn guilds(world: &World) -> Answer {
    let bot = world.bot();
    let mut list = Vec::new();
    for guild in world.guilds.values() {
        let Some(member) = guild.members.get(&bot) else { continue };
        let permissions: Permissions = base(guild, member, bot);
        list.push(json!({
            "id": guild.id, "name": guild.name, "icon": null, "banner": null,
            "owner": guild.owner == bot, "permissions": permissions, "features": [],
        }));
    }
    page(list)
}

#[derive(Deserialize)]
struct Open {
    recipient_id: UserId,
}

/// Opens a DM. That a person takes none shows only when something is written there.
fn open(world: &mut World, ask: &Ask) -> Answer {
    let open: Open = ask.body()?;
    let person = world.people.get(&open.recipient_id).ok_or_else(Refusal::unknown_user)?;
    if person.user.bot {
        return Err(Refusal::closed_dm());
    }
    if person.dm.is_none() {
        if world.settings.new_dms == 0 {
            return Err(Refusal::too_many_dms());
        }
        world.settings.new_dms -= 1;
    }
    let at = world.open_dm(open.recipient_id).ok_or_else(Refusal::unknown_user)?;
    page(&world.place(at).ok_or_else(Refusal::unknown_channel)?.channel)
}
