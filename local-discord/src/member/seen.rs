//! A message as a person sees it.

use twilight_model::channel::Message;
use twilight_model::channel::message::Component;

use crate::world::message::Post;
use crate::world::{MessageId, UserId};

/// A message on somebody's screen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which one.
    pub id: MessageId,
    /// Who wrote it.
    pub by: String,
    /// Its text, and below it the texts of its embeds.
    pub text: String,
    /// The labels of its buttons that can be pressed.
    pub buttons: Vec<String>,
    /// The labels of the choices in its selects.
    pub choices: Vec<String>,
    /// Whether only they see it.
    pub only_me: bool,
    /// Whether it rang their bell.
    pub pinged: bool,
    /// Whether the bot is still thinking.
    pub thinking: bool,
    /// All of it.
    pub message: Message,
}

impl Seen {
    pub(crate) fn of(post: &Post, who: UserId) -> Self {
        let message = &post.message;
        let parts = super::all(&message.components);
        Self {
            id: message.id,
            by: message.author.name.clone(),
            text: text(message),
            buttons: parts.iter().filter_map(|part| button(part)).collect(),
            choices: parts.iter().flat_map(|part| choices(part)).collect(),
            only_me: post.only_for == Some(who),
            pinged: post.pinged.contains(&who),
            thinking: post.is_thinking(),
            message: message.clone(),
        }
    }
}

fn text(message: &Message) -> String {
    let mut lines = vec![message.content.clone()];
    for embed in &message.embeds {
        lines.extend(embed.title.clone());
        lines.extend(embed.description.clone());
        lines.extend(embed.fields.iter().map(|field| format!("{}: {}", field.name, field.value)));
        lines.extend(embed.footer.as_ref().map(|footer| footer.text.clone()));
    }
    for part in super::all(&message.components) {
        if let Component::TextDisplay(display) = part {
            lines.push(display.content.clone());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn button(component: &Component) -> Option<String> {
    match component {
        Component::Button(button) if !button.disabled => {
            button.label.clone().or(button.custom_id.clone())
        }
        _ => None,
    }
}

fn choices(component: &Component) -> Vec<String> {
    match component {
        Component::SelectMenu(menu) if !menu.disabled => {
            let options = menu.options.as_deref().unwrap_or_default();
            options.iter().map(|option| option.label.clone()).collect()
        }
        _ => Vec::new(),
    }
}
