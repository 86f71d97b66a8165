//! Signs outside of quotes that look like others, as word processors and web pages bring them, and
//! what else is written as nowhere in TOML.

use std::ops::Range;

use super::{CURLY, Read, Reader, STRAIGHT, slip};

/// Whether a sign is a space that is none to TOML, or one that nobody sees.
fn is_space(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
    );
    !c.is_ascii() && (c.is_whitespace() || unseen)
}

/// The first sign within quotes that nobody sees, or that only looks like a space, and what to say of
/// it. What joins the parts of an emoji, or letters that are not ours, is none.
pub(in crate::responses) fn unseen(text: &str) -> Option<(char, &'static str, &'static str)> {
    if text.is_ascii() {
        return None;
    }
    let mut before = None;
    let strange = text.chars().find(|c| {
        let before = before.replace(*c);
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && before.is_some_and(|before| !before.is_ascii() && !is_space(before));
        is_space(*c) && !joins
    });
    let (what, remedy) = told(strange?)?;
    Some((strange?, what, remedy))
}

/// Whether a sign is a dash that is longer than `-`.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What a sign is, and what to write for it.
fn told(c: char) -> Option<(&'static str, &'static str)> {
    match c {
        '\u{a0}' | '\u{202f}' => {
            Some(("this is a no-break space", "take it out, and write a plain space"))
        }
        c if is_space(c) => Some((
            "a sign that nobody sees, or a strange space, stands here",
            "take it out, and write a plain space if one is needed",
        )),
        c if is_dash(c) => Some(("this is a long dash", "write `-`, the short one")),
        c if CURLY.contains(&c) => Some(("this is a curly quote", STRAIGHT)),
        '\u{ff1d}' => Some(("this is a wide equals sign", "write `=`")),
        _ => None,
    }
}

/// The slip of a sign that looks like another.
fn told_at(at: usize, sign: char) -> Read {
    let Some((what, remedy)) = told(sign) else { return Ok(()) };
    slip(at..at + sign.len_utf8(), what, remedy)
}

impl Reader<'_> {
    /// A space that is none, or a sign that nobody sees, right here.
    pub(super) fn no_strange_space(&self) -> Read {
        match self.next().filter(|c| is_space(*c)) {
            Some(sign) => told_at(self.at, sign),
            None => Ok(()),
        }
    }

    /// The same of the first sign of what follows that looks like another.
    pub(super) fn nothing_strange_in(&self, text: &str) -> Read {
        match text.char_indices().find(|(_, c)| told(*c).is_some()) {
            Some((at, sign)) => told_at(self.at + at, sign),
            None => Ok(()),
        }
    }

    /// A name before a `=` that holds a sign outside ASCII, which stands next.
    pub(super) fn strange_key(&self) -> Read {
        let Some(sign) = self.next() else { return Ok(()) };
        told_at(self.at, sign)?;
        let what = format!("`{sign}` cannot stand in the name before a `=`");
        let remedy = "a name is made of a-z, digits, `-` and `_`";
        slip(self.at..self.at + sign.len_utf8(), what, remedy)
    }

    /// `[ "does ice help",` on a line of its own: a list whose name is missing.
    pub(super) fn no_list_without_a_name(&self, line: &str) -> Read {
        let inside = line.trim_start_matches('[').trim_start();
        let texts =
            inside.starts_with(['"', '\'']) && (inside.contains(',') || !line.contains(']'));
        let opens = inside.is_empty() || inside.starts_with('#') || texts;
        if !opens || line.starts_with("[[") {
            return Ok(());
        }
        let remedy = "write its key before the `[`, such as `examples = [`";
        slip(self.at..self.at + 1, "this list does not say what it is for", remedy)
    }
}

/// `07`: TOML takes no number that begins with a 0.
pub(super) fn no_leading_zero(token: &str, span: &Range<usize>) -> Read {
    let digits = token.trim_start_matches(['-', '+']);
    let is_number = digits.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let number = digits.trim_start_matches(['0', '_']);
    if !is_number || !digits.starts_with('0') || digits.len() == 1 {
        return Ok(());
    }
    let number = if number.is_empty() { "0" } else { number };
    let remedy = format!("write `{number}`; a telephone number stands in quotes, `\"{token}\"`");
    slip(span.clone(), format!("the number `{token}` begins with a 0"), remedy)
}
