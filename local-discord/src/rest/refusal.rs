//! Refusals in Discord's shape: a status, a code, a message, and for bodies a tree of errors.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's code.
    pub code: u32,
    /// Discord's words.
    pub message: String,
    /// What is wrong with which part of the body.
    pub errors: Value,
}

impl Refusal {
    /// A refusal without a tree of errors.
    #[must_use]
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.into(), errors: Value::Null }
    }

    /// A body that is not as it must be; `path` is as in `embeds[0].title`.
    #[must_use]
    pub fn form(path: &str, code: &str, message: &str) -> Self {
        let leaf = json!({"_errors": [{"code": code, "message": message}]});
        let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
        let errors = parts.rev().fold(leaf, |inner, part| json!({part: inner}));
        Self { errors, ..Self::new(400, 50035, "Invalid Form Body") }
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_guild() -> Self {
        Self::new(404, 10004, "Unknown Guild")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10013, "Unknown User")
    }

    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10062, "Unknown interaction")
    }

    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10063, "Unknown application command")
    }

    pub(crate) fn answered_already() -> Self {
        Self::new(400, 40060, "Interaction has already been acknowledged.")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn not_own_message() -> Self {
        Self::new(403, 50005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn empty_message() -> Self {
        Self::new(400, 50006, "Cannot send an empty message")
    }

    pub(crate) fn closed_dm() -> Self {
        Self::new(403, 50007, "Cannot send messages to this user")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn spent_token() -> Self {
        Self::new(401, 50027, "Invalid Webhook Token")
    }

    pub(crate) fn archived_thread() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn no_shared_guild() -> Self {
        let text = "Cannot send messages to this user due to having no mutual guilds";
        Self::new(403, 50278, text)
    }

    pub(crate) fn too_many_dms() -> Self {
        Self::new(403, 40003, "You are opening direct messages too fast")
    }

    pub(crate) fn no_history() -> Self {
        Self::new(400, 160_002, "Cannot reply without permission to read message history")
    }

    pub(crate) fn bad_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    pub(crate) fn page(&self) -> Value {
        let mut page = json!({"code": self.code, "message": self.message});
        if !self.errors.is_null() {
            page["errors"] = self.errors.clone();
        }
        page
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
