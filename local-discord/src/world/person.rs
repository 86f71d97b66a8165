//! People and bots, and whether they let the bot write to them.

use twilight_model::user::User;

use super::{ChannelId, UserId};

/// A person or a bot.
#[derive(Clone, Debug)]
pub struct Person {
    /// As Discord shows them.
    pub user: User,
    /// Whether members of a shared guild may write to them.
    pub takes_dms: bool,
    /// Whether they added the bot to themselves.
    pub takes_along: bool,
    /// The language of their app.
    pub locale: String,
    /// Their DM channel with the bot, once opened.
    pub(crate) dm: Option<ChannelId>,
}

impl Person {
    pub(crate) fn new(id: UserId, name: &str, bot: bool) -> Self {
        Self {
            user: user(id, name, bot),
            takes_dms: true,
            takes_along: false,
            locale: "en-US".into(),
            dm: None,
        }
    }
}

fn user(id: UserId, name: &str, bot: bool) -> User {
    User {
        accent_color: None,
        avatar: None,
        avatar_decoration: None,
        avatar_decoration_data: None,
        banner: None,
        bot,
        discriminator: 0,
        email: None,
        flags: None,
        global_name: Some(name.into()),
        id,
        locale: None,
        mfa_enabled: None,
        name: name.into(),
        premium_type: None,
        primary_guild: None,
        public_flags: None,
        system: None,
        verified: None,
    }
}
