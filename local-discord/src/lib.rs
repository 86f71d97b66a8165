#![doc = include_str!("../README.md")]

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
pub use twilight_model::channel::ChannelType;
pub use twilight_model::guild::Permissions;
pub use world::interaction::State;
pub use world::message::Post;
pub use world::{
    AttachmentId, ChannelId, CommandId, GuildId, InteractionId, MessageId, RoleId, UserId, Whom,
    World,
};
