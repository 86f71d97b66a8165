//! Interactions: what a member did with a command, a button, a select or a form, and its answer.

use std::time::Duration;

use serde_json::{Value, json};
use twilight_model::application::command::CommandOptionChoice;
use twilight_model::application::interaction::{InteractionMetadata, InteractionType};
use twilight_model::channel::message::Component;
use twilight_model::gateway::Intents;
use twilight_model::id::AnonymizableId;
use twilight_model::oauth::ApplicationIntegrationMap;

use super::{ChannelId, InteractionId, MessageId, UserId, World};

/// An interaction and what became of it.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// The token that answers it.
    pub token: String,
    /// Who did it.
    pub by: UserId,
    /// Where.
    pub at: ChannelId,
    /// What kind it is.
    pub kind: InteractionType,
    /// The message whose component was used.
    pub message: Option<MessageId>,
    /// How far its answer is.
    pub state: State,
    /// The form the bot showed for it.
    pub form: Option<Form>,
    /// What the bot suggested while the member was typing.
    pub choices: Vec<CommandOptionChoice>,
    /// The interaction whose form this one filled in.
    pub opened_by: Option<InteractionId>,
    /// The first answer.
    pub original: Option<MessageId>,
    /// All answers after it.
    pub followups: Vec<MessageId>,
    pub(crate) born: Duration,
}

/// How far the answer to an interaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing came yet.
    Waiting,
    /// The bot shows that it is thinking.
    Thinking,
    /// The bot answered with a message.
    Answered,
    /// The bot took a press in and changed nothing yet.
    Taken,
    /// The bot changed the message that the component is on.
    Changed,
    /// The bot showed a form.
    ShowedForm,
    /// The bot suggested choices.
    Suggested,
}

/// A form that a bot showed.
#[derive(Clone, Debug)]
pub struct Form {
    /// What the bot calls it.
    pub custom_id: String,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub components: Vec<Component>,
}

impl World {
    /// A member does something; the bot is told, whatever its intents.
    pub(crate) fn interact(
        &mut self,
        by: UserId,
        at: ChannelId,
        kind: InteractionType,
        data: &Value,
        message: Option<MessageId>,
    ) -> InteractionId {
        let id: InteractionId = self.id();
        let token = format!("interaction-{id}-{:x}", id.get().wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let born = self.now();
        let page = self.interaction_page(id, &token, (by, at, kind), data, message);
        let interaction = Interaction {
            id,
            token,
            by,
            at,
            kind,
            message,
            state: State::Waiting,
            form: None,
            choices: Vec::new(),
            opened_by: None,
            original: None,
            followups: Vec::new(),
            born,
        };
        self.interactions.insert(id, interaction);
        self.emit("INTERACTION_CREATE", Intents::empty(), None, &page);
        id
    }

    fn interaction_page(
        &self,
        id: InteractionId,
        token: &str,
        (by, at, kind): (UserId, ChannelId, InteractionType),
        data: &Value,
        message: Option<MessageId>,
    ) -> Value {
        let person = self.people.get(&by);
        let place = self.places.get(&at);
        let guild = place.and_then(|place| place.channel.guild_id);
        let mut page = json!({
            "id": id, "application_id": self.application.id, "type": kind, "data": data,
            "token": token, "version": 1, "channel_id": at,
            "channel": place.map(|place| &place.channel),
            "app_permissions": self.permissions(self.bot(), at),
            "locale": person.map(|person| &person.locale), "entitlements": [],
            "authorizing_integration_owners": self.owners(by, at).unwrap_or_else(|| json!({})),
            "context": self.context(at),
            "attachment_size_limit": 10 * 1024 * 1024,
        });
        if let Some(message) = message.and_then(|id| self.message(id)) {
            page["message"] = json!(message.message);
        }
        let Some(guild) = guild.and_then(|id| self.guilds.get(&id)) else {
            page["user"] = json!(person.map(|person| &person.user));
            return page;
        };
        page["guild_id"] = json!(guild.id);
        page["guild_locale"] = json!(guild.locale);
        page["guild"] = json!({"id": guild.id, "locale": guild.locale, "features": []});
        page["member"] = self.member_page(guild.id, by).unwrap_or_default();
        page["member"]["permissions"] = json!(self.permissions(by, at));
        page
    }

    /// What a message that answers an interaction says of it.
    pub(crate) fn metadata(&self, id: InteractionId) -> Option<InteractionMetadata> {
        let known = self.interactions.get(&id)?;
        let guild = self.places.get(&known.at).and_then(|place| place.channel.guild_id);
        let opened = known.opened_by.and_then(|opener| self.metadata(opener));
        let is_press = known.kind == InteractionType::MessageComponent;
        Some(InteractionMetadata {
            authorizing_integration_owners: ApplicationIntegrationMap {
                guild: Some(guild.map_or(AnonymizableId::Anonymized, AnonymizableId::Id)),
                user: self.has_along(known.by).then_some(known.by),
            },
            id,
            interacted_message_id: known.message.filter(|_| is_press),
            kind: known.kind,
            original_response_message_id: known.original,
            target_message_id: None,
            target_user: None,
            triggering_interaction_metadata: opened.map(Box::new),
            user: self.people.get(&known.by)?.user.clone(),
        })
    }

    /// Whether Discord told the member that the application did not respond.
    #[must_use]
    pub fn went_unanswered(&self, id: InteractionId) -> bool {
        self.interactions.get(&id).is_some_and(|interaction| {
            interaction.state == State::Waiting && self.is_too_late(interaction)
        })
    }

    pub(crate) fn is_too_late(&self, interaction: &Interaction) -> bool {
        self.now() >= interaction.born + self.settings.answer_within
    }

    pub(crate) fn is_spent(&self, interaction: &Interaction) -> bool {
        self.now() >= interaction.born + self.settings.token_life
    }
}
