//! What is read depends on what the files say, not on how they are laid out.

use std::path::{Path, PathBuf};

use charley::responses::{Example, Responses};
use charley::understanding::row;
use charley::vocabulary::{Card, Question};
use proptest::prelude::*;
use strum::VariantArray;

use super::{FILES, RESPONSES, cases};

/// Everything that people get to see of a set, and what it makes of some messages.
fn face(responses: &Responses) -> String {
    let texts = |examples: &[Example]| -> Vec<String> {
        examples.iter().map(|example| example.text.clone()).collect()
    };
    let topics = responses.topics.iter().map(|topic| {
        let mut plain = topic.clone();
        let examples = texts(&std::mem::take(&mut plain.examples));
        format!("{plain:?} {examples:?}")
    });
    let flags = responses.flags.iter().map(|flag| {
        let mut plain = flag.clone();
        let examples = texts(&std::mem::take(&mut plain.examples));
        let harmless = texts(&std::mem::take(&mut plain.harmless));
        format!("{plain:?} {examples:?} {harmless:?}")
    });
    let cards = Card::VARIANTS.iter().map(|card| format!("{:?}", responses.card(*card)));
    let questions =
        Question::VARIANTS.iter().map(|question| format!("{:?}", responses.question(*question)));
    let others = [
        format!("{:?}", responses.combinations),
        format!("{:?}", responses.sources),
        format!("{:?}", responses.numbers),
        responses.club.clone(),
    ];
    let read = MESSAGES
        .iter()
        .map(|text| serde_json::to_string(&row(responses, serde_json::Value::Null, text)).unwrap());
    let all = topics.chain(flags).chain(cards).chain(questions).chain(others).chain(read);
    all.collect::<Vec<_>>().join("\n")
}

const MESSAGES: &[&str] = &[
    "calf cramp since 20 minutes, still rock hard and now my chest hurts",
    "no swelling, no redness, just a cramp in my calf every night",
    "my sister's foot goes numb and cold when she runs, what can she do?",
    "does pickle juice work? and how much magnesium should i take",
    "cramos in my calfs at km 30, i am 61 and on statins, pee like cola",
    "if my leg gets swollen should i see a doctor, it was fine yesterday",
];

/// The same file with comments and empty lines, where no text can be cut.
fn with_comments(text: &str) -> String {
    let mut out = "# A remark.\n\n".to_owned();
    let mut in_text = false;
    for line in text.lines() {
        if !in_text && line.contains(" = ") && !line.starts_with([' ', '"', '#']) {
            out.push_str("\n\n# Another one.\n");
        }
        in_text ^= line.matches("\"\"\"").count() % 2 == 1;
        out.push_str(line);
        out.push('\n');
    }
    out + "\n\n# The end.\n"
}

fn changed(change: impl Fn(&Path, &str) -> String) -> Vec<(PathBuf, String)> {
    FILES.iter().map(|(path, text)| (path.clone(), change(path, text))).collect()
}

#[test]
fn the_same_files_give_the_same_set() {
    let again = Responses::parse(&FILES).unwrap();
    assert_eq!(face(&RESPONSES), face(&again));
}

#[test]
fn comments_and_empty_lines_change_nothing() {
    let commented = Responses::parse(&changed(|_, text| with_comments(text))).unwrap();
    assert_eq!(face(&RESPONSES), face(&commented));
}

#[test]
fn files_that_are_written_anew_give_the_same_set() {
    let anew = |_: &Path, text: &str| {
        let table: toml::Table = toml::from_str(text).unwrap();
        toml::to_string(&table).unwrap()
    };
    assert_eq!(face(&RESPONSES), face(&Responses::parse(&changed(anew)).unwrap()));
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn the_order_of_the_files_does_not_matter(files in Just(FILES.clone()).prop_shuffle()) {
        prop_assert_eq!(face(&RESPONSES), face(&Responses::parse(&files).unwrap()));
    }
}
