//! The stand-in, driven by clients that were not written for it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]

mod bot;
mod commands;
mod faults;
mod gateway;
mod interactions;
mod limits;
mod messages;
mod page;
mod places;
mod refusals;
mod second_client;
mod sessions;
mod town;
