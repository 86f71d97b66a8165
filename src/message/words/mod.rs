//! A text prepared once: plain lower-case words with their place in the original, cut into
//! clauses and sentences. Everything later reads this and never the text again.

mod forms;
mod reader;

use std::ops::Range;

use super::{LONGEST_TEXT, fold};
pub use forms::MADE_WORDS;
use reader::Reader;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// A space.
    #[default]
    Space,
    /// A comma or a bracket: a list goes on, or a clause begins.
    Comma,
    /// A semicolon, colon, dash or three dots: a clause begins.
    Clause,
    /// A full stop, question mark, exclamation mark or line end.
    Sentence,
}

/// One prepared word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    start: u32,
    end: u32,
    source_start: u32,
    source_end: u32,
    /// What stands before it.
    pub boundary: Boundary,
    /// Whether a letter was drawn out ("sooo"); two of it are kept.
    pub drawn_out: bool,
}

/// A run of words up to a full stop, question mark, exclamation mark or line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens in it.
    pub tokens: Range<usize>,
    /// Whether it ends with a question mark.
    pub asks: bool,
    /// Whether it ends with more than one exclamation mark.
    pub cries: bool,
}

/// A prepared text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

impl Words {
    /// Prepares a text; only its first [`LONGEST_TEXT`] characters are read.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let end = text.char_indices().nth(LONGEST_TEXT).map_or(text.len(), |(at, _)| at);
        let mut reader = Reader::new(text.get(..end).unwrap_or_default());
        reader.read();
        reader.words
    }

    /// Whether a text holds nothing but words that are already as they are prepared, with spaces
    /// between them.
    #[must_use]
    pub fn is_plain(text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.iter().all(|b| b.is_ascii_lowercase() || *b == b' ')
            && !bytes.array_windows().any(|[a, b, c]| a == b && b == c && *a != b' ')
            && !text.split_ascii_whitespace().any(forms::may_be_joined)
    }

    /// The first sign of a word, or the picture in place of one, that is left out of every message.
    #[must_use]
    pub fn unread(text: &str) -> Option<char> {
        let strange = text.split_whitespace().filter(|word| !word.is_ascii());
        let mut lost = strange.filter(|word| Self::of(word).tokens.is_empty());
        lost.find_map(|word| word.chars().find(|c| fold::is_letter_or_picture(*c)))
    }

    /// The words with one space between them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All words in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All sentences in order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The letters of one token.
    #[must_use]
    pub fn word(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// The letters of the token at an index; empty past the end.
    #[must_use]
    pub fn at(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.word(token))
    }

    /// The letters of the token so many before an index; empty where the text begins.
    #[must_use]
    pub fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.at(index))
    }

    /// What parts the token at an index from the one before it; past the end a sentence is over.
    #[must_use]
    pub fn boundary(&self, index: usize) -> Boundary {
        self.tokens.get(index).map_or(Boundary::Sentence, |token| token.boundary)
    }

    /// Where a run of tokens stands in the original text, in bytes.
    #[must_use]
    pub fn source(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |t| t.source_start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start as usize..end.map_or(start, |t| t.source_end) as usize
    }

    /// Where a run of tokens stands in [`Words::text`], in bytes.
    #[must_use]
    pub fn prepared(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |t| t.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start as usize..end.map_or(start, |t| t.end) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(Words::of(text).text().trim_end(), expected, "{text}");
    }

    #[test]
    fn contractions_have_one_form() {
        check("I can't, I cannot, I can not walk", "i cant i cannot i cant walk");
        check("It's / it is / its swollen", "its its its swollen");
        check("my calf's hard, I'll stop; they're fine", "my calf hard i will stop they are fine");
        check("I’ve taken it", "ive taken it");
    }

    #[test]
    fn numbers_keep_their_points_and_let_go_of_their_units() {
        check(
            "39.5 at 3:30am, 1,000 steps, 20mins, 35k",
            "39.5 at 3:30 am 1000 steps 20 mins 35 k",
        );
    }

    #[test]
    fn drawn_out_letters_are_cut_to_two() {
        check("sooooo swollennnn", "soo swollenn");
    }

    #[test]
    fn markup_is_left_out() {
        check("<@12> my **calf** `numb` https://x.y/z is ||sore||", "my calf is sore");
        check("> he is numb\nnot me", "not me");
    }

    #[test]
    fn w_slash_o_is_without() {
        check("w/o swelling w/ pain", "without swelling with pain");
    }

    #[test]
    fn sentences_know_whether_they_ask() {
        let words = Words::of("My calf cramped. What now?! ok");
        let asks: Vec<bool> = words.sentences().iter().map(|s| s.asks).collect();
        assert_eq!(asks, [false, true, false]);
    }

    #[test]
    fn a_token_knows_where_it_stood() {
        let text = "ouch — my CALF’s numb";
        let words = Words::of(text);
        assert_eq!(&text[words.source(2..3)], "CALF’s");
        assert_eq!(words.boundary(1), Boundary::Clause);
    }

    #[test]
    fn a_text_ends_where_it_has_no_more_words() {
        let words = Words::of("calf cramp, ow");
        assert_eq!(
            [0, 1, 2, 3].map(|at| words.boundary(at)),
            [Boundary::Sentence, Boundary::Space, Boundary::Comma, Boundary::Sentence]
        );
        assert_eq!(
            [(2, 1), (2, 2), (2, 3), (3, 1)].map(|(at, back)| words.before(at, back)),
            ["cramp", "calf", "", "ow"]
        );
    }
}
