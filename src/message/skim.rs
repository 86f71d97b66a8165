//! Skims a text for its words without preparing it: enough to see that most talk is about something
//! else. Whatever preparing would find is here too; what is not plain is said to be unclear.

use super::fold::{Folded, fold};
use super::letters::Letters;
use super::markup::markup_len;

/// What is met when a text is skimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skimmed<'t> {
    /// A run of letters, small or capital, that is a word.
    Word(Letters<'t>),
    /// Two runs with an apostrophe between them that are one word.
    Joined(Letters<'t>, Letters<'t>),
    /// A word that a sign stands for, e.g. an emoji.
    Sign(&'static str),
    /// Something that only preparing can tell: letters of another script, or drawn out.
    Unclear,
}

/// The words of a text, as far as they are plain.
///
/// What most words take is inlined down to the loop that asks for them: handed back through memory, a
/// word would be waited for twice as long as it takes to read.
#[inline]
pub fn skim(text: &str) -> impl Iterator<Item = Skimmed<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || next(text, &mut at))
}

#[inline]
fn next<'t>(text: &'t str, at: &mut usize) -> Option<Skimmed<'t>> {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(*at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                let link = if *byte | 32 == b'h' { link_len(text, *at) } else { 0 };
                if link == 0 {
                    return Some(word(text, at));
                }
                *at += link;
            }
            b'<' | b'@' => *at += markup_len(text, *at, false).max(1),
            0x80.. => {
                let met = beyond_ascii(text, at);
                if met.is_some() {
                    return met;
                }
            }
            _ => *at += 1,
        }
    }
    None
}

/// What a character stands for that is not of ASCII; nothing for one that is no word.
#[inline(never)]
fn beyond_ascii<'t>(text: &'t str, at: &mut usize) -> Option<Skimmed<'t>> {
    let c = text.get(*at..).and_then(|rest| rest.chars().next());
    *at += c.map_or(1, char::len_utf8);
    match fold(c?) {
        Folded::Letters(_) => Some(Skimmed::Unclear),
        Folded::Word(word) => Some(Skimmed::Sign(word)),
        Folded::Nothing | Folded::Apostrophe | Folded::Space | Folded::Dash | Folded::Ellipsis => {
            None
        }
    }
}

/// The length of a link that begins here, where a new word surely begins.
#[inline(never)]
fn link_len(text: &str, at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    if before.is_none_or(u8::is_ascii_whitespace) { markup_len(text, at, false) } else { 0 }
}

/// A run of letters, with what an apostrophe joins to it.
#[inline]
fn word<'t>(text: &'t str, at: &mut usize) -> Skimmed<'t> {
    let Some(base) = Letters::next(text, at) else { return Skimmed::Unclear };
    match after(text, *at) {
        After::End => Skimmed::Word(base),
        After::Unclear => Skimmed::Unclear,
        After::Apostrophe(length) => {
            *at += length;
            contraction(text, at, base)
        }
    }
}

/// "coach's" is coach, "they'll" is they and will, "don't" is one word.
#[inline(never)]
fn contraction<'t>(text: &'t str, at: &mut usize, base: Letters<'t>) -> Skimmed<'t> {
    let Some(suffix) = Letters::next(text, at) else { return Skimmed::Unclear };
    let [last, first] = [base.text.as_bytes().last(), suffix.text.as_bytes().first()];
    let is_one_letter = last.zip(first).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    if is_one_letter || !matches!(after(text, *at), After::End) {
        return Skimmed::Unclear;
    }
    let is = |ending: &str| suffix.text.eq_ignore_ascii_case(ending);
    if ["s", "ll", "re", "ve", "d"].into_iter().any(is) {
        Skimmed::Word(base)
    } else {
        Skimmed::Joined(base, suffix)
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

#[inline]
fn after(text: &str, at: usize) -> After {
    match text.as_bytes().get(at) {
        Some(b'0'..=b'9') => After::Unclear,
        Some(b'`' | b'\'' | 0x80..) => after_sign(text, at),
        Some(_) | None => After::End,
    }
}

/// What comes after a run of letters that a sign follows which may belong to it.
#[inline(never)]
fn after_sign(text: &str, at: usize) -> After {
    let bytes = text.as_bytes();
    let letter_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    match bytes.get(at) {
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

    fn check(text: &str, expected: &[&str]) {
        let shown = |met: Skimmed<'_>| match met {
            Skimmed::Word(word) => word.text.to_owned(),
            Skimmed::Joined(one, two) => format!("{}+{}", one.text, two.text),
            Skimmed::Sign(word) => format!("({word})"),
            Skimmed::Unclear => "?".to_owned(),
        };
        assert_eq!(skim(text).map(shown).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_are_runs_of_letters() {
        check("My 2nd Calf, 35km", &["My", "nd", "Calf", "km"]);
        check("don't coach’s", &["don+t", "coach"]);
        check("🦵 <@12> https://a.b/calf", &["(leg)"]);
        for unclear in ["sooo", "café", "l3g", "numb`x", "don't3", "all'll", "с"] {
            assert!(skim(unclear).any(|met| met == Skimmed::Unclear), "{unclear}");
        }
        check("`calf` ok", &["calf", "ok"]);
    }
}
