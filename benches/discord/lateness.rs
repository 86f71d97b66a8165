//! How late reminders come while little else goes on.

use std::collections::HashMap;
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use local_discord::{MessageId, Server, UserId, World};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::process::Running;
use crate::{LONG, TOKEN};

/// How many people are reminded, one after the other.
const PEOPLE: usize = 300;

/// Between the times of two.
const APART: Duration = Duration::from_millis(100);

/// The first is due so long after all times are set.
const AHEAD: Duration = Duration::from_secs(4);

/// The first millisecond of Discord's numbers.
const EPOCH: u64 = 1_420_070_400_000;

/// From the time of a reminder to its message, in milliseconds, the earliest first.
pub(crate) fn lateness() -> Vec<f64> {
    let mut world = World::new("Charley", TOKEN);
    world.settings.identify_gap = Duration::ZERO;
    let club = world.guild("Riverside Runners");
    let people: Vec<_> = (0..PEOPLE).map(|at| world.member(club, &format!("m{at}"))).collect();
    let server = Server::start(world).unwrap();
    let charley = Running::charley(&server);
    server.until(World::is_connected, LONG).expect("it connects");
    for person in &people {
        let question = server.who(*person).dms("my calf is cramping right now, help").unwrap();
        let replied = |world: &World| world.replies_to(question).next().is_some();
        server.until(replied, LONG).expect("it answers");
    }

    let due = fall_due(&charley.file("charley.db"), &people);
    thread::sleep(AHEAD + APART * PEOPLE as u32);
    let asked = |world: &World, person: &UserId| {
        let dm = world.dm(*person)?;
        world.by_bot(dm).nth(1).map(|post| post.message.id)
    };
    let all = |world: &World| people.iter().all(|person| asked(world, person).is_some());
    server.until(all, LONG).expect("all are reminded");
    let late = |person: &UserId| {
        let message = server.look(|world| asked(world, person)).unwrap();
        sent(message) - due[person]
    };
    let mut late: Vec<f64> = people.iter().map(late).collect();
    late.sort_by(f64::total_cmp);
    late
}

/// When a message was taken, in milliseconds.
fn sent(message: MessageId) -> f64 {
    ((message.get() >> 22) + EPOCH) as f64
}

/// The first timer of each person falls due, one after the other; when, in milliseconds.
fn fall_due(database: &Path, people: &[UserId]) -> HashMap<UserId, f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut other = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
        let first = Timestamp::now() + AHEAD;
        let mut due = HashMap::new();
        for (number, person) in people.iter().enumerate() {
            let at = first + APART * number as u32;
            let micros = at.as_microsecond();
            let moved = format!(
                "UPDATE reminders SET due = {micros}, next_try = {micros}
                 WHERE person = {person} AND step = 'let_go_3'"
            );
            sqlx::query(AssertSqlSafe(moved)).execute(&mut other).await.unwrap();
            due.insert(*person, micros as f64 / 1_000.0);
        }
        other.close().await.unwrap();
        due
    })
}
