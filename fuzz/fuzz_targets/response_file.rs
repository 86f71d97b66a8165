//! Any text as a response file of any kind: it is read, or every fault of it has a place.
#![no_main]

use std::path::PathBuf;

use charley::responses::Responses;
use libfuzzer_sys::fuzz_target;

const PATHS: [&str; 8] = [
    "topics/cause.toml",
    "red_flags/swelling.toml",
    "cards/relief.toml",
    "questions/check.toml",
    "words/leg.toml",
    "combinations.toml",
    "facts.toml",
    "context.toml",
];

fuzz_target!(|file: (u8, String)| {
    let (kind, text) = file;
    let Some(path) = PATHS.get(usize::from(kind) % PATHS.len()) else { return };
    let files = [(PathBuf::from(path), text)];
    if let Err(problems) = Responses::parse(&files) {
        assert!(!problems.to_string().is_empty());
    }
});
