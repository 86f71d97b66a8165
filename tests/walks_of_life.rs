//! The labelled messages of all walks of life, told sideways, scored.

use crate::understanding::{Floors, check};

#[test]
fn cramps_of_all_walks_of_life_are_understood() {
    check(
        "situations.jsonl",
        &Floors {
            relevance_precision: 0.98,
            relevance_recall: 0.965,
            first_intent: 0.9,
            setting: 0.845,
            flag_precision: 0.91,
            flag_recall: 0.905,
            urgent_recall: 0.93,
            emergency_recall: 0.98,
        },
    );
}

#[test]
fn letters_of_patients_are_understood() {
    check(
        "patients.jsonl",
        &Floors {
            relevance_precision: 0.95,
            relevance_recall: 0.98,
            first_intent: 0.905,
            setting: 0.895,
            flag_precision: 0.885,
            flag_recall: 0.935,
            urgent_recall: 0.97,
            emergency_recall: 0.99,
        },
    );
}

#[test]
fn people_of_many_countries_and_ages_are_understood() {
    check(
        "worldwide.jsonl",
        &Floors {
            relevance_precision: 0.965,
            relevance_recall: 0.97,
            first_intent: 0.9,
            setting: 0.855,
            flag_precision: 0.895,
            flag_recall: 0.9,
            urgent_recall: 0.93,
            emergency_recall: 0.97,
        },
    );
}

#[test]
fn posts_on_boards_are_understood() {
    check(
        "boards.jsonl",
        &Floors {
            relevance_precision: 0.97,
            relevance_recall: 0.985,
            first_intent: 0.955,
            setting: 0.88,
            flag_precision: 0.925,
            flag_recall: 0.94,
            urgent_recall: 0.975,
            emergency_recall: 0.99,
        },
    );
}

#[test]
fn danger_signs_told_sideways_are_found() {
    check(
        "sideways.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.96,
            first_intent: 0.895,
            setting: 0.845,
            flag_precision: 0.88,
            flag_recall: 0.87,
            urgent_recall: 0.91,
            emergency_recall: 0.97,
        },
    );
}

#[test]
fn what_is_no_leg_cramp_is_told_from_what_is() {
    check(
        "near_misses.jsonl",
        &Floors {
            relevance_precision: 0.88,
            relevance_recall: 0.94,
            first_intent: 0.91,
            setting: 0.845,
            flag_precision: 0.9,
            flag_recall: 0.905,
            urgent_recall: 0.935,
            emergency_recall: 0.945,
        },
    );
}

#[test]
fn ordinary_cramps_raise_no_alarm() {
    check(
        "ordinary.jsonl",
        &Floors {
            relevance_precision: 0.985,
            relevance_recall: 0.98,
            first_intent: 0.905,
            setting: 0.875,
            flag_precision: 0.79,
            flag_recall: 0.915,
            urgent_recall: 0.99,
            emergency_recall: 0.99,
        },
    );
}
