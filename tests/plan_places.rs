//! One plan of a person who talks to Charley in two places.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::plan::{Due, Plan, What};
use charley::reply::Reply;
use charley::turn::{Conversation, Event, Press, turn};
use jiff::{SignedDuration, Timestamp};

use crate::store::responses;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Somebody, their plan, and what is kept of each place.
struct Person {
    now: Timestamp,
    number: u64,
    plan: Option<Plan>,
    places: [Conversation; 2],
    last: Vec<Reply>,
}

impl Person {
    fn new() -> Self {
        let now = "2026-06-06T10:00:00Z".parse().unwrap();
        Self { now, number: 0, plan: None, places: Default::default(), last: Vec::new() }
    }

    fn happens(&mut self, place: usize, event: &Event) {
        let mut before = self.places[place].clone();
        before.plan = self.plan.take();
        let mut turn = turn(&responses(), before, event);
        self.plan = turn.next.plan.take();
        self.places[place] = turn.next;
        self.last = turn.replies;
    }

    fn at(&mut self, place: usize) -> Address {
        self.number += 1;
        Address { person: PersonId(1), place: PlaceId(u64::try_from(place).unwrap()) }
    }

    fn says(&mut self, place: usize, text: &str) {
        let (from, text) = (self.at(place), text.to_owned());
        let message = Message {
            id: self.number,
            from,
            text,
            at: self.now,
            addressed: true,
            in_public: false,
            within: None,
        };
        self.happens(place, &Event::Said(message));
    }

    fn presses(&mut self, place: usize, choice: &str) {
        let (from, choice) = (self.at(place), choice.to_owned());
        let press = Press { id: self.number, from, choice, at: self.now, in_public: false };
        self.happens(place, &Event::Pressed(press));
    }

    /// Presses what is written so below the last reply.
    fn takes(&mut self, place: usize, label: &str) {
        let mut choices = self.last.iter().flat_map(|reply| &reply.choices);
        let found = choices.find(|choice| choice.label == label);
        let choice = found.unwrap_or_else(|| panic!("no {label} in {:?}", self.last)).id.clone();
        self.presses(place, &choice);
    }

    /// The next check-in comes, where the plan was agreed on.
    fn waits(&mut self) {
        let coming = self.plan.as_ref().unwrap().reminders().into_iter();
        let next = coming.filter(|one| matches!(one.what, What::CheckIn(..))).min().unwrap();
        self.now = next.due;
        self.happens(0, &Event::Due(Due { reminder: next, now: self.now }));
    }

    /// Agrees to a plan in one place.
    fn with_plan() -> Self {
        let mut person = Self::new();
        person.says(0, "my calf cramped in my 10k this morning and its sore now");
        for label in ["None of these", "None of these", "Yes, check on me"] {
            person.takes(0, label);
        }
        person
    }

    fn text(&self) -> String {
        self.last.iter().map(|reply| reply.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn is_held(&self) -> bool {
        self.plan.as_ref().unwrap().is_held()
    }

    /// Agrees to a plan in one place, and tells of a danger sign there.
    fn held() -> Self {
        let mut person = Self::new();
        person.says(
            0,
            "my calf cramped on my run this morning, let go after 30 seconds, no pain since",
        );
        for label in ["None of these", "None of these", "Yes, check on me"] {
            person.takes(0, label);
        }
        person.now += HOUR;
        person.says(0, "my calf is swollen and hot now");
        assert!(person.is_held(), "{}", person.text());
        person
    }
}

#[test]
fn a_card_of_another_place_does_not_hold_a_plan_that_a_doctor_has_cleared() {
    let mut person = Person::held();
    person.now += HOUR * 3;
    person.presses(1, "checked");
    person.takes(1, "None of these");
    assert!(!person.is_held(), "{}", person.text());

    person.presses(0, "plan:status");
    assert!(!person.is_held(), "{}", person.text());
    person.waits();
    assert!(!person.is_held(), "{}", person.text());
    assert!(person.text().contains("How is the leg?"), "{}", person.text());
    person.takes(0, "None of these");
    assert!(person.text().contains("How sore is it"), "{}", person.text());
}

#[test]
fn a_card_of_another_place_holds_a_plan_that_no_doctor_has_cleared() {
    let mut person = Person::held();
    person.now += HOUR * 3;
    person.presses(1, "plan:resume");
    assert!(person.is_held(), "{}", person.text());
    person.presses(0, "plan:status");
    assert!(person.is_held(), "{}", person.text());
}

#[test]
fn a_danger_sign_holds_a_cleared_plan_again_wherever_it_is_told() {
    for place in [0, 1] {
        let mut person = Person::held();
        person.now += HOUR * 3;
        person.presses(1, "checked");
        person.takes(1, "None of these");
        person.now += HOUR;
        person.says(place, "my calf is swollen and hot again");
        assert!(person.is_held(), "{place}: {}", person.text());
    }
}

#[test]
fn a_danger_sign_in_doubt_in_one_place_holds_back_what_comes_next() {
    let mut person = Person::with_plan();
    person.waits();
    person.takes(0, "Yes, or not sure");
    person.waits();
    assert!(person.text().contains("**List 1:**"), "{}", person.text());
    assert!(!person.text().contains("Keep moving"), "{}", person.text());

    // The plan shown elsewhere asks the same, and so does a button of the check-in before.
    person.presses(1, "step:day_1:0:sore:2");
    assert!(person.text().contains("**List 1:**"), "{}", person.text());
    person.presses(0, "answer:rescreen:none");
    assert!(person.text().contains("**List 1:**"), "{}", person.text());
    person.takes(0, "None of these");
    assert!(person.text().contains("How sore is it"), "{}", person.text());
}

#[test]
fn a_cramp_that_is_told_elsewhere_counts_and_its_check_holds_the_plan_back() {
    let mut person = Person::with_plan();
    person.now += HOUR * 20;
    let before = person.plan.as_ref().unwrap().cramp;
    person.says(1, "my calf cramped again on a walk just now");
    let cramp = person.plan.as_ref().unwrap().cramp;
    assert!(cramp > before + HOUR * 12, "{cramp}");
    person.waits();
    assert!(person.text().contains("**List 1:**"), "{}", person.text());
    assert!(!person.text().contains("massage"), "{}", person.text());
}

#[test]
fn a_plan_that_was_declined_can_still_be_had_while_the_check_holds() {
    for (later, begins) in [(HOUR / 60, true), (HOUR, false)] {
        let mut person = Person::new();
        person.says(0, "my calf cramped in my 10k this morning and its sore now");
        for label in ["None of these", "None of these", "No thanks"] {
            person.takes(0, label);
        }
        person.now += later;
        person.presses(0, "answer:plan_offer:yes");
        assert_eq!(person.plan.is_some(), begins, "{}", person.text());
    }
}
