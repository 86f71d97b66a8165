//! The labelled messages that nobody looks at when mending the engine, scored.

use crate::understanding::{Floors, check};

#[test]
fn other_peoples_words_are_understood_as_far_as_measured() {
    check(
        "held_out/chat.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.99,
            first_intent: 0.925,
            setting: 0.94,
            flag_precision: 0.83,
            flag_recall: 0.94,
            urgent_recall: 1.0,
            emergency_recall: 1.0,
        },
    );
    check(
        "held_out/posts.jsonl",
        &Floors {
            relevance_precision: 0.945,
            relevance_recall: 0.99,
            first_intent: 0.92,
            setting: 0.85,
            flag_precision: 0.895,
            flag_recall: 0.915,
            urgent_recall: 0.99,
            emergency_recall: 1.0,
        },
    );
    check(
        "held_out/mixed.jsonl",
        &Floors {
            relevance_precision: 0.975,
            relevance_recall: 0.965,
            first_intent: 0.83,
            setting: 0.87,
            flag_precision: 0.81,
            flag_recall: 0.87,
            urgent_recall: 0.915,
            emergency_recall: 1.0,
        },
    );
    check(
        "held_out/sport.jsonl",
        &Floors {
            relevance_precision: 0.965,
            relevance_recall: 0.99,
            first_intent: 0.875,
            setting: 0.83,
            flag_precision: 0.77,
            flag_recall: 0.845,
            urgent_recall: 0.97,
            emergency_recall: 0.9,
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
            first_intent: 0.875,
            setting: 0.82,
            flag_precision: 0.825,
            flag_recall: 0.81,
            urgent_recall: 0.92,
            emergency_recall: 0.99,
        },
    );
    check(
        "held_out/crowd.jsonl",
        &Floors {
            relevance_precision: 0.945,
            relevance_recall: 0.945,
            first_intent: 0.795,
            setting: 0.87,
            flag_precision: 0.86,
            flag_recall: 0.86,
            urgent_recall: 0.975,
            emergency_recall: 0.95,
        },
    );
    check(
        "held_out/alarms.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.99,
            first_intent: 0.93,
            setting: 0.875,
            flag_precision: 0.83,
            flag_recall: 0.87,
            urgent_recall: 0.935,
            emergency_recall: 0.89,
        },
    );
    check(
        "held_out/askers.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 0.95,
            setting: 0.855,
            flag_precision: 0.85,
            flag_recall: 0.865,
            urgent_recall: 0.98,
            emergency_recall: 0.965,
        },
    );
    check(
        "held_out/questions.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.985,
            first_intent: 0.95,
            setting: 0.85,
            flag_precision: 0.885,
            flag_recall: 0.83,
            urgent_recall: 0.87,
            emergency_recall: 0.84,
        },
    );
    check(
        "held_out/bystanders.jsonl",
        &Floors {
            relevance_precision: 0.99,
            relevance_recall: 0.99,
            first_intent: 0.935,
            setting: 0.815,
            flag_precision: 0.78,
            flag_recall: 0.82,
            urgent_recall: 0.95,
            emergency_recall: 0.88,
        },
    );
    check(
        "held_out/club.jsonl",
        &Floors {
            relevance_precision: 0.975,
            relevance_recall: 0.96,
            first_intent: 0.895,
            setting: 0.875,
            flag_precision: 0.885,
            flag_recall: 0.875,
            urgent_recall: 0.91,
            emergency_recall: 0.955,
        },
    );
}

#[test]
fn other_peoples_posts_and_sideways_words_are_understood_as_far_as_measured() {
    check(
        "held_out/boards.jsonl",
        &Floors {
            relevance_precision: 0.955,
            relevance_recall: 0.975,
            first_intent: 0.94,
            setting: 0.8,
            flag_precision: 0.89,
            flag_recall: 0.87,
            urgent_recall: 0.98,
            emergency_recall: 0.955,
        },
    );
    check(
        "held_out/sideways.jsonl",
        &Floors {
            relevance_precision: 0.97,
            relevance_recall: 0.955,
            first_intent: 0.885,
            setting: 0.815,
            flag_precision: 0.84,
            flag_recall: 0.775,
            urgent_recall: 0.89,
            emergency_recall: 0.95,
        },
    );
}
