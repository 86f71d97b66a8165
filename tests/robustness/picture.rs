//! No text keeps a picture from being drawn, and none makes it larger than it may be.

use charley::picture::{Row, State, TALLEST, Timeline, WIDTH, describe, timeline};
use proptest::prelude::*;
use strum::VariantArray;

use super::{cases, in_time};

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,60}",
        "\\PC{0,60}",
        prop::collection::vec(any::<char>(), 0..400).prop_map(String::from_iter),
        "[a-z\u{300}-\u{36f}\u{200b}-\u{202e}\u{5d0}-\u{5ea}\u{621}-\u{64a} ]{0,200}",
        "(x|é|🦵|<b>|&|\n){0,40}".prop_map(|text| text.repeat(100)),
    ]
}

fn any_row() -> impl Strategy<Value = Row> {
    let detail = prop::option::of(any_text());
    (prop::sample::select(State::VARIANTS), any_text(), any_text(), any_text(), detail)
        .prop_map(|(state, word, label, when, detail)| Row { state, word, label, when, detail })
}

fn any_timeline() -> impl Strategy<Value = Timeline> {
    (any_text(), prop::option::of(any_text()), prop::collection::vec(any_row(), 0..20))
        .prop_map(|(title, note, rows)| Timeline { title, note, rows })
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn whatever_it_says_a_timeline_is_drawn_and_told(of in any_timeline()) {
        let drawn = in_time(|| timeline(&of)).unwrap();
        let drawn = tiny_skia::Pixmap::decode_png(&drawn).unwrap();
        prop_assert_eq!(drawn.width(), WIDTH);
        prop_assert!(drawn.height() <= TALLEST, "{}", drawn.height());
        let told = describe(&of);
        prop_assert!(told.lines().count() <= of.rows.len() + 2);
        let words = of.rows.iter().map(|row| row.word.as_str());
        for word in words.filter(|word| word.chars().all(|c| c.is_ascii_alphanumeric())) {
            prop_assert!(told.contains(word));
        }
    }
}
