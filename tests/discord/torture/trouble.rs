//! What goes wrong, by the dice.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

use fastrand::Rng;
use local_discord::{Fault, Limits, Refusal, Target, When};

use super::club::Club;

/// Requests that suffer: new messages, opening a direct channel, looking at what is there, answers of
/// any kind.
const ROUTES: [(&str, &str); 4] = [
    ("POST", "/channels/*/messages"),
    ("POST", "/users/@me/channels"),
    ("GET", "/channels/*/messages"),
    ("GET", "/gateway/bot"),
];

/// What happened, how often.
#[derive(Debug, Default)]
pub(super) struct Trouble(BTreeMap<&'static str, usize>);

impl Trouble {
    /// Before a start: requests that will go wrong, and how strict Discord is.
    pub(super) fn is_laid(&mut self, club: &Club, dice: &mut Rng) {
        let discord = &club.town.discord;
        discord.mend();
        for _ in 0..dice.usize(..4) {
            let (method, path) = ROUTES[dice.usize(..ROUTES.len())];
            let when = if dice.bool() { When::Before } else { When::After };
            let (name, fault) = fault(dice);
            let (spare, times) = (dice.usize(..10), dice.usize(1..4));
            discord.faults(Target::route(method, path), when, fault, spare, times);
            self.counts(name);
        }
        let strict = dice.u8(..4) == 0;
        let limits = Limits::Messages(2, Duration::from_secs(1));
        discord.change(|world| world.limits = if strict { limits } else { Limits::Off });
        if strict {
            self.counts("429 by channel");
        }
        if dice.u8(..6) == 0 {
            discord.change(local_discord::World::forget_sessions);
            self.counts("session forgotten");
        }
    }

    /// During a life, which ends at any moment: before it has begun, or seconds later.
    pub(super) fn happens(&mut self, club: &mut Club, dice: &mut Rng) {
        let life = match dice.u8(..4) {
            0 => Duration::from_millis(dice.u64(..600)),
            _ => Duration::from_millis(dice.u64(600..3000)),
        };
        let moments = dice.u32(1..4);
        for _ in 0..moments {
            sleep((life / moments).mul_f64(0.5 + dice.f64() / 2.0));
            match dice.u8(..4) {
                0 => self.gateway(club, dice),
                1 => self.database(club, dice),
                _ => club.asks(dice),
            }
        }
    }

    fn gateway(&mut self, club: &Club, dice: &mut Rng) {
        let pick = dice.u8(..7);
        let name = club.town.discord.change(|world| match pick {
            0 => (world.drop_gateway(), "gateway cut").1,
            1 => (world.close_gateway(4000), "gateway closed").1,
            2 => (world.invalidate_session(true), "session invalid").1,
            3 => (world.invalidate_session(false), "session gone").1,
            4 => (world.ask_to_reconnect(), "asked to reconnect").1,
            5 => (world.double_events(5), "events doubled").1,
            _ => {
                world.refuse_gateway(Duration::from_millis(500));
                world.drop_gateway();
                "gateway refused"
            }
        });
        self.counts(name);
    }

    /// Somebody else has the database for themselves.
    fn database(&mut self, club: &Club, dice: &mut Rng) {
        let mut database = club.town.database();
        database.does("BEGIN IMMEDIATE");
        let long = dice.u8(..8) == 0;
        sleep(Duration::from_millis(dice.u64(if long { 5000..7000 } else { 50..1500 })));
        database.does("COMMIT");
        self.counts("database locked");
    }

    fn counts(&mut self, name: &'static str) {
        *self.0.entry(name).or_default() += 1;
    }

    /// How often each thing happened.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().map(|(name, count)| (*name, *count))
    }
}

fn fault(dice: &mut Rng) -> (&'static str, Fault) {
    match dice.u8(..6) {
        0 => ("status 500", Fault::Status(500)),
        1 => ("status 503", Fault::Status(503)),
        2 => ("a proxy's 502", Fault::Html(502)),
        3 => ("429", Fault::Refuse(Refusal::new(429, 0, "slower"))),
        4 => ("connection cut", Fault::Drop),
        _ => ("no answer for seconds", Fault::Stall(Duration::from_millis(dice.u64(500..4000)))),
    }
}
