//! A text prepared once: plain lower-case words with their place in the original, cut into
//! clauses and sentences. Everything later reads this and never the text again.

use std::ops::Range;

use super::LONGEST_TEXT;
use super::fold::{Folded, fold};
use super::markup::markup_len;

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

/// The word being read.
#[derive(Default)]
struct Open {
    source_start: u32,
    apostrophe: Option<u32>,
    drawn_out: bool,
    numeric: bool,
}

struct Reader<'t> {
    source: &'t str,
    at: usize,
    words: Words,
    open: Option<Open>,
    start: u32,
    boundary: Boundary,
    sentence_start: usize,
}

impl<'t> Reader<'t> {
    fn new(source: &'t str) -> Self {
        let mut words = Words::default();
        words.text.reserve(source.len() + 16);
        words.tokens.reserve(source.len() / 4 + 4);
        Self {
            source,
            at: 0,
            words,
            open: None,
            start: 0,
            boundary: Boundary::Sentence,
            sentence_start: 0,
        }
    }

    fn read(&mut self) {
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphabetic() {
                self.letter(byte);
            } else if byte.is_ascii_digit() {
                self.digit(byte);
            } else if byte.is_ascii() {
                self.sign(byte);
            } else {
                self.foreign();
            }
        }
        self.close();
        self.end_sentence(false);
    }

    fn letter(&mut self, byte: u8) {
        if self.open.is_none() && matches!(byte, b'h' | b'H') {
            let skipped = markup_len(self.source, self.at, false);
            if skipped > 0 {
                self.at += skipped;
                return;
            }
        }
        if self.open.as_ref().is_some_and(|open| open.numeric) {
            self.close();
        }
        self.push(byte.to_ascii_lowercase(), false);
        self.at += 1;
    }

    fn digit(&mut self, byte: u8) {
        self.push(byte, true);
        self.at += 1;
    }

    /// Adds a letter to the open word; a third equal letter in a row is dropped.
    fn push(&mut self, byte: u8, digit: bool) {
        let at = u32::try_from(self.at).unwrap_or(u32::MAX);
        let start = self.start as usize;
        let open = self.open.get_or_insert(Open {
            source_start: at,
            apostrophe: None,
            drawn_out: false,
            numeric: digit,
        });
        let word = self.words.text.as_bytes().get(start..).unwrap_or_default();
        if !digit && word.ends_with(&[byte, byte]) {
            open.drawn_out = true;
            return;
        }
        self.words.text.push(char::from(byte));
    }

    /// Punctuation and spaces.
    fn sign(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' | b'"' | b'*' | b'_' | b'~' | b'|' => {
                self.skip(Boundary::Space, 1);
            }
            b'\'' => self.apostrophe(1),
            b'`' if self.open.is_some() && self.next_is_letter() => self.apostrophe(1),
            b'.' => self.dot(),
            b',' if self.inside_number() => self.at += 1,
            b':' if self.inside_number() => self.digit(b':'),
            b',' | b'(' | b')' | b'[' | b']' => self.skip(Boundary::Comma, 1),
            b';' | b':' => self.skip(Boundary::Clause, 1),
            b'!' | b'?' => self.full_stop(),
            b'\n' => self.line_end(),
            b'-' => self.dash(),
            b'&' | b'+' => self.whole_word("and"),
            b'%' => self.whole_word("percent"),
            b'/' => self.slash(),
            b'<' | b'`' | b'@' | b'>' => self.markup(),
            _ => self.skip(Boundary::Space, 1),
        }
    }

    fn skip(&mut self, boundary: Boundary, bytes: usize) {
        self.close();
        self.boundary = self.boundary.max(boundary);
        self.at += bytes;
    }

    fn apostrophe(&mut self, bytes: usize) {
        let here = u32::try_from(self.words.text.len()).unwrap_or(u32::MAX);
        let follows = self.letter_follows(bytes);
        match &mut self.open {
            Some(open) if follows && !open.numeric => open.apostrophe = Some(here),
            Some(_) | None => self.close(),
        }
        self.at += bytes;
    }

    fn letter_follows(&self, bytes: usize) -> bool {
        self.source.as_bytes().get(self.at + bytes).is_some_and(u8::is_ascii_alphabetic)
    }

    fn next_is_letter(&self) -> bool {
        self.letter_follows(1)
    }

    fn inside_number(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.numeric)
            && self.source.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_digit)
    }

    /// A full stop, a decimal point, three dots, or the dot in "a.m.".
    fn dot(&mut self) {
        let bytes = self.source.as_bytes();
        let dots = bytes.iter().skip(self.at).take_while(|b| **b == b'.').count();
        if dots > 1 {
            self.skip(Boundary::Clause, dots);
        } else if self.inside_number() {
            self.digit(b'.');
        } else if self.after_single_letter() {
            self.skip(Boundary::Space, 1);
        } else {
            self.full_stop();
        }
    }

    /// "a.m." and "e.g.": a dot after a single letter ends no sentence.
    fn after_single_letter(&self) -> bool {
        let word = self.words.text.get(self.start as usize..).unwrap_or_default();
        word.len() == 1 && word != "i" && self.open.is_some() && self.letter_follows(1)
            || word == "m" && self.open.is_some()
    }

    fn full_stop(&mut self) {
        let bytes = self.source.as_bytes().get(self.at..).unwrap_or_default();
        let signs = bytes.iter().take_while(|b| matches!(b, b'.' | b'!' | b'?')).count();
        let asks = bytes.iter().take(signs).any(|b| *b == b'?');
        self.close();
        self.end_sentence(asks);
        self.at += signs.max(1);
    }

    fn line_end(&mut self) {
        self.close();
        self.end_sentence(false);
        self.at += 1;
        let quoted = markup_len(self.source, self.at, true);
        if self.source.as_bytes().get(self.at) == Some(&b'>') {
            self.at += quoted;
        }
    }

    fn end_sentence(&mut self, asks: bool) {
        let end = self.words.tokens.len();
        if end > self.sentence_start {
            self.words.sentences.push(Sentence { tokens: self.sentence_start..end, asks });
            self.sentence_start = end;
        } else if asks && let Some(last) = self.words.sentences.last_mut() {
            last.asks = true;
        }
        self.boundary = Boundary::Sentence;
    }

    /// A hyphen inside a word is a space; a dash between spaces, or two of them, ends a clause.
    fn dash(&mut self) {
        let bytes = self.source.as_bytes();
        let dashes = bytes.iter().skip(self.at).take_while(|b| **b == b'-').count();
        let spaced = self.open.is_none() && bytes.get(self.at + 1).is_some_and(|b| *b == b' ');
        let boundary = if spaced || dashes > 1 { Boundary::Clause } else { Boundary::Space };
        self.skip(boundary, dashes);
    }

    /// "w/o" and "w/" are words; every other slash is a space.
    fn slash(&mut self) {
        let word = self.words.text.get(self.start as usize..).unwrap_or_default();
        if word == "w" && self.open.is_some() {
            let without = matches!(self.source.as_bytes().get(self.at + 1), Some(b'o' | b'O'));
            self.words.text.truncate(self.start as usize);
            self.words.text.push_str(if without { "without" } else { "with" });
            self.at += usize::from(without);
        }
        self.skip(Boundary::Space, 1);
    }

    fn markup(&mut self) {
        self.close();
        let line_start = self.at == 0 || self.source.as_bytes().get(self.at - 1) == Some(&b'\n');
        self.at += markup_len(self.source, self.at, line_start).max(1);
    }

    /// A character outside ASCII.
    fn foreign(&mut self) {
        let Some(c) = self.source.get(self.at..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return;
        };
        match fold(c) {
            Folded::Letters(letters) => {
                for byte in letters.bytes() {
                    self.push(byte.to_ascii_lowercase(), byte.is_ascii_digit());
                }
                self.at += c.len_utf8();
            }
            Folded::Word(word) => self.emoji(word, c.len_utf8()),
            Folded::Nothing => self.at += c.len_utf8(),
            Folded::Apostrophe => self.apostrophe(c.len_utf8()),
            Folded::Space => self.skip(Boundary::Space, c.len_utf8()),
            Folded::Dash | Folded::Ellipsis => self.skip(Boundary::Clause, c.len_utf8()),
        }
    }

    fn whole_word(&mut self, word: &'static str) {
        self.emoji(word, 1);
    }

    fn emoji(&mut self, word: &'static str, bytes: usize) {
        self.close();
        for byte in word.bytes() {
            self.push(byte, false);
        }
        self.close_at(self.at + bytes);
        self.at += bytes;
    }

    fn close(&mut self) {
        if self.open.is_some() {
            self.close_at(self.at);
        }
    }

    /// Ends the open word: contractions get one form, then the word becomes a token.
    fn close_at(&mut self, source_end: usize) {
        let Some(open) = self.open.take() else { return };
        let word_start = self.start as usize;
        if let Some(apostrophe) = open.apostrophe {
            self.contraction(apostrophe as usize);
        }
        let source_end = u32::try_from(source_end).unwrap_or(u32::MAX);
        if self.join_with_previous(word_start, source_end) {
            return;
        }
        self.add(open.source_start, source_end, open.drawn_out);
    }

    fn add(&mut self, source_start: u32, source_end: u32, drawn_out: bool) {
        let end = u32::try_from(self.words.text.len()).unwrap_or(u32::MAX);
        let boundary = std::mem::take(&mut self.boundary);
        let start = self.start;
        self.words.tokens.push(Token { start, end, source_start, source_end, boundary, drawn_out });
        self.words.text.push(' ');
        self.start = end + 1;
    }

    /// "calf's" is calf, "it's" is its, "i'll" is i will.
    fn contraction(&mut self, apostrophe: usize) {
        let start = self.start as usize;
        let base = self.words.text.get(start..apostrophe).unwrap_or_default();
        let suffix = self.words.text.get(apostrophe..).unwrap_or_default();
        let second = match suffix {
            "s" if IS_JOINED.contains(&base) => return,
            "s" => "",
            "ll" => "will",
            "re" if !base.is_empty() => "are",
            "ve" if base != "i" => "have",
            "d" => "would",
            _ => return,
        };
        self.words.text.truncate(apostrophe);
        if !second.is_empty() {
            let source = u32::try_from(self.at).unwrap_or(u32::MAX);
            self.add(source, source, false);
            self.words.text.push_str(second);
        }
    }

    /// "can not" is cant and "it is" is its, so that each has one form.
    fn join_with_previous(&mut self, word_start: usize, source_end: u32) -> bool {
        if self.boundary != Boundary::Space || self.start as usize != word_start {
            return false;
        }
        let word = self.words.text.get(word_start..).unwrap_or_default();
        if word.len() > 4 {
            return false;
        }
        let Some(previous) = self.words.tokens.last().copied() else { return false };
        let before = self.words.word(&previous);
        let Some(joined) = joined(before, word) else { return false };
        self.words.text.truncate(previous.start as usize);
        self.words.text.push_str(joined);
        self.words.tokens.pop();
        self.start = previous.start;
        self.boundary = previous.boundary;
        self.add(previous.source_start, source_end, previous.drawn_out);
        true
    }
}

/// Words that keep their joined "s": its, thats, hes.
const IS_JOINED: &[&str] =
    &["it", "that", "what", "he", "she", "who", "there", "here", "let", "how", "where", "whats"];

/// The one form of a pair that people also write as one word.
fn joined(before: &str, word: &str) -> Option<&'static str> {
    let form = match (before, word) {
        ("can", "not") => "cant",
        ("could", "not") => "couldnt",
        ("do", "not") => "dont",
        ("does", "not") => "doesnt",
        ("did", "not") => "didnt",
        ("is", "not") => "isnt",
        ("are", "not") => "arent",
        ("was", "not") => "wasnt",
        ("were", "not") => "werent",
        ("will", "not") => "wont",
        ("would", "not") => "wouldnt",
        ("should", "not") => "shouldnt",
        ("has", "not") => "hasnt",
        ("have", "not") => "havent",
        ("had", "not") => "hadnt",
        ("i", "am") => "im",
        ("i", "have") => "ive",
        ("it", "is") => "its",
        ("that", "is") => "thats",
        ("what", "is") => "whats",
        ("he", "is") => "hes",
        ("she", "is") => "shes",
        ("there", "is") => "theres",
        _ => return None,
    };
    Some(form)
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
        assert_eq!(words.tokens()[1].boundary, Boundary::Clause);
    }
}
