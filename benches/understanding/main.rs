//! How fast Charley understands: `cargo bench`. [docs/performance.md] says what is measured.
//!
//! First each part by itself, then the targets, all measured in one run.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench reads its arguments and prints what it measured"
)]
#![allow(clippy::unwrap_used, reason = "a bench that cannot begin has nothing to say")]

mod chatter;
mod growth;
mod hostile;
mod messages;
mod targets;

use std::path::{Path, PathBuf};

use charley::message::Words;
use charley::responses::{Responses, disk};
use charley::turn::{Conversation, turn};
use charley::understanding::{Attention, Understanding};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
    // Whoever names a bench, or asks for less, wants no targets.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    if arguments.next().is_none() {
        targets::print();
    }
}

/// The texts of the shipped response files.
fn shipped() -> Vec<(PathBuf, String)> {
    disk::texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("responses"), "toml").unwrap()
}

fn responses() -> Responses {
    sound(&shipped())
}

/// The set of some files, which are sound.
fn sound(files: &[(PathBuf, String)]) -> Responses {
    Responses::parse(files).unwrap_or_else(|problems| {
        let problems = problems.to_string();
        panic!("{}", problems.lines().take(20).collect::<Vec<_>>().join("\n"))
    })
}

#[divan::bench]
fn a_message_about_a_cramp(bencher: Bencher<'_, '_>) {
    let responses = responses();
    bencher.bench(|| {
        for text in messages::CRAMPS {
            black_box(Understanding::of(&responses, black_box(text), Attention::Addressed));
        }
    });
}

#[divan::bench]
fn overheard_chatter(bencher: Bencher<'_, '_>) {
    let responses = responses();
    bencher.bench(|| {
        for text in messages::CHATTER {
            black_box(Understanding::of(&responses, black_box(text), Attention::Overheard));
        }
    });
}

#[divan::bench]
fn words_of_a_message(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        for text in messages::CRAMPS {
            black_box(Words::of(black_box(text)));
        }
    });
}

#[divan::bench]
fn finding_phrases(bencher: Bencher<'_, '_>) {
    let responses = responses();
    let words: Vec<Words> = messages::CRAMPS.iter().map(|text| Words::of(text)).collect();
    bencher.bench(|| {
        for words in &words {
            let mut reading = responses.phrases.read(words);
            black_box(responses.phrases.find(words, &mut reading));
        }
    });
}

#[divan::bench]
fn scoring_topics(bencher: Bencher<'_, '_>) {
    let responses = responses();
    let words = messages::CRAMPS.iter().map(|text| Words::of(text));
    let read: Vec<_> = words.map(|words| (responses.phrases.read(&words), words)).collect();
    bencher.bench(|| {
        for (reading, words) in &read {
            let numbers = responses.classifier.numbers(words, &reading.words);
            black_box(responses.classifier.scores(&numbers, 0..words.tokens().len()));
        }
    });
}

#[divan::bench]
fn a_whole_turn(bencher: Bencher<'_, '_>) {
    let responses = responses();
    let events: Vec<_> = messages::CRAMPS.iter().map(|text| messages::said(text)).collect();
    bencher.bench(|| {
        for event in &events {
            black_box(turn(&responses, Conversation::default(), event));
        }
    });
}

#[divan::bench]
fn serenity_parses_a_message(bencher: Bencher<'_, '_>) {
    let payloads: Vec<String> =
        messages::CRAMPS.iter().map(|text| messages::payload(text)).collect();
    bencher.bench(|| {
        for payload in &payloads {
            black_box(messages::parse(black_box(payload)));
        }
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn loading_the_responses(bencher: Bencher<'_, '_>) {
    let files = shipped();
    bencher.bench(|| black_box(Responses::parse(black_box(&files)).is_ok()));
}
