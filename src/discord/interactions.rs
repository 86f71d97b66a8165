//! Presses, commands and menu entries: acknowledged at once, whatever the database does, and then
//! answered.

use std::time::Duration;

use serenity::all::{
    AutocompleteChoice, CommandInteraction, ComponentInteraction, CreateAutocompleteResponse,
    CreateInteractionResponse, CreateInteractionResponseMessage, Interaction, InteractionContext,
};

use super::about_me;
use super::commands::{NOT_THEIRS, OUTDATED};
use super::dispatcher::Dispatcher;
use super::failure::Failure;
use super::frame::Awaited;
use super::incoming::{Asked, Pressed, Target, asked, is_private, of_command, pressed};
use super::outgoing::{Look, nobody};
use super::recovery;
use super::rest::{Rest, insist};
use crate::message::{Message, PlaceId};
use crate::reply::{SOURCES, is_personal};
use crate::turn::{Event, Press};
use crate::vocabulary::Manner;

/// Discord waits three seconds for an acknowledgement.
const IN_TIME: Duration = Duration::from_millis(2_700);

/// One try of it may take so long; then another may still be in time.
const ONE_TRY: Duration = Duration::from_millis(800);

impl Dispatcher {
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
        let early = self.early_acks.has_acknowledged(press.id.get()).await;
        match pressed(&press, self.now()) {
            Pressed::NotTheirs => self.say_at_once(&press, NOT_THEIRS, early).await,
            Pressed::Outdated => self.say_at_once(&press, OUTDATED, early).await,
            Pressed::AboutMe(choice) => {
                let (message, person) = (press.message.id.get(), press.user.id.get());
                if self.duplicates.is_double(message, person, &choice, self.clock.real()) {
                    return self.is_double(&press, early).await;
                }
                self.acknowledge(press.id.get(), &press.token, true, early).await;
                about_me::answer(self, &press, &choice).await;
            }
            Pressed::Choice(choice, way) => {
                let (message, person) = (press.message.id.get(), press.user.id.get());
                let now = self.clock.real();
                let is_double = self.duplicates.is_double(message, person, &choice.choice, now);
                if is_double {
                    self.is_double(&press, early).await;
                } else {
                    let private = self.answers_privately(&press, &choice.choice);
                    self.acknowledge(press.id.get(), &press.token, private, early).await;
                    let in_public = choice.in_public && !private;
                    self.answer(&Event::Pressed(Press { in_public, ..choice }), &way).await;
                }
            }
        }
    }

    /// The same was pressed a moment ago: this one is answered with nothing.
    async fn is_double(&self, press: &ComponentInteraction, early: bool) {
        if early {
            // Only this press shows "is thinking", and nothing else is taken away.
            let _ = self.rest.take_answer_back(&press.token).await;
        } else {
            let nothing = CreateInteractionResponse::Acknowledge;
            respond(&self.rest, press.id.get(), &press.token, &nothing).await;
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
    pub(super) async fn say_unreadable(&self, unreadable: &Awaited) {
        if self.early_acks.has_acknowledged(unreadable.id.0).await {
            return self.say_later(&unreadable.token, &Look::plain(OUTDATED)).await;
        }
        self.say_only(unreadable.id.0, &unreadable.token, OUTDATED).await;
    }

    async fn say_at_once(&self, press: &ComponentInteraction, text: &str, early: bool) {
        if early {
            return self.say_later(&press.token, &Look::plain(text)).await;
        }
        self.say_only(press.id.get(), &press.token, text).await;
    }

    /// Unless that was done before we were ready.
    async fn acknowledge(&self, id: u64, token: &str, private: bool, early: bool) {
        if !early {
            acknowledge(&self.rest, id, token, private).await;
        }
    }

    async fn say_only(&self, id: u64, token: &str, text: &str) {
        let message = CreateInteractionResponseMessage::new()
            .content(text)
            .ephemeral(true)
            .allowed_mentions(nobody());
        let response = CreateInteractionResponse::Message(message);
        respond(&self.rest, id, token, &response).await;
    }

    /// Places to pick from while somebody is typing where they live.
    async fn suggest(&self, typing: &CommandInteraction) {
        let typed = typing.data.autocomplete().map_or("", |typed| typed.value);
        let places = recovery::places(typed, &self.bot.responses().zone, self.now());
        let choices = places.into_iter().map(|(name, zone)| AutocompleteChoice::new(name, zone));
        let choices = CreateAutocompleteResponse::new().set_choices(choices.collect());
        let response = CreateInteractionResponse::Autocomplete(choices);
        respond(&self.rest, typing.id.get(), &typing.token, &response).await;
    }

    async fn answer_command(&self, command: CommandInteraction) {
        let Some(me) = self.me() else { return };
        let directly = is_direct(command.context, command.guild_id.is_some());
        let early = self.early_acks.has_acknowledged(command.id.get()).await;
        self.acknowledge(command.id.get(), &command.token, !directly, early).await;
        let (mut from, way) = of_command(&command);
        if directly {
            from = self.private_address_in_time(from).await;
        }
        let (id, at) = (command.id.get(), self.now());
        let asked = asked(&command, &me);
        if let Asked::SayOf(target) = &asked
            && target.author != from.person.0
        {
            // What others tell of themselves is no part of the case of who asks about it.
            from.place = PlaceId(target.id);
        }
        match asked {
            Asked::Say(text) | Asked::SayOf(Target { text, .. }) => {
                let (addressed, in_public, within) = (true, false, None);
                let message = Message { id, from, text, at, addressed, in_public, within };
                self.answer(&Event::Said(message), &way).await;
            }
            Asked::Press(choice) => {
                if choice == SOURCES {
                    from = self.last_sourced(from).await;
                }
                let press = Press { id, from, choice, at, in_public: false };
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
                self.rest.message(channel.into(), message.into()).await.ok().map(|m| m.content)
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
        if let Err(failure) = insist(|| self.rest.answer(token, &answer, None)).await {
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

/// Tells Discord that an answer comes; whether it was this that told it. Where that fails, what was
/// pressed counts nevertheless, and the answer goes another way.
pub(super) async fn acknowledge(rest: &Rest, id: u64, token: &str, private: bool) -> bool {
    let message = CreateInteractionResponseMessage::new().ephemeral(private);
    respond(rest, id, token, &CreateInteractionResponse::Defer(message)).await
}

/// Tried again while Discord may still wait for it; whether it took this response.
async fn respond(rest: &Rest, id: u64, token: &str, response: &CreateInteractionResponse) -> bool {
    let tries = async {
        loop {
            let sent = rest.respond(id, token, response);
            let Ok(sent) = tokio::time::timeout(ONE_TRY, sent).await else { continue };
            match sent {
                Ok(()) => return true,
                Err(Failure::Already) => return false,
                Err(Failure::Passing(_) | Failure::Slower) => {
                    tokio::time::sleep(Duration::from_millis(150)).await;
                }
                Err(failure) => {
                    tracing::warn!(%failure, "a press or command could not be acknowledged");
                    return false;
                }
            }
        }
    };
    tokio::time::timeout(IN_TIME, tries).await.unwrap_or_else(|_| {
        tracing::warn!("a press or command could not be acknowledged in time");
        false
    })
}
