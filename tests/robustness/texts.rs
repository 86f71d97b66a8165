//! No text, whatever is in it, makes Charley fall over or stand still.

use charley::message::{Address, LONGEST_TEXT, Message, PersonId, PlaceId, Words};
use charley::phrases::syntax;
use charley::responses::Responses;
use charley::turn::{Conversation, Event, turn};
use charley::understanding::{Attention, Understanding};
use proptest::prelude::*;

use super::{FILES, RESPONSES, cases, in_time};

/// Any text up to the longest that is read: any characters, signs, numbers and words of the domain.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        3 => any::<char>().prop_map(|c| c.to_string()),
        2 => "[ -~]{1,12}",
        1 => Just("🦵🏽\u{200d}".to_owned()),
        1 => "[.?!,;:'`<>@~*_()\\[\\]|/&%+\n-]{1,4}",
        2 => "[0-9]{1,4}( |:|\\.|,|-)?(km|min|hours|weeks| times a week| am)?",
        4 => known_word(),
    ];
    prop::collection::vec(pieces, 0..1_200)
        .prop_map(|pieces| pieces.concat().chars().take(LONGEST_TEXT).collect())
}

/// A word that many phrases wait for, with a space.
fn known_word() -> impl Strategy<Value = String> {
    let words = "no not if my leg calf cramp swollen numb lower back of the sister without cant walk \
                 every night hours since pain chest blood and or never it is do i";
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    (prop::sample::select(words), prop::sample::select(vec![" ", "", "  ", "\n", "-"]))
        .prop_map(|(word, space)| format!("{word}{space}"))
}

/// A few words of legs and cramps with one letter changed, or a sign within them.
fn slipped_words() -> impl Strategy<Value = String> {
    let words = "Calf calves cramps cramping hamstring spasms charley horse clots thrombosis quads foot \
                 toes shins muscle's knotted ankle lower legs pins and needles";
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    let puts = vec!["", "", "x", "e", "ee", "'", "’", "`", "3", "é", "с", "\u{200d}", "🦵", " "];
    let word =
        (prop::sample::select(words), any::<prop::sample::Index>(), prop::sample::select(puts))
            .prop_map(|(word, place, put)| {
                let at = place.index(word.len());
                let cut = usize::from(put.len() != 1 || put == "x");
                format!("{}{put}{} ", &word[..at], word.get(at + cut..).unwrap_or_default())
            });
    prop::collection::vec(word, 1..4).prop_map(|words| words.concat())
}

/// What the gate does not let pass must hold nothing that it looks for.
fn check_gate(text: &str) -> Result<(), TestCaseError> {
    let passes = RESPONSES.phrases.may_pass(&RESPONSES.gate, text);
    let reading = RESPONSES.phrases.read(&Words::of(text));
    let holds = reading.all_lists() & RESPONSES.lists.of_cramps() != 0;
    prop_assert!(passes || !holds, "{text:?}");
    Ok(())
}

/// Something like a phrase of a response file, right or wrong.
fn any_phrase() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "leg", "swell*", " ", "(", ")", "|", "?", "{", "}", "{leg}", "...", "...4", "~", "~6",
        "*", "/", "can't", "é", "(a b|c)", "(d)?", "9", "99",
    ]);
    prop::collection::vec(pieces, 0..400).prop_map(|pieces| pieces.concat())
}

/// A shipped file with some of it cut out, doubled or replaced.
fn broken_file() -> impl Strategy<Value = (usize, String)> {
    let edit = (any::<prop::sample::Index>(), 0_usize..40, "[ -~\n]{0,12}");
    (0..FILES.len(), prop::collection::vec(edit, 1..6)).prop_map(|(at, edits)| {
        let mut text = FILES[at].1.clone();
        for (place, cut, put) in edits {
            let mut start = place.index(text.len().max(1)).min(text.len());
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + cut).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(start..end, &put);
        }
        (at, text)
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_text_is_understood_as_something(text in any_text()) {
        let said = in_time(|| Understanding::of(&RESPONSES, &text, Attention::Addressed));
        in_time(|| Understanding::of(&RESPONSES, &text, Attention::Overheard));
        for claim in &said.claims {
            prop_assert!(text.get(claim.span.clone()).is_some(), "{:?}", claim.span);
        }
    }

    #[test]
    fn any_text_has_a_turn(text in any_text(), addressed in any::<bool>()) {
        let from = Address { person: PersonId(1), place: PlaceId(2) };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let event = Event::Said(Message { id: 3, from, text, at, addressed, in_public: !addressed, within: None });
        let turn = in_time(|| turn(&RESPONSES, Conversation::default(), &event));
        for reply in &turn.replies {
            prop_assert!(reply.text.chars().count() <= 2_000);
        }
    }

    #[test]
    fn any_phrase_is_read_or_refused(phrase in any_phrase(), text in any_text()) {
        let _ = in_time(|| syntax::patterns(&phrase).map(|choices| choices.numbered().count()));
        let _ = in_time(|| syntax::patterns(&text).map(|choices| choices.numbered().count()));
    }

    #[test]
    fn a_plain_text_stands_as_it_is_prepared(text in "[a-z]{0,3}( (not|am|have|i|is|can|[a-z]{1,7})){0,5}") {
        if Words::is_plain(&text) {
            let words = Words::of(&text);
            let prepared: Vec<&str> = words.tokens().iter().map(|token| words.word(token)).collect();
            prop_assert_eq!(prepared, text.split_ascii_whitespace().collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_passed_over_holds_no_word_of_legs_or_cramps(text in any_text()) {
        check_gate(&text)?;
    }

    #[test]
    fn a_slip_in_a_word_of_legs_or_cramps_is_not_passed_over(text in slipped_words()) {
        check_gate(&text)?;
    }

    #[test]
    fn a_broken_file_is_read_or_refused((at, text) in broken_file()) {
        let path = FILES[at].0.clone();
        let problems = in_time(|| Responses::parse(&[(path, text)])).unwrap_err();
        prop_assert!(!problems.to_string().is_empty());
    }
}

#[test]
fn deep_brackets_are_refused() {
    for phrase in ["(".repeat(4_000), "(a|".repeat(2_000), format!("{}a", "(b ".repeat(2_000))] {
        assert_eq!(syntax::patterns(&phrase).err(), Some(syntax::SyntaxError::TooDeep));
    }
}
