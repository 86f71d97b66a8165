//! How fast the picture of a plan is drawn, and a zone found: `cargo bench --bench picture`.
//!
//! Last, the CPU time of the same, which a busy machine does not lengthen.
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::Duration;

use charley::picture::{Row, State, Timeline, describe, timeline};
use charley::plan::zone::search;
use cpu_time::ThreadTime;
use divan::{Bencher, black_box};

/// Of so many rounds the quickest counts.
const ROUNDS: usize = 20;

fn main() {
    divan::main();
    let (usual, largest) = (of(8, ""), of(200, &"endless words ".repeat(1_000)));
    println!("CPU of a usual plan: {:?}", quickest(|| timeline(&usual)));
    println!("CPU of the largest picture: {:?}", quickest(|| timeline(&largest)));
    for words in ["berl", "amsterdm", "us/pac"] {
        println!("CPU of a zone, `{words}`: {:?}", quickest(|| search(words, 25)));
    }
}

fn quickest<T>(work: impl Fn() -> T) -> Duration {
    let round = || {
        let start = ThreadTime::now();
        black_box(work());
        start.elapsed()
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}

fn of(rows: usize, text: &str) -> Timeline {
    let row = |place: usize| Row {
        state: if place < 3 { State::Done } else { State::Next },
        word: if place < 3 { "Done" } else { "Next" }.to_owned(),
        label: format!("Flat, easy walk {text}"),
        when: "Thursday, 08:00".to_owned(),
        detail: Some(format!("Only if soreness is 2 or less and you do not limp. {text}")),
    };
    let note = Some("Calf cramp on Sunday, 15 March, 16:10.".to_owned());
    Timeline { title: "Your recovery plan".to_owned(), note, rows: (0..rows).map(row).collect() }
}

#[divan::bench]
fn a_plan_of_eight_steps(bencher: Bencher<'_, '_>) {
    let timeline_of = of(8, "");
    bencher.bench(|| timeline(black_box(&timeline_of)));
}

#[divan::bench]
fn a_plan_of_two_hundred_steps_with_endless_texts(bencher: Bencher<'_, '_>) {
    let timeline_of = of(200, &"endless words ".repeat(1_000));
    bencher.bench(|| timeline(black_box(&timeline_of)));
}

#[divan::bench]
fn a_plan_in_words(bencher: Bencher<'_, '_>) {
    let timeline_of = of(8, "");
    bencher.bench(|| describe(black_box(&timeline_of)));
}

#[divan::bench(args = ["berl", "amsterdm", "us/pac"])]
fn a_zone(words: &str) -> usize {
    search(black_box(words), 25).len()
}
