//! First answers to interactions.

use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::application::command::CommandOptionChoice;
use twilight_model::application::interaction::InteractionType;
use twilight_model::channel::message::{
    AllowedMentions, Component, MentionType, MessageFlags, MessageType,
};
use twilight_model::http::interaction::InteractionResponseType;
use twilight_validate::command::choice as check_choice;
use twilight_validate::component::{component_v1, component_v2};

use super::ask::{Ask, typed};
use super::body::MessageBody;
use super::messages::message_page;
use super::refusal::Refusal;
use super::{Answer, nothing, page};
use crate::world::interaction::{Form, Interaction, State};
use crate::world::message::Draft;
use crate::world::{InteractionId, MessageId, World};

pub(crate) fn answer(world: &mut World, ask: &Ask, id: InteractionId, token: &str) -> Answer {
    let known = world.interaction(id).filter(|known| known.token == token);
    let known = known.ok_or_else(Refusal::unknown_interaction)?;
    if known.state != State::Waiting {
        return Err(Refusal::answered_already());
    }
    if world.is_too_late(known) {
        return Err(Refusal::unknown_interaction());
    }
    let known = known.clone();
    let kind: InteractionResponseType =
        typed(&ask.body["type"]).map_err(|_| bad("type", "Not a valid response type"))?;
    if !fits(kind, &known) {
        return Err(bad("type", "This type does not answer this interaction"));
    }
    let state = respond(world, ask, &known, kind)?;
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.state = state;
    }
    if ask.wants("with_response") { resource(world, id, kind) } else { nothing() }
}

fn bad(path: &str, text: &str) -> Refusal {
    Refusal::form(path, "INTERACTION_RESPONSE_INVALID", text)
}

/// Whether this kind of answer is one to this kind of interaction.
fn fits(kind: InteractionResponseType, to: &Interaction) -> bool {
    use InteractionResponseType as Response;
    let typing = to.kind == InteractionType::ApplicationCommandAutocomplete;
    match kind {
        Response::ChannelMessageWithSource | Response::DeferredChannelMessageWithSource => !typing,
        Response::DeferredUpdateMessage | Response::UpdateMessage => to.message.is_some(),
        Response::ApplicationCommandAutocompleteResult => typing,
        Response::Modal => !typing && to.kind != InteractionType::ModalSubmit,
        // A pong answers pings, which do not come over the gateway; others twilight may learn.
        _ => false,
    }
}

fn respond(
    world: &mut World,
    ask: &Ask,
    to: &Interaction,
    kind: InteractionResponseType,
) -> Result<State, Refusal> {
    use InteractionResponseType as Response;
    match kind {
        Response::ChannelMessageWithSource => {
            let body = MessageBody::of(world, &ask.body["data"], &ask.files)?;
            if body.is_empty() {
                return Err(Refusal::empty_message());
            }
            let id = write(world, to, body)?;
            set(world, to, |known| known.original = Some(id));
            Ok(State::Answered)
        }
        Response::DeferredChannelMessageWithSource => {
            let id = think(world, to, &ask.body["data"])?;
            set(world, to, |known| known.original = Some(id));
            Ok(State::Thinking)
        }
        Response::DeferredUpdateMessage => {
            set(world, to, |known| known.original = known.message);
            Ok(State::Taken)
        }
        Response::UpdateMessage => {
            let data = &ask.body["data"];
            let edit = MessageBody::of(world, data, &ask.files)?.edit(data);
            let message = to.message.ok_or_else(Refusal::unknown_message)?;
            world.message(message).ok_or_else(Refusal::unknown_message)?;
            world.edit(to.at, message, edit);
            set(world, to, |known| known.original = known.message);
            Ok(State::Changed)
        }
        Response::ApplicationCommandAutocompleteResult => {
            let choices = choices(&ask.body["data"])?;
            set(world, to, |known| known.choices = choices);
            Ok(State::Suggested)
        }
        _ => {
            let form = form(&ask.body["data"])?;
            set(world, to, |known| known.form = Some(form));
            Ok(State::ShowedForm)
        }
    }
}

fn set(world: &mut World, to: &Interaction, change: impl FnOnce(&mut Interaction)) {
    if let Some(interaction) = world.interactions.get_mut(&to.id) {
        change(interaction);
    }
}

/// Writes an answer, for all or for one.
pub(crate) fn write(
    world: &mut World,
    to: &Interaction,
    body: MessageBody,
) -> Result<MessageId, Refusal> {
    let mut draft = body.draft();
    draft.reference = None;
    // Answers parse users alone where nothing is said.
    draft.allowed.get_or_insert(AllowedMentions {
        parse: vec![MentionType::Users],
        ..AllowedMentions::default()
    });
    post(world, to, draft)
}

fn post(world: &mut World, to: &Interaction, mut draft: Draft) -> Result<MessageId, Refusal> {
    let flags = draft.flags.unwrap_or(MessageFlags::empty());
    draft.only_for = flags.contains(MessageFlags::EPHEMERAL).then_some(to.by);
    draft.answers = Some(to.id);
    draft.kind =
        (to.kind == InteractionType::ApplicationCommand).then_some(MessageType::ChatInputCommand);
    let bot = world.bot();
    world.post(bot, to.at, draft).ok_or_else(Refusal::unknown_channel)
}

/// Shows that the bot is thinking.
fn think(world: &mut World, to: &Interaction, data: &Value) -> Result<MessageId, Refusal> {
    let body = MessageBody::of(world, data, &[])?;
    let flags = body.flags.unwrap_or(MessageFlags::empty()) | MessageFlags::LOADING;
    post(world, to, Draft { flags: Some(flags), ..Draft::default() })
}

#[derive(Deserialize)]
struct Choices {
    choices: Vec<CommandOptionChoice>,
}

fn choices(data: &Value) -> Result<Vec<CommandOptionChoice>, Refusal> {
    let Choices { choices } = typed(data)?;
    if choices.len() > 25 {
        return Err(bad("data.choices", "Must be 25 or fewer in length."));
    }
    for choice in &choices {
        check_choice(choice).map_err(|error| bad("data.choices", &error.to_string()))?;
    }
    Ok(choices)
}

#[derive(Deserialize)]
struct FormBody {
    custom_id: String,
    title: String,
    components: Vec<Component>,
}

fn form(data: &Value) -> Result<Form, Refusal> {
    let FormBody { custom_id, title, components } = typed(data)?;
    let fits = |text: &str, most| (1..=most).contains(&text.chars().count());
    if !fits(&custom_id, 100) {
        return Err(bad("data.custom_id", "Must be between 1 and 100 in length."));
    }
    if !fits(&title, 45) {
        return Err(bad("data.title", "Must be between 1 and 45 in length."));
    }
    if !(1..=5).contains(&components.len()) {
        return Err(bad("data.components", "Must be between 1 and 5 in length."));
    }
    for (number, component) in components.iter().enumerate() {
        let outcome = match component {
            Component::ActionRow(_) => component_v1(component),
            other => component_v2(other),
        };
        let path = format!("data.components[{number}]");
        outcome.map_err(|error| bad(&path, &error.to_string()))?;
    }
    Ok(Form { custom_id, title, components })
}

fn resource(world: &World, id: InteractionId, kind: InteractionResponseType) -> Answer {
    let known = world.interaction(id).ok_or_else(Refusal::unknown_interaction)?;
    let post = known.original.and_then(|id| world.message(id));
    page(json!({
        "interaction": {
            "id": id, "type": known.kind, "response_message_id": known.original,
            "response_message_loading": known.state == State::Thinking,
            "response_message_ephemeral": post.is_some_and(|post| post.only_for.is_some()),
        },
        "resource": {"type": kind, "message": post.map(|post| message_page(world, post))},
    }))
}
