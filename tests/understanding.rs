//! The labelled messages, scored: floors for each field, emergencies first.

use std::path::Path;

use charley::cli::evaluate::{Scores, parse, score};
use charley::responses::disk;

/// The least that each field must reach on one file.
struct Floors {
    relevance_precision: f64,
    relevance_recall: f64,
    first_intent: f64,
    setting: f64,
    flag_precision: f64,
    flag_recall: f64,
    urgent_recall: f64,
    emergency_recall: f64,
}

fn scores(file: &str) -> Scores {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let responses = disk::load(&root.join("responses")).expect("the shipped responses are sound");
    let path = root.join("tests/understanding").join(file);
    let rows = parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    score(&responses, &rows)
}

fn check(file: &str, floors: &Floors) {
    let s = scores(file);
    let fields = [
        ("relevance precision", s.relevance.precision(), floors.relevance_precision),
        ("relevance recall", s.relevance.recall(), floors.relevance_recall),
        ("first intent", s.intent.accuracy(), floors.first_intent),
        ("setting", s.setting.accuracy(), floors.setting),
        ("red flag precision", s.flags.precision(), floors.flag_precision),
        ("red flag recall", s.flags.recall(), floors.flag_recall),
        ("urgent or worse recall", s.urgent.recall(), floors.urgent_recall),
        ("emergency recall", s.emergency.recall(), floors.emergency_recall),
    ];
    let low: Vec<String> = fields
        .iter()
        .filter(|(_, reached, floor)| reached < floor)
        .map(|(field, reached, floor)| format!("{field} {reached:.3} is under {floor:.3}"))
        .collect();
    assert!(low.is_empty(), "{file}: {}", low.join("; "));
}
