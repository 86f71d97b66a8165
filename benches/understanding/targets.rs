//! The targets: what each costs, all in one run, so that a busy machine slows both sides of a ratio.

use std::hint::black_box;
use std::path::PathBuf;
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
    let of = |texts: &[&str]| -> Vec<String> {
        texts.iter().map(|text| messages::payload(text)).collect()
    };
    let (payloads, chat) = (of(messages::CRAMPS), of(messages::CHATTER));
    let events: Vec<_> = messages::CRAMPS.iter().map(|text| messages::said(text)).collect();
    let turns = || {
        for event in &events {
            black_box(turn(&responses, Conversation::default(), event));
        }
    };
    let own = || understand(&responses, messages::CRAMPS, Attention::Addressed);
    let overheard = || understand(&responses, messages::CHATTER, Attention::Overheard);
    let [message, json, turn] = quickest([&own, &|| parse(&payloads), &turns]);
    let [chatter, chat_json] = quickest([&overheard, &|| parse(&chat)]);
    println!("\n{:<58}{:>10}{:>10}", "target", "at most", "measured");
    row("a message about a cramp, to serenity's parsing of it", 1.0, message / json);
    row("overheard chatter, to serenity's parsing of it", 0.4, chatter / chat_json);
    row("a whole turn, µs", 20.0, turn / events.len() as f64);
    row("loading the responses, ms of CPU", 100.0, loading(&files));
    let hostile = hostility(&responses);
    row("the worst of 10,000 hostile texts, to their median per byte", 20.0, hostile.ratio);
    let grown = sound(&growth::tenfold(&files));
    let large = || understand(&grown, messages::CRAMPS, Attention::Addressed);
    let [message_again, tenfold] = quickest([&own, &large]);
    row("a message with ten times the responses, to one with these", 1.5, tenfold / message_again);
    let each = |time: f64| time / messages::CRAMPS.len() as f64;
    println!("\nµs: parsing {:.2}, understanding {:.2}", each(json), each(message));
    println!("µs: parsing chatter {:.2}, overhearing it {:.2}", each(chat_json), each(chatter));
    println!("{}", hostile.text);
}

fn understand(responses: &Responses, texts: &[&str], attention: Attention) {
    for text in texts {
        black_box(Understanding::of(responses, black_box(text), attention));
    }
}

fn parse(payloads: &[String]) {
    for payload in payloads {
        black_box(messages::parse(black_box(payload)));
    }
}

fn row(what: &str, most: f64, measured: f64) {
    let missed = if measured > most { "  missed" } else { "" };
    println!("{what:<58}{most:>10.1}{measured:>10.2}{missed}");
}

/// The least CPU time that each of some works took, done in turn, in µs.
fn quickest<const N: usize>(works: [&dyn Fn(); N]) -> [f64; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (work, best) in works.iter().zip(&mut best) {
            *best = cpu(*work).min(*best);
        }
    }
    best.map(|time| time.as_secs_f64() * 1e6)
}

fn cpu(work: &dyn Fn()) -> Duration {
    let start = ThreadTime::now();
    work();
    start.elapsed()
}

fn loading(files: &[(PathBuf, String)]) -> f64 {
    let load = || {
        black_box(Responses::parse(black_box(files)).is_ok());
    };
    let times = (0..15).map(|_| cpu(&load));
    times.min().unwrap_or_default().as_secs_f64() * 1e3
}

/// How hostile texts fare.
struct Hostility {
    /// What a byte of the worst costs, to the median.
    ratio: f64,
    /// The same in words.
    text: String,
}

fn hostility(responses: &Responses) -> Hostility {
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
    let mut costs: Vec<(f64, &String)> = texts.iter().map(|text| (cost(text), text)).collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (median, (worst, of)) = (costs[costs.len() / 2].0, costs[costs.len() - 1]);
    let start: String = of.chars().take(60).collect();
    let text = format!("ns a byte: hostile texts {median:.1}, the worst {worst:.1}, {start:?}");
    Hostility { ratio: worst / median, text }
}
