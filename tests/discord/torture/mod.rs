//! Reminders fall due by the hundred while the program is killed again and again, Discord and the
//! database do their worst, and members go on talking: each reminder and each answer comes once.
//!
//! `TORTURE_KILLS=300 TORTURE_PEOPLE=3000 cargo test torture` takes longer; the figures go to the
//! terminal. `TORTURE_SEED` repeats the same troubles.

mod account;
mod club;
mod trouble;

use std::env;
use std::fmt::Display;
use std::fs;
use std::io::{Write, stderr};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use account::Account;
use club::Club;
use fastrand::Rng;
use local_discord::Limits;
use trouble::Trouble;

use super::town::Charley;

/// How many are due each second while all of it goes on; Charley brings a few more than that.
const EACH_SECOND: u64 = 10;

/// Once in so many lives another process works beside the first.
const TOGETHER: u64 = 6;

/// So often the program is away for longer than Discord knows a repeated message.
const LONG_OUTAGES: u64 = 3;

/// What is left over is brought within so long once all is well again, and within as much as it takes
/// to bring all.
const REST: Duration = Duration::from_mins(2);

#[test]
fn each_reminder_comes_once_whatever_dies() {
    let (kills, people) = (setting("TORTURE_KILLS", 20), setting("TORTURE_PEOPLE", 150));
    let seed = setting("TORTURE_SEED", u64::from(std::process::id()));
    tell(&format_args!("seed {seed}: {people} people, {kills} kills"));

    let mut dice = Rng::with_seed(seed);
    let mut club = Club::of(people);
    club.falls_due(&mut dice, Duration::from_secs(club.reminders() / EACH_SECOND));
    let mut trouble = Trouble::default();
    let (begun, mut killed) = (Instant::now(), 0);
    while killed < kills {
        if killed % (kills / LONG_OUTAGES).max(1) == 1 {
            club.is_away_for_long();
        }
        trouble.is_laid(&club, &mut dice);
        let count = if dice.u64(..TOGETHER) == 0 { 2 } else { 1 };
        let lives: Vec<Charley> = (0..count).map(|_| club.town.start()).collect();
        trouble.happens(&mut club, &mut dice);
        for life in lives {
            life.dies();
            killed += 1;
        }
    }
    let took = begun.elapsed();

    club.town.discord.mend();
    club.town.discord.change(|world| world.limits = Limits::Off);
    let _last = club.town.charley();
    let rest = REST + Duration::from_secs(club.reminders() / EACH_SECOND);
    club.comes_to_rest(rest);
    let account = Account::of(&club, &trouble);
    tell(&format_args!("{killed} kills in {took:.0?}\n{account}"));
    if let Err(fault) = account.is_balanced() {
        let story = Path::new(env!("CARGO_TARGET_TMPDIR")).join("torture.txt");
        fs::write(&story, format!("{:?}\n{}", club.town.discord.story(), club.town.log())).unwrap();
        panic!("{fault}\nwhat happened stands in {}", story.display());
    }
}

fn setting<T: FromStr + Copy>(name: &str, usual: T) -> T {
    let given = env::var(name).ok();
    given.map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name}: {value}?")))
}

/// On the terminal, whatever becomes of the test.
fn tell(what: &dyn Display) {
    // What is written by `eprintln` is kept back while the test goes well.
    let mut terminal = stderr();
    writeln!(terminal, "torture: {what}").unwrap();
}
