//! What to look for: all phrases of all files, compiled once and found in one pass.
//!
//! Each pattern waits at its rarest part (its anchor). A message's words are looked up once; only
//! where an anchor stands is the rest of its pattern compared, left and right. So ordinary talk
//! costs one look-up a word, and ten times as many phrases cost hardly more.
//!
//! Of the patterns that wait at a message's words most are sifted out unseen: `keys` tells what must
//! stand somewhere in the message, `guard` what must stand near by, and `prefilter` asks both.

pub mod syntax;

mod anchors;
mod builder;
mod duplicates;
mod expressions;
mod forms;
mod gate;
mod grouped;
mod guard;
mod keys;
mod known;
mod lexicon;
mod packed;
mod pattern;
mod prefilter;
mod quantity;
mod reading;
mod set;
mod spelling;
mod waiting;

use std::ops::Range;

use thiserror::Error;

pub use builder::PhraseSetBuilder;
pub use duplicates::MOST_ROWS;
pub use gate::Gate;
pub use lexicon::WordId;
pub use quantity::{Kinds, Quantity};
pub use reading::Reading;
pub use set::PhraseSet;
pub use syntax::SyntaxError;

use builder::MOST_LISTS;

/// Why a phrase cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhraseError {
    /// It is not written as a phrase can be.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It names a word list that does not exist.
    #[error("unknown word list `{0}`")]
    UnknownList(String),
    /// Word lists name each other in a circle.
    #[error("word list `{0}` holds itself")]
    Circle(String),
    /// There are too many word lists.
    #[error("more than {MOST_LISTS} word lists")]
    TooManyLists,
    /// The regular expression is wrong or too large.
    #[error("bad regular expression: {0}")]
    Regex(String),
}

/// A phrase, by the order in which it was added: a find can be traced back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(pub u32);

/// A phrase found in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Who looked for it.
    pub owner: T,
    /// The phrase.
    pub phrase: PhraseId,
    /// The words it was found in.
    pub tokens: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Words;

    fn set(lists: &[(&str, &[&str])], phrases: &[&'static str]) -> PhraseSet<&'static str> {
        let mut builder = PhraseSetBuilder::new(lists.iter().map(|(name, _)| *name)).unwrap();
        for (name, entries) in lists {
            for entry in *entries {
                builder.add_entry(name, entry).unwrap();
            }
        }
        for phrase in phrases {
            builder.add(phrase, *phrase).unwrap();
        }
        builder.build()
    }

    fn hits(set: &PhraseSet<&'static str>, text: &str) -> Vec<(String, &'static str)> {
        let words = Words::of(text);
        let mut reading = set.read(&words);
        let found = set.find(&words, &mut reading);
        let show =
            |f: Found<&'static str>| (words.text()[words.prepared(f.tokens)].to_owned(), f.owner);
        found.into_iter().map(show).collect()
    }

    const LEG: &[(&str, &[&str])] = &[("leg", &["calf", "calves", "lower leg*", "leg*"])];

    #[test]
    fn a_gap_joins_words_within_a_sentence_only() {
        let set = set(LEG, &["{leg} ...3 swollen"]);
        assert_eq!(hits(&set, "my calf is very swollen").len(), 1);
        assert_eq!(hits(&set, "my calf. I am very swollen").len(), 0);
        assert_eq!(hits(&set, "calf is a bit too much swollen").len(), 0);
    }

    #[test]
    fn an_edge_leaves_room_for_fillers_only() {
        let filler: (&str, &[&str]) = ("filler", &["ok", "so", "please", "by the way"]);
        let set = set(&[filler], &["^ why (that|this) $", "^ and why", "why so $"]);
        let found = |text: &str| hits(&set, text).into_iter().map(|hit| hit.1).collect::<Vec<_>>();
        let whole = "^ why (that|this) $";
        for text in ["why that", "ok, so why that?", "by the way why this please"] {
            assert_eq!(found(text), [whole], "{text}");
        }
        for text in ["why that much", "so tell me why that", "way why this"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("so and why not"), ["^ and why"]);
        assert_eq!(found("tell me why so, please"), ["why so $"]);
    }

    #[test]
    fn entries_of_several_words_count_as_one() {
        let set = set(LEG, &["swollen {leg}"]);
        let found = hits(&set, "a swollen lower leg");
        assert!(found.contains(&("swollen lower leg".to_owned(), "swollen {leg}")), "{found:?}");
    }

    #[test]
    fn quantities_stand_for_lists() {
        let set = set(&[], &["locked ...3 {15-min-plus}", "{often}"]);
        assert_eq!(hits(&set, "locked for about 20 mins").len(), 1);
        assert_eq!(hits(&set, "locked for about 2 mins").len(), 0);
        assert_eq!(hits(&set, "every single night").len(), 1);
    }

    #[test]
    fn a_number_is_found_in_a_quantity_too() {
        let set = set(&[], &["locked ...2 km {number}", "{number} km to go", "{distance} in"]);
        assert_eq!(hits(&set, "locked at km 30").len(), 1);
        assert_eq!(hits(&set, "locked with 30 km to go").len(), 1);
        assert_eq!(hits(&set, "30 km in").len(), 1);
    }

    #[test]
    fn typos_and_endings_are_found() {
        let set = set(LEG, &["swoll*", "hamstring"]);
        assert_eq!(hits(&set, "hamstrng swolleeen").len(), 2);
    }

    #[test]
    fn a_regular_expression_reads_the_prepared_text() {
        let set = set(&[], &["/pee (looks )?like (coke|tea)/"]);
        let found = hits(&set, "My PEE looks like tea!");
        assert_eq!(found, [("pee looks like tea".to_owned(), "/pee (looks )?like (coke|tea)/")]);
    }

    #[test]
    fn faults_name_their_cause() {
        let mut builder = PhraseSetBuilder::<u8>::new([]).unwrap();
        let unknown = builder.add("{leg} hurts", 0);
        assert_eq!(unknown, Err(PhraseError::UnknownList("leg".to_owned())));
        assert!(matches!(builder.add("/(/", 0), Err(PhraseError::Regex(_))));
        assert!(matches!(builder.add("/x*/", 0), Err(PhraseError::Regex(_))));
        assert!(matches!(builder.add("/(a{90}){90}/", 0), Err(PhraseError::Regex(_))));
    }
}
