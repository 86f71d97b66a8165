//! Telling the gateway's sessions what happened.

use serde_json::Value;
use twilight_model::gateway::Intents;
use twilight_model::guild::Permissions;

use super::{ChannelId, World};

impl World {
    /// Tells every session that has one of the intents and may see the place.
    pub(crate) fn emit(
        &mut self,
        event: &'static str,
        intents: Intents,
        at: Option<ChannelId>,
        data: &Value,
    ) {
        self.emit_as(event, intents, at, data, None);
    }

    /// The same, with another wording for sessions without the content intent.
    pub(crate) fn emit_as(
        &mut self,
        event: &'static str,
        intents: Intents,
        at: Option<ChannelId>,
        full: &Value,
        blank: Option<&Value>,
    ) {
        let hidden = at.is_some_and(|at| !self.may(self.bot(), at, Permissions::VIEW_CHANNEL));
        if hidden || self.gateway.has_no_session() {
            return;
        }
        let now = self.now();
        let settings = self.settings.clone();
        let sent = self.gateway.dispatch(event, intents, full, blank, &settings, now);
        sent.into_iter().for_each(|line| self.note(crate::journal::What::Sent(line)));
    }
}
