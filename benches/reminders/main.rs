//! What reminders cost: `cargo bench --bench reminders`. [docs/performance.md] says what is measured.
//!
//! A member agrees to a plan in the way members do; that plan is then copied to many others.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench reads its memory and prints what it measured"
)]
#![allow(clippy::unwrap_used, reason = "a bench that cannot begin has nothing to say")]

mod club;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use charley::courier::{Courier, Outgoing, Route};
use charley::scheduler::Scheduler;
use charley::store::{Claim, Store};
use club::Club;
use cpu_time::ProcessTime;
use jiff::ToSpan;

/// How many fall due in one minute.
const DUE: u64 = 10_000;

/// How many are claimed at once, as the scheduler does it.
const BATCH: u32 = 50;

/// How often what is due is claimed; the quickest counts.
const ROUNDS: usize = 20;

/// Takes everything, and keeps nothing.
#[derive(Clone, Default)]
struct Null(Arc<AtomicUsize>);

impl Courier for Null {
    fn carry(&self, outgoing: Outgoing) {
        assert!(!outgoing.reply.text.is_empty());
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    async fn room(&self) {}
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        println!("{:<58}{:>10}{:>10}", "target", "at most", "measured");
        claiming().await;
        bringing().await;
    });
}

/// What is due is claimed beside a thousand that are planned, and beside a million.
async fn claiming() {
    let (few, many) = (Club::of(1_000).await, Club::of(1_000_000).await);
    let (mut best_few, mut best_many) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        best_few = best_few.min(few.claims(round).await);
        best_many = best_many.min(many.claims(round).await);
    }
    let ratio = best_many.as_secs_f64() / best_few.as_secs_f64();
    row("claiming 500 beside 1,000,000 planned, to beside 1,000", 1.5, ratio);
    let (before, after) = (few.memory_of_a_tick().await, many.memory_of_a_tick().await);
    println!("memory of a tick: {before:.1} MiB beside few, {after:.1} MiB beside many");
    let each = |time: Duration| time.as_secs_f64() * 1e6 / 500.0;
    println!("µs of CPU for each: {:.1} and {:.1}", each(best_few), each(best_many));
}

/// Ten thousand fall due in one minute, and are handed over.
async fn bringing() {
    let club = Club::of_people(DUE).await;
    let courier = Null::default();
    let scheduler = Scheduler::new(club.bot(), courier.clone(), Route::Members);
    let memory = resident();
    let (cpu, wall) = (ProcessTime::now(), std::time::Instant::now());
    scheduler.tick(club.due() + 1.minute()).await.unwrap();
    let (cpu, wall) = (cpu.elapsed(), wall.elapsed());
    let brought = courier.0.load(Ordering::Relaxed) as f64;
    println!(
        "{brought} were said in {:.1} s of CPU, {:.1} s",
        cpu.as_secs_f64(),
        wall.as_secs_f64()
    );
    row(
        "µs of CPU to claim, say and hand over a reminder",
        500.0,
        cpu.as_secs_f64() * 1e6 / brought,
    );
    row("MiB of memory that it took", 20.0, resident() - memory);
}

impl Club {
    /// What it takes to claim 500 that are due, of which none is answered.
    async fn claims(&self, round: usize) -> Duration {
        // Each round takes up what the one before had leased.
        let now = self.due() + i64::try_from(round).unwrap().hours();
        let begin = ProcessTime::now();
        for _ in 0..500 / BATCH {
            let claim = Claim { route: Route::Members, due: now, now, most: BATCH };
            assert_eq!(self.store.claim_due(claim).await.unwrap().len(), BATCH as usize);
        }
        begin.elapsed()
    }

    /// By how much memory grows while nothing is due.
    async fn memory_of_a_tick(&self) -> f64 {
        let before = resident();
        let scheduler = Scheduler::new(self.bot(), Null::default(), Route::Members);
        scheduler.tick(self.due() - 1.hour()).await.unwrap();
        resident() - before
    }
}

fn row(what: &str, most: f64, measured: f64) {
    let missed = if measured > most { "  missed" } else { "" };
    println!("{what:<58}{most:>10.1}{measured:>10.2}{missed}");
}

/// The memory of this process, in MiB.
fn resident() -> f64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    let pages: f64 = pages.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096.0 / f64::from(1 << 20)
}
