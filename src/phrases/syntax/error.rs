//! Why a phrase cannot be read, and where in it the fault lies.

use std::ops::Range;

use thiserror::Error;

use super::{DEEPEST, MOST_NEAR, MOST_PATTERNS, WIDEST_GAP};
use crate::message::Words;

/// Why a phrase cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SyntaxError {
    /// Nothing is left of it once prepared.
    #[error("phrase `{0}` holds no word")]
    Empty(String),
    /// A bracket without its partner.
    #[error("`{0}` has no closing `{1}`")]
    Unclosed(String, char),
    /// A sign that means nothing here.
    #[error("`{0}` cannot stand here")]
    Stray(String),
    /// Two things with no space between them.
    #[error("a space is missing behind `{0}`")]
    Glued(String),
    /// A gap that is wider than allowed.
    #[error("a gap of {0} words is too wide: at most {WIDEST_GAP}")]
    WideGap(u32),
    /// Dots that are no gap, as a word processor makes one sign of three.
    #[error("`{0}` is no gap: that is three dots")]
    Dots(String),
    /// A sign that stands for nothing outside a regular expression.
    #[error("a backslash means nothing in a phrase")]
    Backslash,
    /// A sign of writing that nobody needs in a phrase; with the words around it.
    #[error("`{0}` means nothing in a phrase")]
    Punctuation(char, String),
    /// A regular expression that lacks the sign at one of its ends.
    #[error("`{0}` is half a regular expression: one stands between two `/`")]
    HalfExpression(String),
    /// A regular expression with something around it.
    #[error("`{0}` stands outside the two `/` of a regular expression")]
    AroundExpression(String),
    /// A sign or letter that is left out of every message.
    #[error("`{0}` is left out of every message, so it is never found")]
    Unread(char),
    /// A gap at an end, where it would mean nothing.
    #[error("a gap must stand between words")]
    LooseGap,
    /// An ending of a word shorter than 2 letters would fire on nearly everything.
    #[error("`{0}*` is too short: write at least 2 letters before the `*`")]
    ShortEnding(String),
    /// A `~` without something on each side of it.
    #[error("`~` must stand between two things")]
    LooseNearness,
    /// More things near each other than can be tried in every order.
    #[error("at most {MOST_NEAR} things can be joined with `~`")]
    TooManyNear,
    /// Too many alternatives multiplied together.
    #[error("too many alternatives: the phrase stands for more than {MOST_PATTERNS} patterns")]
    TooMany,
    /// Brackets within brackets within brackets.
    #[error("brackets stand more than {DEEPEST} deep in each other")]
    TooDeep,
}

impl SyntaxError {
    /// What to write instead.
    #[must_use]
    pub fn remedy(&self) -> String {
        let plain = match self {
            Self::Punctuation(sign, run) => return without(*sign, run),
            Self::Empty(_) => "write a word that must be found",
            Self::Unclosed(_, ')') => "write `)` behind the last of its choices",
            Self::Unclosed(..) => "write `}` behind the name of the list",
            Self::Stray(sign) => match sign.as_str() {
                ")" => "take it out, or write `(` where the choices begin",
                "}" => "take it out, or write `{` before the name of the list",
                "?" => "it stands right behind a bracket, as in `(my)?`; else take it out",
                "*" => "it stands right behind a word, as in `swell*`; else take it out",
                "^" => "it stands at the very beginning of a phrase; else take it out",
                "$" => "it stands at the very end of a phrase; else take it out",
                _ => "take it out",
            },
            Self::Glued(_) => "write a space behind it",
            Self::WideGap(_) => "write a smaller number, such as `...6`",
            Self::Dots(_) => "write `...`, three dots one after the other, or take them out",
            Self::Backslash => "take it out: `(calf|shin)` needs none",
            Self::HalfExpression(_) => {
                "write the other `/`, or take this one out if words are meant"
            }
            Self::AroundExpression(_) => {
                "take it out; capitals and spaces make no difference anyway"
            }
            Self::Unread(_) => "write the word that people use for it, or take it out",
            Self::LooseGap => "take it out, or write a word on its other side",
            Self::ShortEnding(_) => "write more of the word, or the whole words as `(a|b)`",
            Self::LooseNearness => "write a word on each side of it, or take it out",
            Self::TooManyNear | Self::TooMany => "make several phrases of it",
            Self::TooDeep => "make several phrases of it, with fewer brackets each",
        };
        plain.to_owned()
    }
}

/// What to write instead of a sign among words: `(puce|mauve)` for "puce, mauve".
fn without(sign: char, run: &str) -> String {
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    match sign {
        '[' | '<' => {
            let closing = if sign == '[' { ']' } else { '>' };
            let inside = run.split(sign).nth(1).and_then(|rest| rest.split_once(closing));
            let name = inside.map(|(name, _)| name.trim()).filter(is_name).unwrap_or("leg");
            format!("write `{{{name}}}` for a word list, and `({name})` for words to choose from")
        }
        ']' | '>' => "take it out; a word list is written `{leg}`, and a choice `(a|b)`".to_owned(),
        ',' | ';' | '/' => {
            let words = run.split(sign).map(|words| words.trim_matches(is_mark).trim());
            let words = words.map(|words| words.strip_prefix("or ").unwrap_or(words));
            let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
            match words.as_slice() {
                [] | [_] => "take it out".to_owned(),
                words => format!(
                    "if one of them is meant, write `({})`; else take it out",
                    words.join("|")
                ),
            }
        }
        _ => "take it out".to_owned(),
    }
}

/// Whether a sign parts or closes what is written, and stands for no word.
fn is_mark(sign: char) -> bool {
    ",;/[]<>\"!:.".contains(sign)
}

/// The first such sign among words, save for those within figures and short forms: "37.5", "24/7", "e.g.".
fn mark(run: &str) -> Option<(usize, char)> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    run.char_indices().filter(|(_, c)| is_mark(*c)).find(|(at, sign)| {
        let before = run.get(..*at).unwrap_or_default();
        let behind = run.get(at + sign.len_utf8()..).unwrap_or_default();
        let figure =
            ".,:/".contains(*sign) && digit(before.chars().last()) && digit(behind.chars().next());
        let word = before.rsplit(' ').next().unwrap_or_default();
        let short =
            *sign == '.' && (behind.starts_with(char::is_alphanumeric) || word.contains('.'));
        !figure && !short
    })
}

/// What is wrong with a phrase, and which bytes of it are at fault: all where no word is by itself.
#[must_use]
pub fn fault(phrase: &str) -> Option<(SyntaxError, Range<usize>)> {
    let mut came = 0;
    let error = super::read(phrase, &mut came).err()?;
    let before = phrase.get(..came).unwrap_or_default();
    let back = |length: usize| came.saturating_sub(length)..came;
    let first = |part: &str| phrase.find(part).map(|at| at..at + part.len());
    let found = match &error {
        SyntaxError::Stray(sign) => Some(came..came + sign.len()),
        SyntaxError::Unclosed(open, _) => {
            let at = phrase.strip_suffix('$').unwrap_or(phrase).len().checked_sub(open.len());
            at.map(|at| at..at + 1)
        }
        SyntaxError::Glued(word) => Some(back(word.len())),
        SyntaxError::ShortEnding(_) => {
            let word = before.trim_end_matches('*');
            let start = word.trim_end_matches(char::is_alphanumeric).len();
            Some(start..came)
        }
        SyntaxError::WideGap(_) => {
            let sign = before.trim_end_matches(|c: char| c.is_ascii_digit());
            Some(sign.trim_end_matches(['.', '~']).len()..came)
        }
        SyntaxError::Dots(dots) => first(dots),
        SyntaxError::Backslash => first("\\"),
        SyntaxError::Punctuation(sign, run) => {
            let at = mark(run).map(|(at, _)| came.saturating_sub(run.len()) + at);
            at.map(|at| at..at + sign.len_utf8())
        }
        SyntaxError::Unread(sign) => first(&sign.to_string()),
        SyntaxError::AroundExpression(around) => {
            let at = phrase.rfind(around.as_str()).filter(|_| !phrase.starts_with(' '));
            Some(at.map_or(0..1, |at| at..at + around.len()))
        }
        SyntaxError::Empty(_)
        | SyntaxError::HalfExpression(_)
        | SyntaxError::LooseGap
        | SyntaxError::LooseNearness
        | SyntaxError::TooManyNear
        | SyntaxError::TooMany
        | SyntaxError::TooDeep => None,
    };
    let is_part =
        |span: &Range<usize>| phrase.get(span.clone()).is_some_and(|part| !part.is_empty());
    let span = found.filter(is_part).unwrap_or(0..phrase.len());
    Some((error, span))
}

/// A phrase that is meant as a regular expression and is not wholly one.
pub(super) fn expression(phrase: &str) -> Result<(), SyntaxError> {
    let bare = phrase.trim();
    let (begins, ends) = (bare.starts_with('/'), bare.ends_with('/'));
    if !begins && !ends || begins && ends && bare.len() == phrase.len() && bare.len() > 1 {
        return Ok(());
    }
    let behind = bare.strip_prefix('/').and_then(|inner| inner.rsplit_once('/'));
    let around = match behind {
        Some((_, "")) if bare.len() < phrase.len() => " ",
        Some((_, flags)) if !flags.is_empty() && !flags.contains(' ') => flags,
        Some(_) | None => return Err(SyntaxError::HalfExpression(bare.to_owned())),
    };
    Err(SyntaxError::AroundExpression(around.to_owned()))
}

/// The first dots of a text that are neither one nor three.
pub(super) fn dots(text: &str) -> Option<&str> {
    let runs = text.split(|c| c != '.' && c != '…').filter(|run| !run.is_empty());
    runs.into_iter().find(|run| run.contains('…') || !matches!(run.len(), 1 | 3))
}

/// Signs among plain words that nobody means as they would be taken.
pub(super) fn signs(run: &str) -> Result<(), SyntaxError> {
    if run.contains('\\') {
        return Err(SyntaxError::Backslash);
    }
    if let Some(dots) = dots(run) {
        return Err(SyntaxError::Dots(dots.to_owned()));
    }
    if let Some((_, sign)) = mark(run) {
        return Err(SyntaxError::Punctuation(sign, run.to_owned()));
    }
    Words::unread(run).map_or(Ok(()), |sign| Err(SyntaxError::Unread(sign)))
}
