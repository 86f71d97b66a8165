//! What moderators may write as a phrase, and the simple patterns it stands for.
//!
//! `my (calf|shin*) ...4 {swollen}`: words, `*` endings, alternatives, an optional `(..)?`, gaps
//! of a few words, named word lists; `{foot} ~6 {cold}` for two things near each other in either
//! order. Alternatives of several words are multiplied out, so that what is matched is a plain row
//! of [`Part`]s.

use thiserror::Error;

use super::quantity::Kinds;
use crate::message::Words;

/// Widest gap a phrase may hold, in words.
pub const WIDEST_GAP: u8 = 12;
/// Words a bare `...` may skip.
const USUAL_GAP: u8 = 3;
/// Words a bare `~` may skip.
const USUAL_NEARNESS: u8 = 5;
/// Most things that may stand near each other in any order: every order is a pattern.
const MOST_NEAR: usize = 3;
/// Most patterns one phrase may be multiplied out to.
const MOST_PATTERNS: usize = 256;

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// One of these words.
    Words(Vec<Word>),
    /// An entry of a word list.
    List(String),
    /// A quantity of these kinds.
    Quantity(u16),
    /// Up to so many words of any kind.
    Gap(u8),
}

/// One word, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// Its letters, prepared.
    pub text: String,
    /// Whether any ending may follow.
    pub open: bool,
}

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
    /// A gap that is wider than allowed.
    #[error("a gap of {0} words is too wide: at most {WIDEST_GAP}")]
    WideGap(u32),
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
}

/// All patterns a phrase stands for.
///
/// # Errors
/// Says what is wrong with the phrase.
pub fn patterns(phrase: &str) -> Result<Vec<Vec<Part>>, SyntaxError> {
    let mut parser = Parser { text: phrase, at: 0 };
    let patterns = parser.alternatives(false)?;
    let patterns: Vec<_> = patterns.into_iter().filter(|p| !p.is_empty()).collect();
    if patterns.is_empty() || patterns.iter().any(|p| p.iter().all(|x| matches!(x, Part::Gap(_)))) {
        return Err(SyntaxError::Empty(phrase.to_owned()));
    }
    if patterns.iter().all(|pattern| is_loose(pattern)) {
        return Err(SyntaxError::LooseGap);
    }
    Ok(patterns.into_iter().map(without_loose_gaps).collect())
}

fn is_loose(pattern: &[Part]) -> bool {
    let gap = |part: Option<&Part>| matches!(part, Some(Part::Gap(_)));
    gap(pattern.first()) || gap(pattern.last())
}

/// A gap next to an optional part that is left out means nothing.
fn without_loose_gaps(mut pattern: Vec<Part>) -> Vec<Part> {
    while matches!(pattern.last(), Some(Part::Gap(_))) {
        pattern.pop();
    }
    let first = pattern.iter().position(|part| !matches!(part, Part::Gap(_))).unwrap_or(0);
    pattern.split_off(first)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    /// `a b|c`, up to the closing bracket when inside one.
    fn alternatives(&mut self, inside: bool) -> Result<Vec<Vec<Part>>, SyntaxError> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence()?);
            if !inside && self.rest().starts_with(')') {
                return Err(SyntaxError::Stray(")".to_owned()));
            }
            if !self.eat("|") {
                return Ok(all);
            }
        }
    }

    /// Rows joined with `~`: each order of them is a choice.
    fn sequence(&mut self) -> Result<Vec<Vec<Part>>, SyntaxError> {
        let first = self.row()?;
        if !self.rest().starts_with('~') {
            return Ok(first);
        }
        let mut rows = vec![first];
        let mut nearness = 0;
        while self.eat("~") {
            nearness = nearness.max(self.width(USUAL_NEARNESS)?);
            rows.push(self.row()?);
        }
        if rows.len() > MOST_NEAR {
            return Err(SyntaxError::TooManyNear);
        }
        if rows.iter().any(|row| row.iter().all(Vec::is_empty)) {
            return Err(SyntaxError::LooseNearness);
        }
        in_any_order(&rows, nearness)
    }

    /// Words, groups, lists and gaps in a row, with all its choices.
    fn row(&mut self) -> Result<Vec<Vec<Part>>, SyntaxError> {
        let mut built: Vec<Vec<Part>> = vec![Vec::new()];
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            let rest = self.rest();
            let choices = match rest.as_bytes().first() {
                None | Some(b'|' | b')' | b'~') => return Ok(built),
                Some(b'(') => self.group()?,
                Some(b'{') => vec![vec![self.list()?]],
                Some(b'}' | b'?' | b'*') => {
                    return Err(SyntaxError::Stray(rest.chars().take(1).collect()));
                }
                Some(_) if rest.starts_with("...") => vec![vec![self.gap()?]],
                Some(_) => vec![self.literal()?],
            };
            built = product(&built, &choices)?;
        }
    }

    fn group(&mut self) -> Result<Vec<Vec<Part>>, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let mut choices = self.alternatives(true)?;
        if !self.eat(")") {
            return Err(SyntaxError::Unclosed(self.text[start..].to_owned(), ')'));
        }
        choices = merged_words(choices);
        if self.eat("?") {
            choices.push(Vec::new());
        }
        Ok(choices)
    }

    fn list(&mut self) -> Result<Part, SyntaxError> {
        let rest = self.rest();
        let Some(end) = rest.find('}') else {
            return Err(SyntaxError::Unclosed(rest.to_owned(), '}'));
        };
        self.at += end + 1;
        let name = rest.get(1..end).unwrap_or_default().trim();
        let built_in = Kinds::NAMED.iter().find(|(known, _)| *known == name);
        Ok(match built_in {
            Some((_, kinds)) => Part::Quantity(kinds.0),
            None => Part::List(name.to_owned()),
        })
    }

    fn gap(&mut self) -> Result<Part, SyntaxError> {
        self.at += 3;
        self.width(USUAL_GAP).map(Part::Gap)
    }

    /// The digits after `...` or `~`.
    fn width(&mut self, usual: u8) -> Result<u8, SyntaxError> {
        let digits: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        self.at += digits.len();
        let width = digits.parse().unwrap_or(u32::from(usual));
        match u8::try_from(width) {
            Ok(width) if (1..=WIDEST_GAP).contains(&width) => Ok(width),
            Ok(_) | Err(_) => Err(SyntaxError::WideGap(width)),
        }
    }

    /// A run of plain words, up to the next sign; `*` opens the word before it.
    fn literal(&mut self) -> Result<Vec<Part>, SyntaxError> {
        let rest = self.rest();
        let signs = |c: char| matches!(c, '(' | ')' | '|' | '{' | '}' | '*' | '?' | '~');
        let end = rest.find(signs).unwrap_or(rest.len());
        let end = rest.find("...").map_or(end, |gap| end.min(gap));
        let run = rest.get(..end).unwrap_or_default();
        self.at += end;
        let mut parts = literal_parts(run);
        if self.eat("*")
            && let Some(Part::Words(last)) = parts.last_mut()
            && let Some(word) = last.first_mut()
        {
            if word.text.len() < 2 {
                return Err(SyntaxError::ShortEnding(word.text.clone()));
            }
            word.open = true;
        }
        Ok(parts)
    }
}

fn literal_parts(run: &str) -> Vec<Part> {
    let words = Words::of(run);
    let word = |token| Word { text: words.word(token).to_owned(), open: false };
    words.tokens().iter().map(|token| Part::Words(vec![word(token)])).collect()
}

/// Alternatives of one word each are one part; the others stay as they are.
fn merged_words(choices: Vec<Vec<Part>>) -> Vec<Vec<Part>> {
    let mut single = Vec::new();
    let mut others = Vec::new();
    for choice in choices {
        match <[Part; 1]>::try_from(choice) {
            Ok([Part::Words(words)]) => single.extend(words),
            Ok([part]) => others.push(vec![part]),
            Err(parts) => others.push(parts),
        }
    }
    if !single.is_empty() {
        others.push(vec![Part::Words(single)]);
    }
    others
}

/// Every order of the rows, with a gap between each two.
fn in_any_order(rows: &[Vec<Vec<Part>>], nearness: u8) -> Result<Vec<Vec<Part>>, SyntaxError> {
    let [row] = rows else {
        let mut all = Vec::new();
        for first in 0..rows.len() {
            let mut others = rows.to_vec();
            let own = product(&others.remove(first), &[vec![Part::Gap(nearness)]])?;
            all.extend(product(&own, &in_any_order(&others, nearness)?)?);
        }
        return if all.len() > MOST_PATTERNS { Err(SyntaxError::TooMany) } else { Ok(all) };
    };
    Ok(row.clone())
}

fn product(left: &[Vec<Part>], right: &[Vec<Part>]) -> Result<Vec<Vec<Part>>, SyntaxError> {
    if left.len() * right.len() > MOST_PATTERNS {
        return Err(SyntaxError::TooMany);
    }
    let join = |a: &Vec<Part>, b: &Vec<Part>| a.iter().chain(b).cloned().collect();
    Ok(left.iter().flat_map(|a| right.iter().map(move |b| join(a, b))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, expected: &[&str]) {
        let shown: Vec<String> = patterns(phrase).unwrap().iter().map(|p| show(p)).collect();
        assert_eq!(shown, expected, "{phrase}");
    }

    fn show(parts: &[Part]) -> String {
        let part = |part: &Part| match part {
            Part::Words(words) => {
                let word = |w: &Word| format!("{}{}", w.text, if w.open { "*" } else { "" });
                words.iter().map(word).collect::<Vec<_>>().join("/")
            }
            Part::List(name) => format!("{{{name}}}"),
            Part::Quantity(kinds) => format!("#{kinds}"),
            Part::Gap(width) => format!("...{width}"),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_endings_gaps_and_lists() {
        check("can't walk", &["cant walk"]);
        check("{leg} ...4 swell*", &["{leg} ...4 swell*"]);
        check("still ... {15-min-plus}", &["still ...3 #8"]);
    }

    #[test]
    fn alternatives_of_several_words_are_multiplied_out() {
        check(
            "(numb|no feeling) (down there)?",
            &["no feeling down there", "no feeling", "numb down there", "numb"],
        );
        check("(brown|cola|tea*) pee", &["brown/cola/tea* pee"]);
    }

    #[test]
    fn near_each_other_means_in_any_order() {
        check("foot ~4 cold", &["foot ...4 cold", "cold ...4 foot"]);
        check("(a|b) ~ c d", &["a/b ...5 c d", "c d ...5 a/b"]);
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(patterns("foot ~ "), Err(SyntaxError::LooseNearness));
        assert_eq!(patterns("a ~ b ~ c ~ d"), Err(SyntaxError::TooManyNear));
        assert_eq!(patterns("..."), Err(SyntaxError::Empty("...".to_owned())));
        assert_eq!(patterns("a ...13 b"), Err(SyntaxError::WideGap(13)));
        assert_eq!(patterns("... b"), Err(SyntaxError::LooseGap));
        assert_eq!(patterns("s*"), Err(SyntaxError::ShortEnding("s".to_owned())));
        assert!(matches!(patterns("(a|b"), Err(SyntaxError::Unclosed(..))));
        assert!(matches!(patterns("a)"), Err(SyntaxError::Stray(_))));
    }
}
