//! Charley on Discord: the gateway by twilight, everything else by serenity, and the same door as
//! the terminal.

mod about_me;
mod backlog;
mod catch_up;
mod commands;
mod components;
mod custom_id;
mod delivery;
mod dispatcher;
mod dm_check;
mod duplicates;
mod early_acks;
mod failure;
mod frame;
mod gateway;
mod incoming;
mod interactions;
mod invite;
mod listen;
mod moderators;
mod outgoing;
mod preflight;
mod progress;
mod rate_limits;
mod reader;
mod recovery;
mod remind;
mod requests;
mod rest;
mod retry;
mod routing;
mod run;
mod send_queue;
mod session_starts;
mod startup_buffer;
mod throttle;
mod unsaved;
mod way;

use std::sync::Arc;

use crate::bot::Bot;
use crate::reload::Reloader;

/// Charley, ready to answer.
pub struct Charley {
    /// The door.
    pub bot: Arc<Bot>,
    /// What one may look up.
    pub lookup: Lookup,
    /// Its response files, as they change.
    pub live: Reloader,
}

/// What one may look up about a message, in the words of the core.
pub struct Lookup {
    /// How a text is understood.
    pub why: Box<dyn Fn(&str) -> String + Send + Sync>,
}

pub use preflight::{Finding, Verdict, invite, preflight};
pub use run::{RunError, run};
