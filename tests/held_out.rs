//! The labelled messages that nobody looks at when mending the engine, scored.

use crate::understanding::{Floors, check};

#[test]
fn other_peoples_words_are_understood_as_far_as_measured() {
    check(
        "held_out/chat.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.99,
            first_intent: 0.93,
            setting: 0.91,
            flag_precision: 0.86,
            flag_recall: 0.91,
            urgent_recall: 0.95,
            emergency_recall: 0.93,
        },
    );
    check(
        "held_out/posts.jsonl",
        &Floors {
            relevance_precision: 0.93,
            relevance_recall: 0.99,
            first_intent: 0.91,
            setting: 0.83,
            flag_precision: 0.88,
            flag_recall: 0.89,
            urgent_recall: 0.99,
            emergency_recall: 1.0,
        },
    );
    check(
        "held_out/mixed.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.96,
            first_intent: 0.83,
            setting: 0.82,
            flag_precision: 0.81,
            flag_recall: 0.82,
            urgent_recall: 0.92,
            emergency_recall: 1.0,
        },
    );
    check(
        "held_out/sport.jsonl",
        &Floors {
            relevance_precision: 0.975,
            relevance_recall: 0.99,
            first_intent: 0.88,
            setting: 0.81,
            flag_precision: 0.76,
            flag_recall: 0.765,
            urgent_recall: 0.93,
            emergency_recall: 1.0,
        },
    );
}

#[test]
fn other_peoples_odd_words_are_understood_as_far_as_measured() {
    check(
        "held_out/people.jsonl",
        &Floors {
            relevance_precision: 0.96,
            relevance_recall: 0.93,
            first_intent: 0.87,
            setting: 0.775,
            flag_precision: 0.82,
            flag_recall: 0.71,
            urgent_recall: 0.87,
            emergency_recall: 0.92,
        },
    );
    check(
        "held_out/crowd.jsonl",
        &Floors {
            relevance_precision: 0.94,
            relevance_recall: 0.94,
            first_intent: 0.82,
            setting: 0.835,
            flag_precision: 0.82,
            flag_recall: 0.75,
            urgent_recall: 0.945,
            emergency_recall: 0.92,
        },
    );
    check(
        "held_out/alarms.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.99,
            first_intent: 0.93,
            setting: 0.84,
            flag_precision: 0.82,
            flag_recall: 0.79,
            urgent_recall: 0.89,
            emergency_recall: 0.83,
        },
    );
    check(
        "held_out/askers.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 0.95,
            setting: 0.83,
            flag_precision: 0.87,
            flag_recall: 0.83,
            urgent_recall: 0.92,
            emergency_recall: 0.95,
        },
    );
    check(
        "held_out/questions.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.985,
            first_intent: 0.95,
            setting: 0.83,
            flag_precision: 0.91,
            flag_recall: 0.77,
            urgent_recall: 0.85,
            emergency_recall: 0.84,
        },
    );
    check(
        "held_out/bystanders.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.98,
            first_intent: 0.93,
            setting: 0.83,
            flag_precision: 0.83,
            flag_recall: 0.76,
            urgent_recall: 0.89,
            emergency_recall: 0.83,
        },
    );
    check(
        "held_out/club.jsonl",
        &Floors {
            relevance_precision: 0.975,
            relevance_recall: 0.95,
            first_intent: 0.88,
            setting: 0.84,
            flag_precision: 0.9,
            flag_recall: 0.86,
            urgent_recall: 0.91,
            emergency_recall: 0.93,
        },
    );
}
