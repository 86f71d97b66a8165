//! A plan of weeks, rehearsed in a minute: the clock goes faster, and all else is as ever.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use local_discord::{MessageId, Seen};

use super::plan::{agrees, direct_channel};
use super::town::Town;

/// Two weeks take a minute.
const SPEED: &str = "20160";

/// The busiest machine has come to the end by then.
const LONGEST: Duration = Duration::from_mins(4);

/// What Ana answers to each question.
const ANSWERS: [(&str, &str); 10] = [
    ("How sore is it", "1"),
    ("Do you walk normally", "Yes"),
    ("Is anything new about the leg", "No"),
    ("Was it comfortable", "Comfortable"),
    ("Which run was it", "The second or later"),
    ("Where are you", "Running easy"),
    ("Do you walk without pain", "Yes"),
    ("Any cramp since", "No"),
    ("Before the next step", "None of these"),
    ("Is any of this happening now", "None of these"),
];

/// The gates of the plan, in their order.
const GATES: [&str; 3] =
    ["gentle massage or a foam roller", "stage 1: an easy walk", "light strength work"];

#[test]
fn two_weeks_of_a_plan_are_rehearsed_in_about_a_minute() {
    let mut town = Town::new();
    let charley = town.charley();
    agrees(&town);
    assert!(charley.stops().success());
    town.set("CLOCK_SPEED", SPEED);
    let _charley = town.charley();
    let begun = Instant::now();
    let dm = direct_channel(&town);
    let mut pressed = BTreeSet::new();
    loop {
        let seen = town.ana.sees(dm);
        if seen.iter().any(|seen| seen.text.contains("You may start light strength work")) {
            break;
        }
        assert!(begun.elapsed() < LONGEST, "{}", told(&seen));
        match seen.iter().rev().find_map(|seen| answer(seen, &pressed)) {
            Some((message, answer)) => {
                pressed.insert(message);
                let on = seen.iter().find(|seen| seen.id == message).unwrap();
                town.pressed(&town.ana, on, answer);
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    let took = begun.elapsed();
    assert!(took > Duration::from_secs(50), "two weeks cannot be over: {took:?}");
    let seen = town.ana.sees(dm);
    let opened = |gate: &&str| seen.iter().position(|seen| seen.text.contains(*gate));
    let places: Vec<usize> = GATES.iter().filter_map(opened).collect();
    assert_eq!(places.len(), GATES.len(), "{}", told(&seen));
    assert!(places.is_sorted(), "{}", told(&seen));
    assert!(!seen.iter().any(|seen| seen.text.contains("I have not heard from you")));
}

/// The first question that can still be answered, and the answer.
fn answer(seen: &Seen, pressed: &BTreeSet<MessageId>) -> Option<(MessageId, &'static str)> {
    let asked = |(question, answer): &&(&str, &'static str)| {
        let offered = seen.buttons.iter().chain(&seen.choices).any(|one| one == answer);
        offered && seen.text.contains(question)
    };
    let (_, answer) = ANSWERS.iter().find(asked).filter(|_| !pressed.contains(&seen.id))?;
    Some((seen.id, answer))
}

fn told(seen: &[Seen]) -> String {
    let lines = seen.iter().map(|seen| format!("{}: {} {:?}", seen.by, seen.text, seen.buttons));
    lines.collect::<Vec<_>>().join("\n---\n")
}

#[test]
fn a_double_press_is_one_press_however_fast_the_clock_goes() {
    let mut town = Town::new();
    town.set("CLOCK_SPEED", SPEED);
    let _charley = town.charley();
    let question = town.ana.says(town.general, "my calf is cramping right now").unwrap();
    let reply = town.reply(&town.ana, question);
    let first = town.ana.presses(reply.id, "Help me privately").unwrap();
    town.ana.presses(reply.id, "Help me privately").unwrap();
    town.answer(&town.ana, first);
    town.is_through();
    town.stays_at(town.general, 2);
}
