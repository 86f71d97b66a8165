//! What Discord refuses in a message: twilight's opinion first, then what it leaves open.

use std::collections::BTreeSet;
use std::error::Error;

use serde_json::Value;
use twilight_model::channel::message::component::{ButtonStyle, SelectMenu};
use twilight_model::channel::message::{
    AllowedMentions, Component, Embed, MentionType, MessageFlags,
};
use twilight_validate::message::MessageValidationErrorType as Fault;
use twilight_validate::message::{self as validate, MessageValidationError};

use super::body::MessageBody;
use super::refusal::Refusal;

/// The flags a bot may set.
const SETTABLE: MessageFlags = MessageFlags::SUPPRESS_EMBEDS
    .union(MessageFlags::EPHEMERAL)
    .union(MessageFlags::SUPPRESS_NOTIFICATIONS)
    .union(MessageFlags::IS_COMPONENTS_V2);

/// Checks a message.
pub(crate) fn message(body: &MessageBody) -> Result<(), Refusal> {
    let components = body.components.as_deref().unwrap_or_default();
    let embeds = body.embeds.as_deref().unwrap_or_default();
    validate::content(body.content.as_deref().unwrap_or_default()).map_err(|e| refusal(&e))?;
    validate::embeds(embeds).map_err(|error| refusal(&error))?;
    validate::components(components, body.is_v2()).map_err(|error| refusal(&error))?;
    for file in &body.files {
        validate::attachment_filename(&file.filename).map_err(|error| refusal(&error))?;
    }
    embeds.iter().enumerate().try_for_each(|(number, embed)| no_empty_embed(number, embed))?;
    unique_ids(components)?;
    parts(components, "components")?;
    mentions(body.allowed_mentions.as_ref())?;
    nonce(body.nonce.as_ref())?;
    flags(body)
}

fn refusal(error: &MessageValidationError) -> Refusal {
    let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    match error.kind() {
        Fault::ContentInvalid => {
            let text = "Must be 2000 or fewer in length.";
            Refusal::form("content", "BASE_TYPE_MAX_LENGTH", text)
        }
        Fault::TooManyEmbeds => {
            let text = "Must be 10 or fewer in length.";
            Refusal::form("embeds", "BASE_TYPE_MAX_LENGTH", text)
        }
        Fault::EmbedInvalid { idx, kind } => {
            let text = format!("{text}: {kind:?}");
            Refusal::form(&format!("embeds[{idx}]"), "BASE_TYPE_BAD_LENGTH", &text)
        }
        Fault::ComponentInvalid { idx, kind } => {
            let text = format!("{text}: {kind:?}");
            Refusal::form(&format!("components[{idx}]"), "COMPONENT_INVALID", &text)
        }
        Fault::ComponentCount { .. } => Refusal::form("components", "BASE_TYPE_BAD_LENGTH", &text),
        Fault::AttachmentFilename { .. }
        | Fault::AttachmentTitleTooLarge { .. }
        | Fault::AttachmentDescriptionTooLarge { .. }
        | Fault::AttachmentWaveformTooLarge { .. } => {
            Refusal::form("attachments", "ATTACHMENT_INVALID", &text)
        }
        // twilight may learn more kinds than are named here.
        _ => Refusal::form("body", "INVALID", &text),
    }
}

fn no_empty_embed(number: usize, embed: &Embed) -> Result<(), Refusal> {
    let at = format!("embeds[{number}]");
    let has_text = embed.title.is_some() || embed.description.is_some();
    let has_more = !embed.fields.is_empty() || embed.image.is_some() || embed.author.is_some();
    let has_rest = embed.footer.is_some() || embed.thumbnail.is_some() || embed.url.is_some();
    if !(has_text || has_more || has_rest) {
        return Err(required(&format!("{at}.description")));
    }
    for (index, field) in embed.fields.iter().enumerate() {
        if field.name.trim().is_empty() || field.value.trim().is_empty() {
            return Err(required(&format!("{at}.fields[{index}]")));
        }
    }
    Ok(())
}

fn required(path: &str) -> Refusal {
    Refusal::form(path, "BASE_TYPE_REQUIRED", "This field is required")
}

/// Two components of one message may not have the same id.
fn unique_ids(components: &[Component]) -> Result<(), Refusal> {
    let mut ids = BTreeSet::new();
    for (number, component) in components.iter().enumerate() {
        let mut found = Vec::new();
        custom_ids(component, &mut found);
        for id in found {
            if !ids.insert(id) {
                let text = "Component custom id cannot be duplicated";
                let path = format!("components[{number}]");
                return Err(Refusal::form(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", text));
            }
        }
    }
    Ok(())
}

fn custom_ids<'a>(component: &'a Component, found: &mut Vec<&'a str>) {
    match component {
        Component::Button(button) => found.extend(button.custom_id.as_deref()),
        Component::SelectMenu(select) => found.push(&select.custom_id),
        Component::TextInput(input) => found.push(&input.custom_id),
        other => children(other).iter().for_each(|child| custom_ids(child, found)),
    }
}

/// What is inside a component.
pub(crate) fn children(component: &Component) -> &[Component] {
    match component {
        Component::ActionRow(row) => &row.components,
        Component::Container(container) => &container.components,
        Component::Section(section) => &section.components,
        Component::Label(label) => std::slice::from_ref(&label.component),
        _ => &[],
    }
}

/// What twilight lets through in buttons and selects, and Discord does not.
fn parts(components: &[Component], path: &str) -> Result<(), Refusal> {
    for (number, component) in components.iter().enumerate() {
        let path = format!("{path}[{number}]");
        match component {
            Component::Button(button) => {
                let shown = button.label.as_deref().is_some_and(|label| !label.trim().is_empty());
                let premium = button.style == ButtonStyle::Premium;
                if !shown && button.emoji.is_none() && !premium {
                    return Err(required(&format!("{path}.label")));
                }
                let aim = [&button.custom_id, &button.url].into_iter().flatten().next();
                if !premium && aim.is_none_or(String::is_empty) {
                    return Err(required(&format!("{path}.custom_id")));
                }
            }
            Component::SelectMenu(menu) => select(menu, &path)?,
            other => parts(children(other), &format!("{path}.components"))?,
        }
    }
    Ok(())
}

fn select(menu: &SelectMenu, path: &str) -> Result<(), Refusal> {
    if menu.custom_id.is_empty() {
        return Err(required(&format!("{path}.custom_id")));
    }
    let options = menu.options.as_deref().unwrap_or_default();
    let mut values = BTreeSet::new();
    for (number, option) in options.iter().enumerate() {
        if option.label.trim().is_empty() || option.value.is_empty() {
            return Err(required(&format!("{path}.options[{number}]")));
        }
        if !values.insert(&option.value) {
            let text = "The specified option value is already used";
            let path = format!("{path}.options[{number}].value");
            return Err(Refusal::form(&path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text));
        }
    }
    let most = usize::from(menu.max_values.unwrap_or(1));
    if menu.options.is_some() && most > options.len() {
        let text = "Must be no more than the number of options.";
        return Err(Refusal::form(&format!("{path}.max_values"), "NUMBER_TYPE_MAX", text));
    }
    Ok(())
}

fn mentions(rules: Option<&AllowedMentions>) -> Result<(), Refusal> {
    let Some(rules) = rules else { return Ok(()) };
    let both = |kind, none: bool| rules.parse.contains(&kind) && !none;
    if both(MentionType::Users, rules.users.is_empty())
        || both(MentionType::Roles, rules.roles.is_empty())
    {
        let text = "parse and the list of ids are mutually exclusive";
        let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
        return Err(Refusal::form("allowed_mentions", code, text));
    }
    if rules.users.len() > 100 || rules.roles.len() > 100 {
        let text = "Must be 100 or fewer in length.";
        return Err(Refusal::form("allowed_mentions", "BASE_TYPE_MAX_LENGTH", text));
    }
    Ok(())
}

fn nonce(nonce: Option<&Value>) -> Result<(), Refusal> {
    match nonce {
        None | Some(Value::Number(_)) => Ok(()),
        Some(Value::String(text)) if text.chars().count() <= 25 => Ok(()),
        Some(_) => {
            Err(Refusal::form("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length."))
        }
    }
}

fn flags(body: &MessageBody) -> Result<(), Refusal> {
    let flags = body.flags.unwrap_or(MessageFlags::empty());
    if !SETTABLE.contains(flags) {
        return Err(Refusal::form("flags", "INVALID_FLAGS", "These flags cannot be set"));
    }
    if body.poll.is_some() {
        return Err(Refusal::form("poll", "UNSUPPORTED", "Polls are not played here"));
    }
    let plain = body.content.as_deref().is_some_and(|text| !text.is_empty())
        || body.embeds.as_deref().is_some_and(|embeds| !embeds.is_empty());
    if body.is_v2() && plain {
        let text = "The message cannot have content or embeds with components V2";
        return Err(Refusal::form(
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            text,
        ));
    }
    Ok(())
}
