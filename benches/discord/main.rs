//! What Charley costs on Discord: a flood of chatter beside others who read the same, and how soon a
//! question is answered. `docs/performance.md` says how it is measured.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::disallowed_methods, reason = "a bench measures time and starts programs")]

mod lateness;
mod process;
mod reader;

#[path = "../understanding/chatter.rs"]
mod chatter;

use std::time::{Duration, Instant};

use local_discord::{ChannelId, Server, World};
use serde_json::{Value, json};

use process::Running;

/// Events of a flood.
const FLOOD: usize = 100_000;

/// Questions whose answers are waited for.
const QUESTIONS: usize = 500;

const TOKEN: &str = "MTIzNDU2.Gabcde.secret";
const LONG: Duration = Duration::from_mins(2);

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some(reader::NAME) {
        return reader::run(&args.next().unwrap());
    }
    println!("a flood of {FLOOD} events of chatter");
    println!("{:<28}{:>12}{:>12}{:>14}{:>14}", "", "CPU s", "to floor", "READY ms", "memory MiB");
    let floor = flood("a bare websocket reader", None, Running::reader);
    flood("Charley", Some(floor), Running::charley);
    match std::env::var("DISCORD_JS") {
        Ok(folder) => drop(flood("discord.js, caches off", Some(floor), |server| {
            Running::discord_js(server, &folder)
        })),
        Err(_) => println!("discord.js: set DISCORD_JS to a folder in which it is installed"),
    }
    answers();
    let late = lateness::lateness();
    println!("from due to sent: median {:.1} ms, p99 {:.1} ms", share(&late, 50), share(&late, 99));
}

/// What so many of a hundred do not exceed.
fn share(sorted: &[f64], percent: usize) -> f64 {
    sorted[sorted.len() * percent / 100]
}

fn town() -> (Server, ChannelId) {
    let mut world = World::new("Charley", TOKEN);
    world.settings.identify_gap = Duration::ZERO;
    let club = world.guild("Riverside Runners");
    let general = world.channel(club, "general");
    (Server::start(world).unwrap(), general)
}

/// Starts a program, floods it, and prints what that cost; gives the CPU time in seconds.
fn flood(name: &str, floor: Option<f64>, start: impl FnOnce(&Server) -> Running) -> f64 {
    let (server, general) = town();
    let started = Instant::now();
    let running = start(&server);
    server.until(World::is_connected, LONG).expect("it connects");
    let ready = started.elapsed();
    let before = running.rests();
    let frames: Vec<Value> = (0..FLOOD).map(|at| event(general, at)).collect();
    server
        .change(|world| frames.iter().for_each(|frame| world.send_event("MESSAGE_CREATE", frame)));
    let cost = running.rests().saturating_sub(before).as_secs_f64();
    let times = floor.map_or(String::new(), |floor| format!("{:.2}", cost / floor));
    let (ready, memory) = (ready.as_millis(), running.memory());
    println!("{name:<28}{cost:>12.2}{times:>12}{ready:>14}{memory:>14.1}");
    cost
}

/// An event as Discord sends it, from one of 300 people, with a text that no other has.
fn event(at: ChannelId, number: usize) -> Value {
    let text = chatter::CHATTER[number % chatter::CHATTER.len()];
    let mut event: Value =
        serde_json::from_str(&chatter::payload(&format!("{text} ({number})"))).unwrap();
    let id = 1_309_876_543_210_000_000 + number as u64;
    event["id"] = json!(id.to_string());
    event["channel_id"] = json!(at);
    event["author"]["id"] = json!((1_009_876_543_210_000_000 + number as u64 % 300).to_string());
    event
}

/// From a member's message to the reply on their screen.
fn answers() {
    let mut world = World::new("Charley", TOKEN);
    world.settings.identify_gap = Duration::ZERO;
    let club = world.guild("Riverside Runners");
    let people: Vec<_> = (0..QUESTIONS).map(|at| world.member(club, &format!("m{at}"))).collect();
    let rooms: Vec<_> = (0..QUESTIONS).map(|at| world.channel(club, &format!("r{at}"))).collect();
    let server = Server::start(world).unwrap();
    let _charley = Running::charley(&server);
    server.until(World::is_connected, LONG).expect("it connects");
    let mut times: Vec<f64> = people
        .iter()
        .zip(&rooms)
        .map(|(person, room)| {
            let asked = Instant::now();
            let member = server.who(*person);
            let question = member.says(*room, "my calf is cramping right now, help").unwrap();
            let reply = |world: &World| world.replies_to(question).next().is_some();
            server.until(reply, LONG).expect("it answers");
            asked.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, p99) = (share(&times, 50), share(&times, 99));
    println!("from message to reply: median {median:.1} ms, p99 {p99:.1} ms");
}
