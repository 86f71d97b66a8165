//! The labelled messages, scored: floors for each field, emergencies first.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the labelled messages")]

use std::collections::BTreeSet;
use std::path::Path;

use charley::cli::evaluate::{Scores, learn, parse, score};
use charley::responses::{Responses, disk};
use charley::understanding::{Attention, Field, Understanding};

/// The least that each field must reach on one file.
pub(super) struct Floors {
    pub(super) relevance_precision: f64,
    pub(super) relevance_recall: f64,
    pub(super) first_intent: f64,
    pub(super) setting: f64,
    pub(super) flag_precision: f64,
    pub(super) flag_recall: f64,
    pub(super) urgent_recall: f64,
    pub(super) emergency_recall: f64,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Responses {
    disk::load(&root().join("responses")).expect("the shipped responses are sound")
}

fn scores(file: &str) -> Scores {
    let responses = shipped();
    let path = root().join("tests/understanding").join(file);
    let rows = parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    score(&responses, &rows)
}

pub(super) fn check(file: &str, floors: &Floors) {
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

#[test]
fn red_flags_are_found_however_they_are_put() {
    check(
        "flags.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.985,
            first_intent: 0.905,
            setting: 0.935,
            flag_precision: 0.955,
            flag_recall: 0.98,
            urgent_recall: 0.985,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn long_posts_are_understood() {
    check(
        "posts.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.99,
            first_intent: 0.935,
            setting: 0.93,
            flag_precision: 0.96,
            flag_recall: 0.975,
            urgent_recall: 0.99,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn everyday_chat_is_understood() {
    check(
        "topics.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.985,
            first_intent: 0.945,
            setting: 0.95,
            flag_precision: 0.665,
            flag_recall: 1.0,
            urgent_recall: 1.0,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn danger_signs_in_chat_are_found() {
    check(
        "chat.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.985,
            first_intent: 0.92,
            setting: 0.96,
            flag_precision: 0.935,
            flag_recall: 0.975,
            urgent_recall: 0.985,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn danger_signs_are_found_in_many_peoples_words() {
    check(
        "signs.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 1.0,
            setting: 1.0,
            flag_precision: 0.92,
            flag_recall: 0.99,
            urgent_recall: 0.99,
            emergency_recall: 0.99,
        },
    );
}

#[test]
fn bystanders_and_long_posts_are_understood() {
    check(
        "voices.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 0.93,
            setting: 0.9,
            flag_precision: 0.895,
            flag_recall: 0.99,
            urgent_recall: 0.99,
            emergency_recall: 0.99,
        },
    );
}

#[test]
fn a_cramp_among_jobs_and_pasts_is_placed() {
    check(
        "tales.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.985,
            first_intent: 1.0,
            setting: 0.9,
            flag_precision: 0.87,
            flag_recall: 0.935,
            urgent_recall: 0.985,
            emergency_recall: 0.99,
        },
    );
}

#[test]
fn letters_to_doctors_and_forums_are_understood() {
    check(
        "letters.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.985,
            first_intent: 0.85,
            setting: 0.855,
            flag_precision: 0.875,
            flag_recall: 0.965,
            urgent_recall: 0.97,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn people_who_tell_things_sideways_are_understood() {
    check(
        "everyone.jsonl",
        &Floors {
            relevance_precision: 0.975,
            relevance_recall: 0.985,
            first_intent: 0.885,
            setting: 0.9,
            flag_precision: 0.86,
            flag_recall: 0.97,
            urgent_recall: 0.98,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn cramps_are_understood_in_odd_words() {
    check(
        "crowd.jsonl",
        &Floors {
            relevance_precision: 0.935,
            relevance_recall: 0.96,
            first_intent: 0.855,
            setting: 0.87,
            flag_precision: 0.86,
            flag_recall: 0.95,
            urgent_recall: 0.96,
            emergency_recall: 0.985,
        },
    );
}

#[test]
fn emergencies_told_sideways_are_found() {
    check(
        "alarms.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.97,
            first_intent: 0.9,
            setting: 0.87,
            flag_precision: 0.865,
            flag_recall: 0.945,
            urgent_recall: 0.965,
            emergency_recall: 0.97,
        },
    );
}

#[test]
fn patients_and_posters_are_understood() {
    check(
        "questions.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.98,
            first_intent: 0.94,
            setting: 0.88,
            flag_precision: 0.89,
            flag_recall: 0.93,
            urgent_recall: 0.92,
            emergency_recall: 0.975,
        },
    );
}

#[test]
fn those_who_ask_for_others_are_understood() {
    check(
        "bystanders.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 0.9,
            setting: 0.86,
            flag_precision: 0.85,
            flag_recall: 0.915,
            urgent_recall: 0.95,
            emergency_recall: 0.97,
        },
    );
}

#[test]
fn a_club_that_jokes_is_understood() {
    check(
        "club.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.985,
            first_intent: 0.92,
            setting: 0.9,
            flag_precision: 0.895,
            flag_recall: 0.94,
            urgent_recall: 0.96,
            emergency_recall: 0.965,
        },
    );
}

/// The tables of `src/classifier/learned` are what `charley learn` makes of these files. A rounding
/// that differs from machine to machine is none of its faults.
#[test]
fn the_tables_of_words_are_learned_from_these_messages() {
    let root = root();
    let mut files: Vec<_> = std::fs::read_dir(root.join("tests/understanding"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    let read = |file| parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let rows: Vec<_> = files.iter().flat_map(read).collect();
    for (field, name, table) in [
        (Field::Relevance, "relevance", "relevance.tsv"),
        (Field::Setting, "setting", "settings.tsv"),
        (Field::Flags, "flags", "flags.tsv"),
    ] {
        let table = format!("src/classifier/learned/{table}");
        let learned = learn(field, &rows);
        let kept = std::fs::read_to_string(root.join(&table)).unwrap();
        let kept: BTreeSet<&str> = kept.lines().collect();
        let same = learned.lines().filter(|line| kept.contains(line)).count();
        assert!(
            same * 100 >= kept.len() * 99 && learned.lines().count() == kept.len(),
            "{same} of {} lines are as they are learned now; run \
             `charley learn {name} tests/understanding/*.jsonl > {table}`",
            kept.len(),
        );
    }
}

#[test]
fn a_word_that_only_begins_like_a_part_of_the_body_is_none() {
    let responses = shipped();
    let is_relevant =
        |text| Understanding::of(&responses, text, Attention::Overheard).is_relevant();
    assert!(is_relevant("can i take magnesium while breastfeeding for night cramps"));
    assert!(is_relevant("breaststroke gives me a cramp every time"));
    assert!(!is_relevant("cramping in my left breast"));
}

#[test]
fn what_says_that_there_is_no_cramp_is_about_none() {
    let responses = shipped();
    let is_relevant =
        |text| Understanding::of(&responses, text, Attention::Overheard).is_relevant();
    for text in [
        "Legs were grand, not one cramp. Which bibs do you wear?",
        "plantar warts on the heel, no cramps or that, mam tried tape",
        "Achilles tendon thick as a thumb and creaky mornings. It does not cramp.",
        "no cramp, more like fizzy ants in both legs of an evening",
    ] {
        assert!(!is_relevant(text), "{text}");
    }
    for text in [
        "it's not a normal cramp, the calf has been hard for hours",
        "no more cramps please, what helps?",
        "not a muscle in my legs that isn't cramping",
        "never had a cramp before, tonight my calf went",
        "no cramp now but the foot is white and cold",
        "what is your trick for not cramping in the last mile",
    ] {
        assert!(is_relevant(text), "{text}");
    }
}

#[test]
fn a_part_of_the_body_that_is_rubbed_with_or_cannot_cramp_takes_no_cramp() {
    let responses = shipped();
    let is_relevant =
        |text| Understanding::of(&responses, text, Attention::Overheard).is_relevant();
    for text in [
        "is it fine to press my knuckles or my thumbs into it while it is still cramping",
        "does a hand massage do anything for a cramp like that or is it a waste",
        "she has a weak heart and a cramp most nights, what may she take",
        "one kidney since birth and cramps every night this month, is magnesium fine",
        "people say the cramp is only in my head, tell that to the left calf",
    ] {
        assert!(is_relevant(text), "{text}");
    }
    for text in [
        "my hand cramps when I write with a thin pen all day, anyone else",
        "a cramp in my kidneys since lunch, or so it feels, bad chicken I suppose",
        "my thumb cramps on the controller after two hours of that game",
    ] {
        assert!(!is_relevant(text), "{text}");
    }
}
