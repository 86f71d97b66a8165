//! Serves a club on a fixed port of loopback, as a playground for a bot.

fn main() {}
