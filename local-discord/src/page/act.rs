//! What a person does on the page.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::member::{Impossible, Member};
use crate::world::{ChannelId, InteractionId, MessageId, UserId};

/// Who does what.
#[derive(Deserialize)]
pub(super) struct Act {
    pub(super) who: UserId,
    #[serde(flatten)]
    deed: Deed,
}

#[derive(Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
enum Deed {
    Say { at: ChannelId, text: String },
    Dm { text: String },
    Reply { message: MessageId, text: String },
    Edit { message: MessageId, text: String },
    Delete { message: MessageId },
    Press { message: MessageId, which: String },
    Select { message: MessageId, choices: Vec<String> },
    Run { at: ChannelId, name: String, options: BTreeMap<String, Value> },
    Menu { message: MessageId, name: String },
    Fill { interaction: InteractionId, fields: BTreeMap<String, String> },
}

impl Act {
    pub(super) fn perform(self, member: &Member) -> Result<(), Impossible> {
        match self.deed {
            Deed::Say { at, text } => member.says(at, &text).map(drop),
            Deed::Dm { text } => member.dms(&text).map(drop),
            Deed::Reply { message, text } => member.replies(message, &text).map(drop),
            Deed::Edit { message, text } => member.edits(message, &text),
            Deed::Delete { message } => member.deletes(message),
            Deed::Press { message, which } => member.presses(message, &which).map(drop),
            Deed::Select { message, choices } => {
                let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
                member.selects(message, &choices).map(drop)
            }
            Deed::Run { at, name, options } => {
                let options: Vec<(&str, Value)> =
                    options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                member.runs(at, &name, &options).map(drop)
            }
            Deed::Menu { message, name } => member.uses(&name, message).map(drop),
            Deed::Fill { interaction, fields } => {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
                member.fills(interaction, &fields).map(drop)
            }
        }
    }
}
