//! The body of a message, as a bot sends it.

use serde::Deserialize;
use serde_json::{Value, json};
use twilight_model::channel::Attachment;
use twilight_model::channel::message::{
    AllowedMentions, Component, Embed, MessageFlags, MessageReference,
};

use super::ask::{Ask, File, typed};
use super::check;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::message::{Draft, Edit};

/// A message as it is sent: to a channel, as an answer, or as an edit.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MessageBody {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Embed>>,
    pub(crate) components: Option<Vec<Component>>,
    pub(crate) allowed_mentions: Option<AllowedMentions>,
    pub(crate) attachments: Option<Vec<Value>>,
    pub(crate) flags: Option<MessageFlags>,
    pub(crate) message_reference: Option<MessageReference>,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
    pub(crate) sticker_ids: Option<Vec<Value>>,
    pub(crate) poll: Option<Value>,
    #[serde(skip)]
    pub(crate) files: Vec<Attachment>,
}

impl MessageBody {
    /// Reads and checks the body of a request.
    pub(crate) fn read(world: &mut World, ask: &Ask) -> Result<Self, Refusal> {
        Self::of(world, &ask.body, &ask.files)
    }

    /// Reads and checks a body.
    pub(crate) fn of(world: &mut World, body: &Value, files: &[File]) -> Result<Self, Refusal> {
        let mut body = body.clone();
        if body.is_null() {
            body = json!({});
        }
        for embed in body["embeds"].as_array_mut().into_iter().flatten() {
            if embed.get("type").is_none() {
                embed["type"] = json!("rich");
            }
        }
        let mut body: Self = typed(&body)?;
        body.files = files.iter().map(|file| attachment(world, file)).collect();
        body.describe_files();
        check::message(&body)?;
        Ok(body)
    }

    /// What the list of attachments says of each file, by its number.
    fn describe_files(&mut self) {
        for told in self.attachments.iter().flatten() {
            let number = told["id"].as_u64().or_else(|| told["id"].as_str()?.parse().ok());
            let number = number.and_then(|number| usize::try_from(number).ok());
            if let Some(file) = number.and_then(|number| self.files.get_mut(number)) {
                file.description = told["description"].as_str().map(ToOwned::to_owned);
            }
        }
    }

    pub(crate) fn is_v2(&self) -> bool {
        self.flags.is_some_and(|flags| flags.contains(MessageFlags::IS_COMPONENTS_V2))
    }

    /// Whether it says nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.as_deref().unwrap_or_default().trim().is_empty()
            && self.embeds.as_deref().unwrap_or_default().is_empty()
            && self.components.as_deref().unwrap_or_default().is_empty()
            && self.sticker_ids.as_deref().unwrap_or_default().is_empty()
            && self.files.is_empty()
            && self.attachments.as_deref().unwrap_or_default().is_empty()
    }

    pub(crate) fn draft(self) -> Draft {
        Draft {
            text: self.content.unwrap_or_default(),
            embeds: self.embeds.unwrap_or_default(),
            components: self.components.unwrap_or_default(),
            attachments: self.files,
            flags: self.flags,
            reference: self.message_reference,
            allowed: self.allowed_mentions,
            ..Draft::default()
        }
    }

    /// What it changes, given which parts the request names: a part that is null is emptied.
    pub(crate) fn edit(self, body: &Value) -> Edit {
        let named = |key: &str| body.get(key).is_some();
        let files = named("attachments") || !self.files.is_empty();
        Edit {
            text: named("content").then(|| self.content.unwrap_or_default()),
            embeds: named("embeds").then(|| self.embeds.unwrap_or_default()),
            components: named("components").then(|| self.components.unwrap_or_default()),
            attachments: files.then_some(self.files),
            flags: self.flags,
            allowed: self.allowed_mentions,
        }
    }
}

fn attachment(world: &mut World, file: &File) -> Attachment {
    let id = world.id();
    world.files.insert(id, file.bytes.clone());
    let url = format!("http://127.0.0.1:{}/attachments/{id}/{}", world.port, file.name);
    Attachment {
        content_type: None,
        ephemeral: false,
        duration_secs: None,
        filename: file.name.clone(),
        flags: None,
        description: None,
        height: None,
        id,
        placeholder: None,
        placeholder_version: None,
        proxy_url: url.clone(),
        size: file.bytes.len() as u64,
        title: None,
        url,
        waveform: None,
        width: None,
    }
}
