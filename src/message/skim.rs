//! Skims a text for its words without preparing it: enough to see that most talk is about something
//! else. Whatever preparing would find is here too; what is not plain is said to be unclear.

use super::fold::{Folded, fold};
use super::letters::Letters;
use super::markup::markup_len;

/// Words that are taken at once.
pub const TAKEN: usize = 64;

/// The words of a text, so many at once. What most words take is one loop that only writes down: handed
/// on one by one, a word would be waited for longer than it takes to read.
#[derive(Debug)]
pub struct Skim<'t> {
    text: &'t str,
    /// Up to where it was read.
    at: usize,
    words: [Letters<'t>; TAKEN],
    /// How many of them were met.
    count: usize,
    is_unclear: bool,
}

impl<'t> Skim<'t> {
    /// A text of which nothing was read.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, words: [Letters::NONE; TAKEN], count: 0, is_unclear: false }
    }

    /// Takes the next words, as far as they are plain; whether there were any.
    pub fn takes(&mut self) -> bool {
        self.count = 0;
        while self.takes_plain_words() {
            self.takes_what_is_not_plain();
        }
        self.count > 0
    }

    /// Takes words up to something else than a plain word, a sign or a space; whether there is such.
    fn takes_plain_words(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let (mut at, mut count) = (self.at, self.count);
        let mut is_plain_so_far = true;
        while is_plain_so_far
            && !self.is_unclear
            && let (Some(byte), Some(free)) = (bytes.get(at), self.words.get_mut(count))
        {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' => match Letters::of(self.text, at) {
                    Some(word) if is_plain(bytes, *byte, at + word.text.len()) => {
                        at += word.text.len();
                        count += 1;
                        *free = word;
                    }
                    Some(_) | None => is_plain_so_far = false,
                },
                b'<' | b'@' | 0x80.. => is_plain_so_far = false,
                _ => at += 1,
            }
        }
        (self.at, self.count) = (at, count);
        !is_plain_so_far
    }

    /// The words that were taken last.
    #[must_use]
    pub fn words(&self) -> &[Letters<'t>] {
        self.words.get(..self.count).unwrap_or_default()
    }

    /// Whether something was met that only preparing can tell: letters of another script, or drawn out.
    #[must_use]
    pub const fn is_unclear(&self) -> bool {
        self.is_unclear
    }

    fn meets(&mut self, word: Letters<'t>) {
        if let Some(free) = self.words.get_mut(self.count) {
            *free = word;
            self.count += 1;
        }
    }

    #[inline(never)]
    fn takes_what_is_not_plain(&mut self) {
        let markup = match self.text.as_bytes().get(self.at) {
            Some(b'h' | b'H') => link_len(self.text, self.at),
            Some(b'<' | b'@') => markup_len(self.text, self.at, false).max(1),
            Some(_) | None => 0,
        };
        self.at += markup;
        if markup == 0 {
            match self.next() {
                Ok(word) => word.into_iter().for_each(|word| self.meets(word)),
                Err(Unclear) => self.is_unclear = true,
            }
        }
    }

    /// The word that begins here, or that a character stands for.
    fn next(&mut self) -> Result<Option<Letters<'t>>, Unclear> {
        let c = self.text.get(self.at..).and_then(|rest| rest.chars().next()).ok_or(Unclear)?;
        if c.is_ascii_alphabetic() {
            return word(self.text, &mut self.at).map(Some);
        }
        self.at += c.len_utf8();
        match fold(c) {
            Folded::Letters(_) => Err(Unclear),
            Folded::Word(word) => Ok(Some(Letters::plain(word))),
            Folded::Nothing
            | Folded::Apostrophe
            | Folded::Space
            | Folded::Dash
            | Folded::Ellipsis => Ok(None),
        }
    }
}

/// Only preparing can tell what it is.
struct Unclear;

/// Whether a run of letters that ends here is a word by itself, and begins no link.
fn is_plain(bytes: &[u8], first: u8, end: usize) -> bool {
    let is_over = !matches!(bytes.get(end), Some(b'0'..=b'9' | b'`' | b'\'' | 0x80..));
    is_over && (first | 32 != b'h' || bytes.get(end) != Some(&b':'))
}

/// The length of a link that begins here, where a new word surely begins.
fn link_len(text: &str, at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    if before.is_none_or(u8::is_ascii_whitespace) { markup_len(text, at, false) } else { 0 }
}

/// A run of letters, with what an apostrophe joins to it.
fn word<'t>(text: &'t str, at: &mut usize) -> Result<Letters<'t>, Unclear> {
    let base = Letters::of(text, *at).ok_or(Unclear)?;
    let end = *at + base.text.len();
    match after(text, end) {
        After::End => {
            *at = end;
            Ok(base)
        }
        After::Unclear => Err(Unclear),
        After::Apostrophe(length) => contraction(text, at, base, end + length),
    }
}

/// "coach's" is coach, "they'll" is they and will, "don't" is one word.
fn contraction<'t>(
    text: &'t str,
    at: &mut usize,
    base: Letters<'t>,
    suffix: usize,
) -> Result<Letters<'t>, Unclear> {
    let start = *at;
    let suffix = Letters::of(text, suffix).map(|own| (own, suffix + own.text.len()));
    let (suffix, end) = suffix.ok_or(Unclear)?;
    let [last, first] = [base.text.as_bytes().last(), suffix.text.as_bytes().first()];
    let is_one_letter = last.zip(first).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    if is_one_letter || !matches!(after(text, end), After::End) {
        return Err(Unclear);
    }
    *at = end;
    let is = |ending: &str| suffix.text.eq_ignore_ascii_case(ending);
    if ["s", "ll", "re", "ve", "d"].into_iter().any(is) {
        Ok(base)
    } else {
        Ok(base.with(suffix, text.get(start..end).unwrap_or_default()))
    }
}

/// What comes right after a run of letters.
enum After {
    /// The word is over.
    End,
    /// An apostrophe of so many bytes, and a letter.
    Apostrophe(usize),
    /// It goes on with something that is no plain letter.
    Unclear,
}

fn after(text: &str, at: usize) -> After {
    let bytes = text.as_bytes();
    let letter_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    match bytes.get(at) {
        Some(b'0'..=b'9') => After::Unclear,
        Some(b'`') if letter_at(at + 1) => After::Unclear,
        Some(b'\'') if letter_at(at + 1) => After::Apostrophe(1),
        Some(0x80..) => match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) => match fold(c) {
                Folded::Apostrophe if letter_at(at + c.len_utf8()) => {
                    After::Apostrophe(c.len_utf8())
                }
                Folded::Letters(_) | Folded::Nothing => After::Unclear,
                Folded::Word(_)
                | Folded::Apostrophe
                | Folded::Space
                | Folded::Dash
                | Folded::Ellipsis => After::End,
            },
            None => After::Unclear,
        },
        Some(_) | None => After::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::pack;

    /// The words that are met, and `?` for what is not clear.
    fn met(text: &str) -> Vec<&str> {
        let (mut skim, mut met) = (Skim::of(text), Vec::new());
        while skim.takes() {
            met.extend(skim.words().iter().map(|word| word.text));
        }
        met.extend(skim.is_unclear().then_some("?"));
        met
    }

    #[test]
    fn words_are_runs_of_letters() {
        assert_eq!(met("My 2nd Calf, 35km"), ["My", "nd", "Calf", "km"]);
        assert_eq!(met("don't coach’s 'ere"), ["don't", "coach", "ere"]);
        assert_eq!(met("🦵 <@12> https://a.b/calf here: h:"), ["leg", "here", "h"]);
        for unclear in ["sooo", "café", "l3g", "numb`x", "don't3", "all'll", "с"] {
            assert_eq!(met(&format!("calf {unclear} leg")).last(), Some(&"?"), "{unclear}");
        }
        assert_eq!(met("`calf` ok"), ["calf", "ok"]);
    }

    #[test]
    fn a_long_text_is_taken_in_parts() {
        let text = "calf ".repeat(2 * TAKEN + 1);
        let mut skim = Skim::of(&text);
        let mut parts = Vec::new();
        while skim.takes() {
            parts.push(skim.words().len());
        }
        assert_eq!(parts, [TAKEN, TAKEN, 1]);
    }

    #[test]
    fn what_is_joined_has_the_number_of_one_word() {
        let number = |text: &str| {
            let mut skim = Skim::of(text);
            skim.takes().then(|| skim.words()[0].packed()).flatten()
        };
        assert_eq!(number("don't"), pack(b"dont"));
        assert_eq!(number("🦵"), pack(b"leg"));
        assert_eq!(number("hamstringsaren't"), None);
    }
}
