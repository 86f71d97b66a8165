//! Serves a club on a fixed port of loopback, as a playground for a bot.

use std::env;
use std::io;
use std::thread;

use local_discord::{Server, World};

const PORT: u16 = 8137;
const TOKEN: &str = "MTIz.local.playground";

fn main() -> io::Result<()> {
    let port = match env::args().nth(1).map(|word| word.parse()) {
        None => PORT,
        Some(Ok(port)) => port,
        Some(Err(_)) => return Err(io::Error::other("usage: local-discord [PORT]")),
    };
    let server = Server::start_on(port, club())?;
    println!("Page:  {}/", server.url());
    println!("REST:  {} (in place of https://discord.com)", server.url());
    println!("Token: {TOKEN}");
    println!("Stop it with Ctrl-C.");
    loop {
        thread::park();
    }
}

fn club() -> World {
    let mut world = World::new("Charley", TOKEN);
    let club = world.guild("Riverside Runners");
    for name in ["general", "training", "injuries"] {
        world.channel(club, name);
    }
    for name in ["Ana", "Ben", "Cleo"] {
        world.member(club, name);
    }
    world
}
