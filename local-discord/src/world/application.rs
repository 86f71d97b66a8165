//! The bot's application, as the developer portal knows it.

use std::time::Duration;

use serde_json::{Value, json};
use twilight_model::gateway::Intents;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;
use twilight_model::oauth::ApplicationFlags;
use twilight_model::user::CurrentUser;

use super::clock::Ids;
use super::{UserId, World};

/// The application with its switches.
#[derive(Clone, Debug)]
pub struct Application {
    /// Its id.
    pub id: Id<ApplicationMarker>,
    /// Its name.
    pub name: String,
    /// The bot's token.
    pub token: String,
    /// The bot as a user.
    pub bot: UserId,
    /// Who owns it.
    pub owner: UserId,
    /// The portal's switch for the message content intent.
    pub message_content: bool,
    /// The portal's switch for the server members intent.
    pub guild_members: bool,
    /// The portal's switch for the presence intent.
    pub presences: bool,
}

impl Application {
    pub(crate) fn new(name: &str, token: &str, ids: &mut Ids, now: Duration) -> Self {
        let id: Id<ApplicationMarker> = ids.next(now);
        Self {
            id,
            name: name.into(),
            token: token.into(),
            bot: id.cast(),
            owner: ids.next(now),
            message_content: true,
            guild_members: false,
            presences: false,
        }
    }

    /// The privileged intents that are asked for without their switch.
    pub(crate) fn disallowed(&self, asked: Intents) -> Intents {
        let privileged = [
            (Intents::MESSAGE_CONTENT, self.message_content),
            (Intents::GUILD_MEMBERS, self.guild_members),
            (Intents::GUILD_PRESENCES, self.presences),
        ];
        let closed = privileged.into_iter().filter(|(_, on)| !on).map(|(intent, _)| intent);
        asked & closed.collect::<Intents>()
    }

    pub(crate) fn flags(&self) -> ApplicationFlags {
        let on = [
            (ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED, self.message_content),
            (ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED, self.guild_members),
            (ApplicationFlags::GATEWAY_PRESENCE_LIMITED, self.presences),
        ];
        on.into_iter().filter(|(_, on)| *on).map(|(flag, _)| flag).collect()
    }
}

impl World {
    /// The application's page, as the bot may see it.
    pub(crate) fn application_page(&self) -> Value {
        let user = |id| self.people.get(&id).map(|person| &person.user);
        let application = &self.application;
        json!({
            "id": application.id, "name": application.name, "icon": null, "description": "",
            "bot_public": true, "bot_require_code_grant": false, "rpc_origins": [],
            "verify_key": "0".repeat(64), "team": null, "flags": application.flags(),
            "owner": user(application.owner), "bot": user(application.bot),
            "approximate_guild_count": self.guilds.len(), "tags": [], "redirect_uris": [],
            "integration_types_config": {"0": {}, "1": {}},
        })
    }

    /// The bot as it sees itself.
    pub(crate) fn current_user(&self) -> CurrentUser {
        CurrentUser {
            accent_color: None,
            avatar: None,
            banner: None,
            bot: true,
            discriminator: 0,
            email: None,
            flags: None,
            global_name: None,
            id: self.application.bot,
            locale: Some("en-US".into()),
            mfa_enabled: true,
            name: self.name(self.application.bot),
            premium_type: None,
            public_flags: None,
            verified: Some(true),
        }
    }
}
