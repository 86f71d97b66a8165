//! The picture of a recovery plan in the documents is what the program draws.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::fs;
use std::path::Path;

use charley::picture::{Row, State, Timeline, describe, timeline};
use tiny_skia::Pixmap;

/// How far a part of a colour may be off where another machine rounds otherwise.
const ROUNDING: u8 = 3;

fn row(state: State, label: &str, when: &str, detail: Option<&str>) -> Row {
    let (label, when) = (label.to_owned(), when.to_owned());
    let word = format!("{state:?}");
    Row { state, word, label, when, detail: detail.map(str::to_owned) }
}

/// A plan on its third day.
fn third_day() -> Timeline {
    use State::{Done, Moved, Next, Now, Skipped};
    let rows = vec![
        row(Done, "Walk easily, rest of the day easy", "Sunday, 16:30", None),
        row(Skipped, "Ice for 10 minutes, cloth between", "Sunday, 18:30", None),
        row(
            Done,
            "First check",
            "Monday, 16:10",
            Some("Soreness 3 of 10, walking normally. A gentle massage is all right."),
        ),
        row(
            Now,
            "How is it after two days?",
            "Today, 16:10",
            Some("Soreness usually peaks about now. Keep moving gently."),
        ),
        row(
            Moved,
            "Flat, easy walk of 15 to 20 minutes",
            "Thursday, 08:00 instead of Wednesday, 23:10",
            Some("Only if soreness is 2 or less and you do not limp."),
        ),
        row(Next, "Faster walk on the flat", "Friday at the earliest", None),
        row(Next, "Walk on gentle hills", "Saturday at the earliest", None),
        row(
            Next,
            "Easy run: 1 minute jog, 1 minute walk, 8 to 10 times",
            "Sunday at the earliest",
            Some("Stop on any grab."),
        ),
    ];
    let note = "Calf cramp on Sunday, 15 March, 16:10. Each step waits for your leg.";
    Timeline { title: "Your recovery plan".to_owned(), note: Some(note.to_owned()), rows }
}

#[test]
fn the_picture_of_a_plan_is_drawn_as_it_is_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/recovery.png");
    let drawn = timeline(&third_day()).unwrap();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &drawn).unwrap();
    }
    let kept = Pixmap::decode_png(&fs::read(&file).unwrap_or_default());
    let drawn = Pixmap::decode_png(&drawn).unwrap();
    let old = format!("{} is old: BLESS=1 cargo test picture", file.display());
    let kept = kept.unwrap_or_else(|fault| panic!("{fault}: {old}"));
    assert_eq!((kept.width(), kept.height()), (drawn.width(), drawn.height()), "{old}");
    let pairs = kept.data().iter().zip(drawn.data());
    let off = pairs.filter(|(kept, drawn)| kept.abs_diff(**drawn) > ROUNDING).count();
    assert_eq!(off, 0, "{old}");
}

#[test]
fn the_picture_in_words_names_every_step_with_its_state() {
    let told = describe(&third_day());
    let states: Vec<&str> =
        told.lines().skip(2).filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    assert_eq!(states, ["Done", "Skipped", "Done", "Now", "Moved", "Next", "Next", "Next"]);
    assert!(told.contains("Now: How is it after two days? (Today, 16:10). Soreness usually"));
}
