//! What stands below our messages to be pressed, and what becomes of it afterwards.

use serenity::all::{ActionRowComponent, ButtonKind, ChannelId, EditMessage, Message, MessageId};
use serenity::http::Http;

use super::custom_id::CustomId;
use super::rest::{Failure, insist};

/// What can be pressed below a message of ours, as far as it is this person's.
pub(super) fn choices_of(message: &Message, person: u64) -> Vec<String> {
    let components = message.components.iter().flat_map(|row| &row.components);
    let choice = |id: &str| {
        let id = CustomId::read(id).ok().filter(|id| id.of.person.0 == person)?;
        id.choice
    };
    let mut choices = Vec::new();
    for component in components {
        match component {
            ActionRowComponent::Button(button) => match &button.data {
                ButtonKind::NonLink { custom_id, .. } => choices.extend(choice(custom_id)),
                ButtonKind::Link { .. } | ButtonKind::Premium { .. } => {}
            },
            ActionRowComponent::SelectMenu(menu) => {
                choices.extend(menu.options.iter().map(|option| option.value.clone()));
            }
            ActionRowComponent::InputText(_) => {}
            _ => {}
        }
    }
    choices
}

/// What was pressed can be pressed no more. Nothing depends on it.
pub(super) async fn lay_bare(http: &Http, channel: ChannelId, pressed: Option<MessageId>) {
    let Some(pressed) = pressed else { return };
    let bare = || EditMessage::new().components(Vec::new());
    let edited = insist(|| async { channel.edit_message(http, pressed, bare()).await }).await;
    if let Err(failure) = edited {
        tracing::debug!(%failure, "what was pressed can be pressed again");
    }
}

/// What was pressed goes altogether, as whoever pressed it wishes.
pub(super) async fn take_away(
    http: &Http,
    channel: ChannelId,
    pressed: Option<MessageId>,
) -> Result<(), Failure> {
    let Some(pressed) = pressed else { return Ok(()) };
    match insist(|| channel.delete_message(http, pressed)).await {
        Err(failure @ (Failure::Passing(_) | Failure::Slower)) => Err(failure),
        Err(failure) if failure != Failure::Gone => {
            tracing::warn!(%failure, "a reply that is not wanted cannot be taken back");
            Ok(())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
