//! The requests that are made, each once; serenity writes them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serenity::all::{
    ChannelId, Command, CreateAttachment, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateMessage, CreateThread, CurrentApplicationInfo,
    EditInteractionResponse, EditMessage, GuildChannel, GuildId, GuildInfo, Member, Message,
    MessageId, PartialGuild, PrivateChannel, UserId,
};
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};
use serenity::model::gateway::BotGateway;

use super::failure::Failure;
use super::frame::Snowflake;
use super::outgoing::nobody;
use super::rest::Rest;

/// A message of ours, as far as we need it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Written {
    /// Its number.
    pub(super) id: Snowflake,
    /// Where it stands.
    pub(super) channel_id: Snowflake,
}

impl Rest {
    /// Writes a message, with a file if there is one.
    pub(super) async fn write(
        &self,
        channel_id: ChannelId,
        message: &CreateMessage,
        file: Option<CreateAttachment>,
    ) -> Result<Written, Failure> {
        let route = Route::ChannelMessages { channel_id };
        self.ask(said(route, LightMethod::Post, message, file)?).await
    }

    /// Puts something else in the place of what a message said.
    pub(super) async fn edit(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        edit: &EditMessage,
        file: Option<CreateAttachment>,
    ) -> Result<Written, Failure> {
        let route = Route::ChannelMessage { channel_id, message_id };
        self.ask(said(route, LightMethod::Patch, edit, file)?).await
    }

    /// Takes a message away.
    pub(super) async fn delete(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<(), Failure> {
        let route = Route::ChannelMessage { channel_id, message_id };
        self.send(Request::new(route, LightMethod::Delete)).await.map(drop)
    }

    /// One message.
    pub(super) async fn message(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<Message, Failure> {
        self.get(Route::ChannelMessage { channel_id, message_id }).await
    }

    /// At most so many messages after this one, in a form of the caller's.
    pub(super) async fn messages<T: for<'d> Deserialize<'d>>(
        &self,
        channel_id: ChannelId,
        after: u64,
        most: usize,
    ) -> Result<Vec<T>, Failure> {
        let params = vec![("after", after.to_string()), ("limit", most.to_string())];
        let route = Route::ChannelMessages { channel_id };
        self.ask(Request::new(route, LightMethod::Get).params(Some(params))).await
    }

    /// Opens a thread below a message.
    pub(super) async fn open_thread(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        thread: &CreateThread<'_>,
    ) -> Result<(), Failure> {
        let route = Route::ChannelMessageThreads { channel_id, message_id };
        self.send(written(route, LightMethod::Post, thread)?).await.map(drop)
    }

    /// The person's direct-message channel.
    pub(super) async fn direct(&self, person: u64) -> Result<ChannelId, Failure> {
        if let Some(channel) = self.known_direct(person) {
            return Ok(channel);
        }
        let to = json!({"recipient_id": person.to_string()});
        let request = written(Route::UserMeDmChannels, LightMethod::Post, &to)?;
        let channel = self.ask::<PrivateChannel>(request).await?.id;
        self.knows_direct(person, channel);
        Ok(channel)
    }

    /// Answers a press or a command first.
    pub(super) async fn respond(
        &self,
        interaction: u64,
        token: &str,
        response: &CreateInteractionResponse,
    ) -> Result<(), Failure> {
        let interaction_id = interaction.into();
        let route = Route::InteractionResponse { interaction_id, token };
        self.send(written(route, LightMethod::Post, response)?).await.map(drop)
    }

    /// Puts an answer to a press or a command in the place of the first.
    pub(super) async fn answer(
        &self,
        token: &str,
        answer: &EditInteractionResponse,
        file: Option<CreateAttachment>,
    ) -> Result<Written, Failure> {
        let application_id = self.application()?;
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        self.ask(said(route, LightMethod::Patch, answer, file)?).await
    }

    /// Takes the answer to a press or a command away.
    pub(super) async fn take_answer_back(&self, token: &str) -> Result<(), Failure> {
        let application_id = self.application()?;
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        self.send(Request::new(route, LightMethod::Delete)).await.map(drop)
    }

    /// Says something beside the answer to a press or a command.
    pub(super) async fn follow(
        &self,
        token: &str,
        followup: &CreateInteractionResponseFollowup,
        file: Option<CreateAttachment>,
    ) -> Result<Written, Failure> {
        let application_id = self.application()?;
        let route = Route::WebhookFollowupMessages { application_id, token };
        self.ask(said(route, LightMethod::Post, followup, file)?).await
    }

    /// Makes these all the commands that there are.
    pub(super) async fn set_commands(
        &self,
        commands: &[CreateCommand],
    ) -> Result<Vec<Command>, Failure> {
        let route = Route::Commands { application_id: self.application()? };
        self.ask(written(route, LightMethod::Put, &commands)?).await
    }

    /// The address of the gateway, and how many sessions may begin.
    pub(super) async fn gateway(&self) -> Result<BotGateway, Failure> {
        self.get(Route::GatewayBot).await
    }

    /// What the token belongs to.
    pub(super) async fn own_application(&self) -> Result<CurrentApplicationInfo, Failure> {
        self.get(Route::Oauth2ApplicationCurrent).await
    }

    /// Our user.
    pub(super) async fn own_user(&self) -> Result<UserId, Failure> {
        self.get::<serenity::all::CurrentUser>(Route::UserMe).await.map(|user| user.id)
    }

    /// The servers that we are in.
    pub(super) async fn guilds(&self) -> Result<Vec<GuildInfo>, Failure> {
        self.get(Route::UserMeGuilds).await
    }

    /// A server.
    pub(super) async fn guild(&self, guild_id: GuildId) -> Result<PartialGuild, Failure> {
        self.get(Route::Guild { guild_id }).await
    }

    /// A member of a server.
    pub(super) async fn member(
        &self,
        guild_id: GuildId,
        user_id: UserId,
    ) -> Result<Member, Failure> {
        let mut member: Value = self.get(Route::GuildMember { guild_id, user_id }).await?;
        // Discord does not say again which server was asked about.
        if let Some(member) = member.as_object_mut() {
            member.insert("guild_id".to_owned(), json!(guild_id));
        }
        serde_json::from_value(member).map_err(|_| Failure::Unreadable)
    }

    /// The channels of a server.
    pub(super) async fn channels(&self, guild_id: GuildId) -> Result<Vec<GuildChannel>, Failure> {
        self.get(Route::GuildChannels { guild_id }).await
    }

    async fn get<T: for<'d> Deserialize<'d>>(&self, route: Route<'_>) -> Result<T, Failure> {
        self.ask(Request::new(route, LightMethod::Get)).await
    }
}

/// A request with a body.
fn written<'r>(
    route: Route<'r>,
    method: LightMethod,
    body: &impl Serialize,
) -> Result<Request<'r>, Failure> {
    let body = serde_json::to_vec(body).map_err(|_| Failure::unwritten())?;
    Ok(Request::new(route, method).body(Some(body)))
}

/// A request that says something. Whom it does not name by itself is not called by it.
fn said<'r>(
    route: Route<'r>,
    method: LightMethod,
    message: &impl Serialize,
    file: Option<CreateAttachment>,
) -> Result<Request<'r>, Failure> {
    let mut body = serde_json::to_value(message).map_err(|_| Failure::unwritten())?;
    let names_nobody = body["allowed_mentions"].is_null();
    if let Some(body) = body.as_object_mut().filter(|_| names_nobody) {
        body.insert("allowed_mentions".to_owned(), json!(nobody()));
    }
    let Some(file) = file else { return written(route, method, &body) };
    let form = Multipart {
        upload: MultipartUpload::Attachments(vec![file]),
        fields: Vec::new(),
        payload_json: Some(body.to_string()),
    };
    Ok(Request::new(route, method).multipart(Some(form)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_does_not_say_whom_a_message_calls_calls_nobody() {
        let route = Route::ChannelMessages { channel_id: ChannelId::new(7) };
        let message = CreateMessage::new().content("@everyone");
        let request = said(route, LightMethod::Post, &message, None).unwrap();
        let body: Value = serde_json::from_slice(request.body_ref().unwrap()).unwrap();
        assert_eq!(body["allowed_mentions"]["parse"], json!([]));
        let file = Some(CreateAttachment::bytes(vec![1], "a.png"));
        let request = said(route, LightMethod::Post, &message, file).unwrap();
        assert!(request.body_ref().is_none(), "a file goes in a form");
    }
}
