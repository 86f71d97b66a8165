//! Charley understands a leg cramp, finds the danger signs and says what helps.

pub mod vocabulary;

pub mod message;
pub mod timestamps;

pub mod phrases;

pub mod classifier;

pub mod responses;

pub mod understanding;

pub mod plan;

pub mod picture;

pub mod triage;

pub mod reply;

pub mod conversation;

pub mod input_line;

pub mod turn;

pub mod proof;

pub mod rehearsal;

pub mod transcript;

pub mod clock;

pub mod courier;

pub mod store;

pub mod channel_ceiling;

pub mod bot;

pub mod reload;

pub mod scheduler;

pub mod config;

pub mod discord;

pub mod terminal;

pub mod cli;
