//! Members talk with the real program over a stand-in for Discord.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test starts the program and reads its log")]

mod about_me;
mod along;
mod buttons;
mod commands;
mod database;
mod discretion;
mod edits;
mod faults;
mod gateway;
mod limits;
mod moderators;
mod page;
mod picture;
mod plan;
mod private;
mod processes;
mod recovery;
mod rehearsal;
mod reminders;
mod secrets;
mod sessions;
mod starts;
mod storage;
mod talk;
mod threads;
mod torture;
mod town;
