//! The targets: what each costs, all in one run, so that a busy machine slows both sides of a ratio.

use std::hint::black_box;
use std::time::Duration;

use charley::responses::Responses;
use charley::turn::{Conversation, turn};
use charley::understanding::{Attention, Understanding};
use cpu_time::ThreadTime;

use crate::{growth, hostile, messages, shipped, sound};

/// Rounds of each side of a ratio, turn by turn; the quickest counts.
const ROUNDS: usize = 200;
/// Times each hostile text is read; the quickest counts.
const READS: usize = 5;

/// Measures all targets and prints them as a table.
pub(crate) fn print() {
    let files = shipped();
    let responses = sound(&files);
    let grown = sound(&growth::tenfold(&files));
    let payloads: Vec<String> =
        messages::CRAMPS.iter().map(|text| messages::payload(text)).collect();
    let chat: Vec<String> = messages::CHATTER.iter().map(|text| messages::payload(text)).collect();
    let understands = |set: &Responses, texts: &[&str], attention| {
        for text in texts {
            black_box(Understanding::of(set, black_box(text), attention));
        }
    };
    let parses = |payloads: &[String]| {
        for payload in payloads {
            black_box(messages::parse(black_box(payload)));
        }
    };
    let events: Vec<_> = messages::CRAMPS.iter().map(|text| messages::said(text)).collect();
    let turns = || {
        for event in &events {
            black_box(turn(&responses, Conversation::default(), event));
        }
    };
    let own = || understands(&responses, messages::CRAMPS, Attention::Addressed);
    let overheard = || understands(&responses, messages::CHATTER, Attention::Overheard);
    let large = || understands(&grown, messages::CRAMPS, Attention::Addressed);
    let [message, json, turn, tenfold] = quickest([&own, &|| parses(&payloads), &turns, &large])
        .map(|time| each(time, payloads.len()));
    let [chatter, chat_json] =
        quickest([&overheard, &|| parses(&chat)]).map(|time| each(time, chat.len()));
    println!("\n{:<58}{:>10}{:>10}", "target", "at most", "measured");
    row("a message about a cramp, to serenity's parsing of it", 1.0, message / json);
    row("overheard chatter, to serenity's parsing of it", 0.4, chatter / chat_json);
    row("a message with ten times the responses, to one with these", 1.5, tenfold / message);
    row("the worst of 10,000 hostile texts, to their median per byte", 20.0, worst(&responses));
    row("a whole turn, µs", 20.0, turn);
    row("loading the responses, ms of CPU", 100.0, loading());
    println!("\nparsing {json:.2} µs, understanding {message:.2} µs, chatter {chatter:.2} µs");
}

fn row(what: &str, most: f64, measured: f64) {
    let missed = if measured > most { "  missed" } else { "" };
    println!("{what:<58}{most:>10.1}{measured:>10.2}{missed}");
}

/// The least CPU time that each of some works took, done in turn.
fn quickest<const N: usize>(works: [&dyn Fn(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (work, best) in works.iter().zip(&mut best) {
            *best = cpu(*work).min(*best);
        }
    }
    best
}

fn cpu(work: &dyn Fn()) -> Duration {
    let start = ThreadTime::now();
    work();
    start.elapsed()
}

fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e6 / count as f64
}

fn loading() -> f64 {
    let files = shipped();
    let load = || {
        black_box(Responses::parse(black_box(&files)).is_ok());
    };
    let times = (0..15).map(|_| cpu(&load));
    times.min().unwrap_or_default().as_secs_f64() * 1e3
}

/// What a byte of the worst hostile text costs, to the median.
fn worst(responses: &Responses) -> f64 {
    let topics = responses.topics.iter().flat_map(|topic| &topic.examples);
    let flags = responses.flags.iter().flat_map(|flag| &flag.examples);
    let examples: Vec<&str> = topics.chain(flags).map(|example| example.text.as_str()).collect();
    let texts = hostile::texts(&examples);
    let cost = |text: &String| {
        let read = || {
            black_box(Understanding::of(responses, black_box(text), Attention::Addressed));
        };
        let time = (0..READS).map(|_| cpu(&read)).min().unwrap_or_default();
        time.as_secs_f64() * 1e9 / text.len().max(1) as f64
    };
    let mut costs: Vec<(f64, usize)> = texts.iter().map(cost).zip(0..).collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(median), Some(worst)) = (costs.get(costs.len() / 2), costs.last()) else {
        return 0.0;
    };
    let start: String =
        texts.get(worst.1).map_or_else(String::new, |t| t.chars().take(60).collect());
    println!("\nhostile texts: median {:.1} ns a byte, worst {:.1}: {start:?}", median.0, worst.0);
    worst.0 / median.0
}
