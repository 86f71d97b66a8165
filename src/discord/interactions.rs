//! Presses, commands and menu entries: acknowledged at once, whatever the database does, and then
//! answered.

use std::time::Duration;

use serenity::all::{
    AutocompleteChoice, CommandInteraction, ComponentInteraction, CreateAutocompleteResponse,
    CreateInteractionResponse, CreateInteractionResponseMessage, Interaction, InteractionContext,
};
use serenity::http::Http;

use super::about_me;
use super::commands::{NOT_THEIRS, OUTDATED};
use super::desk::Desk;
use super::frame::Unreadable;
use super::incoming::{Asked, Pressed, Target, asked, is_private, of_command, pressed};
use super::outgoing::{Look, nobody};
use super::recovery;
use super::rest::{Failure, failure, insist};
use crate::message::Message;
use crate::reply::{SOURCES, is_personal};
use crate::turn::{Event, Press};
use crate::vocabulary::Manner;

/// Discord waits three seconds for an acknowledgement.
const IN_TIME: Duration = Duration::from_millis(2_700);

/// One try of it may take so long; then another may still be in time.
const ONE_TRY: Duration = Duration::from_millis(800);

impl Desk {
    pub(super) async fn answer_interaction(&self, interaction: Interaction) {
        match interaction {
            Interaction::Component(press) => self.answer_press(press).await,
            Interaction::Command(command) => self.answer_command(command).await,
            Interaction::Autocomplete(typing) => self.suggest(&typing).await,
            Interaction::Ping(_) | Interaction::Modal(_) => {
                tracing::warn!("an interaction of a kind that is not used");
            }
            _ => tracing::warn!("an interaction of an unknown kind"),
        }
    }

    async fn answer_press(&self, press: ComponentInteraction) {
        match pressed(&press, self.now()) {
            Pressed::NotTheirs => self.say_at_once(&press, NOT_THEIRS).await,
            Pressed::Outdated => self.say_at_once(&press, OUTDATED).await,
            Pressed::AboutMe(choice) => {
                acknowledge(&self.http, press.id.get(), &press.token, true).await;
                about_me::answer(self, &press, &choice).await;
            }
            Pressed::Choice(choice, way) => {
                let (message, person) = (press.message.id.get(), press.user.id.get());
                let now = self.clock.real();
                if self.repeats.is_double(message, person, &choice.choice, now) {
                    let nothing = CreateInteractionResponse::Acknowledge;
                    respond(&self.http, press.id.get(), &press.token, &nothing).await;
                } else {
                    let private = self.answers_privately(&press, &choice.choice);
                    acknowledge(&self.http, press.id.get(), &press.token, private).await;
                    self.answer(&Event::Pressed(choice), &way).await;
                }
            }
        }
    }

    /// A press below what everybody sees is answered to whoever pressed, unless the club talks in
    /// the open; a direct message is private anyway, and a plan, or help that was promised
    /// privately, is nobody else's in any club.
    fn answers_privately(&self, press: &ComponentInteraction, choice: &str) -> bool {
        let directly = is_direct(press.context, press.guild_id.is_some());
        let private = self.bot.manner() == Manner::Private || is_personal(choice);
        is_private(press.message.flags) || !directly && private
    }

    /// Tells whoever pressed or used what cannot be read that it was not understood.
    pub(super) async fn say_unreadable(&self, unreadable: &Unreadable) {
        self.say_only(unreadable.id.0, &unreadable.token, OUTDATED).await;
    }

    async fn say_at_once(&self, press: &ComponentInteraction, text: &str) {
        self.say_only(press.id.get(), &press.token, text).await;
    }

    async fn say_only(&self, id: u64, token: &str, text: &str) {
        let message = CreateInteractionResponseMessage::new()
            .content(text)
            .ephemeral(true)
            .allowed_mentions(nobody());
        let response = CreateInteractionResponse::Message(message);
        respond(&self.http, id, token, &response).await;
    }

    /// Places to pick from while somebody is typing where they live.
    async fn suggest(&self, typing: &CommandInteraction) {
        let typed = typing.data.autocomplete().map_or("", |typed| typed.value);
        let places = recovery::places(typed, &self.bot.responses().zone, self.now());
        let choices = places.into_iter().map(|(name, zone)| AutocompleteChoice::new(name, zone));
        let choices = CreateAutocompleteResponse::new().set_choices(choices.collect());
        let response = CreateInteractionResponse::Autocomplete(choices);
        respond(&self.http, typing.id.get(), &typing.token, &response).await;
    }

    async fn answer_command(&self, command: CommandInteraction) {
        let Some(me) = self.me() else { return };
        let directly = is_direct(command.context, command.guild_id.is_some());
        acknowledge(&self.http, command.id.get(), &command.token, !directly).await;
        let (mut from, way) = of_command(&command);
        if directly {
            from = self.private_address_in_time(from).await;
        }
        let (id, at) = (command.id.get(), self.now());
        match asked(&command, me) {
            Asked::Say(text) => {
                let message = Message { id, from, text, at, addressed: true, within: None };
                self.answer(&Event::Said(message), &way).await;
            }
            Asked::Press(choice) => {
                if choice == SOURCES {
                    from = self.last_sourced(from).await;
                }
                let press = Press { id, from, choice, at };
                self.answer(&Event::Pressed(press), &way).await;
            }
            Asked::Slip(why) => self.say_later(&command.token, &Look::plain(&why)).await,
            Asked::AboutMe => about_me::show(self, &command).await,
            Asked::Why(target) => self.explain(&command, target).await,
            Asked::Unknown => {
                self.say_later(&command.token, &Look::plain(OUTDATED)).await;
            }
        }
    }

    /// How a message was understood, for whoever asks; of our own replies, the one they reply to.
    async fn explain(&self, command: &CommandInteraction, target: Target) {
        let text = match target.replies_to.filter(|_| target.ours) {
            Some((channel, message)) => {
                self.http.get_message(channel.into(), message.into()).await.ok().map(|m| m.content)
            }
            None if target.ours => None,
            None => Some(target.text),
        };
        let look = match text {
            Some(text) => Look::in_lines(&(self.lookup.why)(&text)),
            None => Look::plain(
                "I can no longer see which message this answers. Use this on the message itself.",
            ),
        };
        self.say_later(&command.token, &look).await;
    }

    /// In place of "is thinking".
    pub(super) async fn say_later(&self, token: &str, look: &Look) {
        let answer = look.answer();
        let said =
            insist(|| self.http.edit_original_interaction_response(token, &answer, Vec::new()));
        if let Err(failure) = said.await {
            tracing::warn!(%failure, "an answer to a command did not arrive");
        }
    }
}

fn is_direct(context: Option<InteractionContext>, in_guild: bool) -> bool {
    match context {
        Some(InteractionContext::BotDm) => true,
        Some(_) => false,
        None => !in_guild,
    }
}

/// Tells Discord that an answer comes. Where that fails, what was pressed counts nevertheless, and
/// the answer goes another way.
async fn acknowledge(http: &Http, id: u64, token: &str, private: bool) {
    let message = CreateInteractionResponseMessage::new().ephemeral(private);
    respond(http, id, token, &CreateInteractionResponse::Defer(message)).await;
}

/// Tried again while Discord may still wait for it.
async fn respond(http: &Http, id: u64, token: &str, response: &CreateInteractionResponse) {
    let tries = async {
        loop {
            let sent = http.create_interaction_response(id.into(), token, response, Vec::new());
            let Ok(sent) = tokio::time::timeout(ONE_TRY, sent).await else { continue };
            match sent.map_err(|error| failure(&error)) {
                Ok(()) | Err(Failure::Already) => return,
                Err(Failure::Passing(_) | Failure::Slower) => {
                    tokio::time::sleep(Duration::from_millis(150)).await;
                }
                Err(failure) => {
                    tracing::warn!(%failure, "a press or command could not be acknowledged");
                    return;
                }
            }
        }
    };
    if tokio::time::timeout(IN_TIME, tries).await.is_err() {
        tracing::warn!("a press or command could not be acknowledged in time");
    }
}
