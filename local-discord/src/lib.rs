//! A stand-in for Discord on loopback: REST, gateway, scripted members, rate limits and faults.
//!
//! A test builds a [`World`], starts a [`Server`] with it, points a bot at [`Server::url`], lets a
//! [`Member`] talk, and waits with [`Server::until`] for what the bot should do.
//! What Discord refuses is refused here, in Discord's words and with its codes.

pub mod faults;
pub mod journal;
pub mod limits;
pub mod member;
pub mod server;
pub mod world;

mod gateway;
mod page;
mod rest;
mod shared;

pub use faults::{Fault, Target, When};
pub use journal::{Journal, Request};
pub use limits::Limits;
pub use member::{Impossible, Member, Seen};
pub use rest::refusal::Refusal;
pub use server::{Server, Story};
pub use world::{
    ChannelId, CommandId, GuildId, InteractionId, MessageId, RoleId, UserId, Whom, World,
};
