//! Who may do what where: roles, overwrites, owners, and threads that follow their parent.

use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::guild::Permissions;

use super::guild::{Guild, Membership};
use super::place::Place;
use super::{ChannelId, UserId, World};

impl World {
    /// What a person may do in a place. Nothing, where they cannot be.
    #[must_use]
    pub fn permissions(&self, who: UserId, place: ChannelId) -> Permissions {
        let Some(place) = self.places.get(&place) else { return Permissions::empty() };
        let Some(guild) = place.channel.guild_id.and_then(|id| self.guilds.get(&id)) else {
            return in_dm(place, who, self.bot());
        };
        let Some(member) = guild.members.get(&who) else { return Permissions::empty() };
        let base = base(guild, member, who);
        if base.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        let holder = place.channel.parent_id.filter(|_| place.is_thread());
        let holder = holder.and_then(|id| self.places.get(&id)).unwrap_or(place);
        let overwrites = holder.channel.permission_overwrites.as_deref().unwrap_or_default();
        without_view(overwritten(base, overwrites, guild, member, who))
    }

    /// Whether a person may do all of `wanted` in a place.
    #[must_use]
    pub fn may(&self, who: UserId, place: ChannelId, wanted: Permissions) -> bool {
        self.permissions(who, place).contains(wanted)
    }
}

fn in_dm(place: &Place, who: UserId, bot: UserId) -> Permissions {
    let is_there = place.is_among(who) || place.is_dm() && (place.with == Some(who) || who == bot);
    if !is_there {
        return Permissions::empty();
    }
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::ADD_REACTIONS
        | Permissions::USE_SLASH_COMMANDS
}

pub(crate) fn base(guild: &Guild, member: &Membership, who: UserId) -> Permissions {
    if guild.owner == who {
        return Permissions::all();
    }
    let everyone = guild.roles.get(&guild.id.cast());
    let roles = member.roles.iter().filter_map(|id| guild.roles.get(id));
    let all = roles.chain(everyone).fold(Permissions::empty(), |sum, role| sum | role.permissions);
    if all.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { all }
}

fn overwritten(
    base: Permissions,
    overwrites: &[PermissionOverwrite],
    guild: &Guild,
    member: &Membership,
    who: UserId,
) -> Permissions {
    let change = |sum: Permissions, wanted: &dyn Fn(&PermissionOverwrite) -> bool| {
        let met = overwrites.iter().filter(|overwrite| wanted(overwrite));
        let (deny, allow) = met.fold((Permissions::empty(), Permissions::empty()), |sum, one| {
            (sum.0 | one.deny, sum.1 | one.allow)
        });
        (sum - deny) | allow
    };
    let is_role = |one: &PermissionOverwrite| one.kind == PermissionOverwriteType::Role;
    let sum = change(base, &|one| is_role(one) && one.id == guild.id.cast());
    let sum = change(sum, &|one| is_role(one) && member.roles.contains(&one.id.cast()));
    change(sum, &|one| one.kind == PermissionOverwriteType::Member && one.id == who.cast())
}

/// Who cannot see a channel can do nothing in it.
fn without_view(sum: Permissions) -> Permissions {
    if sum.contains(Permissions::VIEW_CHANNEL) { sum } else { Permissions::empty() }
}
