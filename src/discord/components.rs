//! The components below our messages, which can be pressed, and what becomes of it afterwards.

use serenity::all::{ActionRowComponent, ButtonKind, ChannelId, EditMessage, Message, MessageId};

use super::custom_id::CustomId;
use super::failure::Failure;
use super::rest::{Rest, insist};

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
pub(super) async fn lay_bare(rest: &Rest, channel: ChannelId, pressed: Option<MessageId>) {
    let Some(pressed) = pressed else { return };
    let bare = EditMessage::new().components(Vec::new());
    if let Err(failure) = insist(|| rest.edit(channel, pressed, &bare, None)).await {
        tracing::debug!(%failure, "what was pressed can be pressed again");
    }
}

/// What was pressed goes altogether, as whoever pressed it wishes.
pub(super) async fn take_away(
    rest: &Rest,
    channel: ChannelId,
    pressed: Option<MessageId>,
) -> Result<(), Failure> {
    let Some(pressed) = pressed else { return Ok(()) };
    match insist(|| rest.delete(channel, pressed)).await {
        Err(failure) if failure.may_pass() => Err(failure),
        Err(failure) if failure != Failure::Gone => {
            tracing::warn!(%failure, "a reply that is not wanted cannot be taken back");
            Ok(())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
