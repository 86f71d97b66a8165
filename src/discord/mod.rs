//! Charley on Discord: the gateway by twilight, everything else by serenity, and the same door as
//! the terminal.

mod about_me;
mod anteroom;
mod backlog;
mod below;
mod catch_up;
mod commands;
mod course;
mod custom_id;
mod delivery;
mod desk;
mod early;
mod failure;
mod first_word;
mod frame;
mod gateway;
mod incoming;
mod interactions;
mod invite;
mod limits;
mod listen;
mod moderators;
mod outgoing;
mod owed;
mod pace;
mod places;
mod post;
mod preflight;
mod progress;
mod reader;
mod recovery;
mod remind;
mod repeats;
mod requests;
mod rest;
mod run;
mod sessions;
mod way;

use std::sync::Arc;

use crate::bot::Bot;
use crate::live::Live;

/// Charley, ready to answer.
pub struct Charley {
    /// The door.
    pub bot: Arc<Bot>,
    /// What one may look up.
    pub lookup: Lookup,
    /// Its response files, as they change.
    pub live: Live,
}

/// What one may look up about a message, in the words of the core.
pub struct Lookup {
    /// How a text is understood.
    pub why: Box<dyn Fn(&str) -> String + Send + Sync>,
}

pub use preflight::{Finding, Verdict, invite, preflight};
pub use run::{RunError, run};
