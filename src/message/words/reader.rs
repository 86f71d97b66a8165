//! Reads a text character by character: letters become words, signs become boundaries.

use super::forms::{IS_JOINED, joined};
use super::{Boundary, Sentence, Token, Words};
use crate::message::fold::{Folded, fold};
use crate::message::markup::markup_len;

/// The word being read.
#[derive(Default)]
struct Open {
    source_start: u32,
    apostrophe: Option<u32>,
    drawn_out: bool,
    numeric: bool,
}

pub(super) struct Reader<'t> {
    source: &'t str,
    at: usize,
    pub(super) words: Words,
    open: Option<Open>,
    start: u32,
    boundary: Boundary,
    sentence_start: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        let mut words = Words::default();
        words.text.reserve(source.len() + 16);
        words.tokens.reserve(source.len() / 5 + 4);
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

    pub(super) fn read(&mut self) {
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphabetic() {
                self.letters();
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

    /// A run of letters; mostly the whole word.
    fn letters(&mut self) {
        let rest = self.source.get(self.at..).unwrap_or_default();
        if self.open.is_none() && rest.starts_with(['h', 'H']) {
            let skipped = markup_len(self.source, self.at, false);
            if skipped > 0 {
                self.at += skipped;
                return;
            }
        }
        if self.open.as_ref().is_some_and(|open| open.numeric) {
            self.close();
        }
        let (mut length, mut is_drawn_out, mut last) = (0, false, [0; 2]);
        for letter in rest.bytes().take_while(u8::is_ascii_alphabetic) {
            let letter = letter.to_ascii_lowercase();
            is_drawn_out |= last == [letter; 2];
            last = [last[1], letter];
            length += 1;
        }
        let run = rest.get(..length).unwrap_or_default();
        if self.open.is_none() && !is_drawn_out {
            self.open = Some(Open { source_start: place(self.at), ..Open::default() });
            self.words.text.push_str(run);
            if let Some(word) = self.words.text.get_mut(self.start as usize..) {
                word.make_ascii_lowercase();
            }
            self.at += length;
        } else {
            for byte in run.bytes() {
                self.push(byte.to_ascii_lowercase(), false);
                self.at += 1;
            }
        }
    }

    fn digit(&mut self, byte: u8) {
        self.push(byte, true);
        self.at += 1;
    }

    /// Adds a letter to the open word; a third equal letter in a row is dropped.
    fn push(&mut self, byte: u8, digit: bool) {
        let at = place(self.at);
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
        let here = place(self.words.text.len());
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
        let cries = bytes.iter().take(signs).filter(|b| **b == b'!').count() > 1;
        self.close();
        self.end_sentence(asks);
        if let Some(last) = self.words.sentences.last_mut() {
            last.cries |= cries;
        }
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
            self.words.sentences.push(Sentence {
                tokens: self.sentence_start..end,
                asks,
                cries: false,
            });
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
        let source_end = place(source_end);
        if self.join_with_previous(word_start, source_end) {
            return;
        }
        self.add(open.source_start, source_end, open.drawn_out);
    }

    fn add(&mut self, source_start: u32, source_end: u32, drawn_out: bool) {
        let end = place(self.words.text.len());
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
            let source = place(self.at);
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

/// A place in a text, which is never too long for it.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
