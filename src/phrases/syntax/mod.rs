//! What moderators may write as a phrase, and the simple rows it stands for.
//!
//! `my (calf|shin*) ...4 {swollen}`: words, `*` endings, alternatives, an optional `(..)?`, gaps
//! of a few words, named word lists; `{foot} ~6 {cold}` for two things near each other in either
//! order; `^ why that $` for a message that says nothing else. Alternatives of several words are
//! multiplied out, so that what is matched is a plain row of [`Part`]s; each part is kept once, and a
//! row is the numbers of its parts.

mod error;
mod rows;
mod words;

use std::borrow::Cow;

use super::quantity::Kinds;
use crate::message::Words;
pub use error::{SyntaxError, fault};
pub use rows::Choices;
use rows::{PartId, Rows};
pub use words::{OneOf, Word};

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
/// Parts that few phrases have more of.
const USUAL_PARTS: usize = 16;
/// Deepest brackets within brackets.
const DEEPEST: usize = 8;

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part<'p> {
    /// One of these words.
    Words(OneOf<'p>),
    /// An entry of a word list.
    List(&'p str),
    /// A quantity of these kinds.
    Quantity(u16),
    /// Up to so many words of any kind.
    Gap(u8),
    /// Nothing but fillers up to the end of the message, or back to its beginning.
    Edge,
}

/// All patterns a phrase stands for.
///
/// # Errors
/// Says what is wrong with the phrase.
pub fn patterns(phrase: &str) -> Result<Choices<'_>, SyntaxError> {
    read(phrase, &mut 0)
}

/// The same; where it fails, with how far it came.
fn read<'p>(phrase: &'p str, came: &mut usize) -> Result<Choices<'p>, SyntaxError> {
    error::expression(phrase)?;
    let (begins, rest) = phrase.strip_prefix('^').map_or((false, phrase), |rest| (true, rest));
    let (ends, text) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
    let mut parser = Parser {
        text,
        parts: Vec::with_capacity(USUAL_PARTS),
        plain: Vec::with_capacity(USUAL_PARTS),
        ..Parser::default()
    };
    let rows = parser.alternatives();
    *came = usize::from(begins) + parser.at;
    let rows = rows?;
    let edge = (begins || ends).then(|| parser.part(Part::Edge));
    let parts = parser.parts;
    let is_gap = |part: &PartId| matches!(parts.get(*part as usize), Some(Part::Gap(_)));
    let rows = rows.without_empty();
    if rows.len() == 0 || rows.iter().any(|row| row.iter().all(is_gap)) {
        return Err(SyntaxError::Empty(phrase.to_owned()));
    }
    let is_loose =
        |row: &[PartId]| row.first().is_some_and(is_gap) || row.last().is_some_and(is_gap);
    if rows.iter().all(is_loose) {
        return Err(SyntaxError::LooseGap);
    }
    // A gap next to an optional part that is left out means nothing.
    let rows = rows.trimmed(is_gap);
    let rows = if begins { Rows::one(edge.as_slice()).times(rows)? } else { rows };
    let rows = if ends { rows.then(edge.as_slice()) } else { rows };
    Ok(Choices { parts, rows })
}

#[derive(Default)]
struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    parts: Vec<Part<'t>>,
    /// The parts with no choice in them that are to be added to the rows being read.
    plain: Vec<PartId>,
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

    fn part(&mut self, part: Part<'t>) -> PartId {
        self.parts.push(part);
        PartId::try_from(self.parts.len() - 1).unwrap_or(PartId::MAX)
    }

    /// `a b|c`, up to the closing bracket when inside one.
    fn alternatives(&mut self) -> Result<Rows, SyntaxError> {
        let mut all = Rows::default();
        loop {
            self.sequence(&mut all)?;
            if self.depth == 0 && self.rest().starts_with(')') {
                return Err(SyntaxError::Stray(")".to_owned()));
            }
            if !self.eat("|") {
                return Ok(all);
            }
        }
    }

    /// Rows joined with `~`: each order of them is a choice.
    fn sequence(&mut self, all: &mut Rows) -> Result<(), SyntaxError> {
        let before = all.len();
        self.row(all)?;
        if !self.rest().starts_with('~') {
            return Ok(());
        }
        let mut rows = vec![all.split_off(before)];
        let mut nearness = 0;
        while self.eat("~") {
            nearness = nearness.max(self.width(USUAL_NEARNESS)?);
            let mut next = Rows::default();
            self.row(&mut next)?;
            rows.push(next);
        }
        if rows.len() > MOST_NEAR {
            return Err(SyntaxError::TooManyNear);
        }
        if rows.iter().any(|row| row.iter().all(<[PartId]>::is_empty)) {
            return Err(SyntaxError::LooseNearness);
        }
        let gap = self.part(Part::Gap(nearness));
        all.extend(&rows::in_any_order(&rows, gap)?);
        Ok(())
    }

    /// Words, groups, lists and gaps in a row, with all its choices.
    fn row(&mut self, all: &mut Rows) -> Result<(), SyntaxError> {
        let start = self.plain.len();
        let mut built: Option<Rows> = None;
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            let rest = self.rest();
            let part = match rest.as_bytes().first() {
                None | Some(b'|' | b')' | b'~') => break,
                Some(b'(') => {
                    let choices = self.group()?;
                    if let Some(only) = choices.only() {
                        self.plain.extend_from_slice(only);
                    } else {
                        let plain = self.plain.get(start..).unwrap_or_default();
                        let before = built.map_or_else(|| Rows::one(plain), |b| b.then(plain));
                        built = Some(before.times(choices)?);
                        self.plain.truncate(start);
                    }
                    continue;
                }
                Some(b'{') => self.list()?,
                Some(b'}' | b'?' | b'*' | b'^' | b'$') => {
                    return Err(SyntaxError::Stray(rest.chars().take(1).collect()));
                }
                Some(_) if rest.starts_with("...") => self.gap()?,
                Some(_) => {
                    self.literal()?;
                    continue;
                }
            };
            self.plain.push(part);
        }
        let plain = self.plain.get(start..).unwrap_or_default();
        match built {
            Some(built) => all.extend(&built.then(plain)),
            None => all.push(plain),
        }
        self.plain.truncate(start);
        Ok(())
    }

    fn group(&mut self) -> Result<Rows, SyntaxError> {
        let start = self.at;
        if self.depth == DEEPEST {
            return Err(SyntaxError::TooDeep);
        }
        self.at += 1;
        self.depth += 1;
        let choices = self.alternatives()?;
        self.depth -= 1;
        if !self.eat(")") {
            let open = self.text.get(start..).unwrap_or_default();
            return Err(SyntaxError::Unclosed(open.to_owned(), ')'));
        }
        let mut choices = self.merged_words(&choices);
        if self.eat("?") {
            choices.push(&[]);
        }
        Ok(choices)
    }

    /// Alternatives of one word each are one part; the others stay as they are.
    fn merged_words(&mut self, choices: &Rows) -> Rows {
        // A part that a longer choice holds as well stays: "(is|has)? gone".
        let is_shared = |part: &PartId| choices.iter().any(|c| c.len() > 1 && c.contains(part));
        let mut single: Vec<Word<'t>> = Vec::with_capacity(choices.len());
        let mut others = Rows::default();
        for choice in choices.iter() {
            let shared = choice.first().is_some_and(is_shared);
            let only = if let [only] = choice { self.parts.get_mut(*only as usize) } else { None };
            match only {
                Some(Part::Words(words)) if shared => single.extend(words.iter().cloned()),
                Some(Part::Words(words)) => single.extend(words.iter_mut().map(std::mem::take)),
                Some(Part::List(_) | Part::Quantity(_) | Part::Gap(_) | Part::Edge) | None => {
                    others.push(choice);
                }
            }
        }
        if !single.is_empty() {
            let words = self.part(Part::Words(OneOf::Any(single)));
            others.push(&[words]);
        }
        others
    }

    fn list(&mut self) -> Result<PartId, SyntaxError> {
        let rest = self.rest();
        let Some(end) = rest.find('}') else {
            return Err(SyntaxError::Unclosed(rest.to_owned(), '}'));
        };
        self.at += end + 1;
        let name = rest.get(1..end).unwrap_or_default().trim();
        if self.rest().starts_with('{') {
            return Err(SyntaxError::Glued(rest.get(..=end).unwrap_or_default().to_owned()));
        }
        let built_in = Kinds::NAMED.iter().find(|(known, _)| *known == name);
        Ok(self.part(match built_in {
            Some((_, kinds)) => Part::Quantity(kinds.0),
            None => Part::List(name),
        }))
    }

    fn gap(&mut self) -> Result<PartId, SyntaxError> {
        if self.rest().starts_with("....") {
            let dots = error::dots(self.rest()).unwrap_or_default();
            return Err(SyntaxError::Dots(dots.to_owned()));
        }
        self.at += 3;
        let width = self.width(USUAL_GAP)?;
        Ok(self.part(Part::Gap(width)))
    }

    /// The digits after `...` or `~`.
    fn width(&mut self, usual: u8) -> Result<u8, SyntaxError> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        let width = rest.get(..digits).and_then(|d| d.parse().ok()).unwrap_or(u32::from(usual));
        match u8::try_from(width) {
            Ok(width) if (1..=WIDEST_GAP).contains(&width) => Ok(width),
            Ok(_) | Err(_) => Err(SyntaxError::WideGap(width)),
        }
    }

    /// A run of plain words, up to the next sign; `*` opens the word before it.
    fn literal(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let signs = |b: u8| b"()|{}*?~^$".contains(&b);
        let bytes = rest.as_bytes();
        let ends = |at: &usize| {
            bytes.get(*at).copied().is_some_and(signs)
                || bytes.get(*at..*at + 3).is_some_and(|three| three == b"...")
        };
        let end = (0..rest.len()).find(ends).unwrap_or(rest.len());
        self.at += end;
        self.words(rest.get(..end).unwrap_or_default())?;
        let opened = self.eat("*").then(|| self.plain.last().copied()).flatten();
        if let Some(Part::Words(last)) = opened.and_then(|id| self.parts.get_mut(id as usize))
            && let Some(word) = last.first_mut()
        {
            if word.text.len() < 2 {
                return Err(SyntaxError::ShortEnding(word.text.clone().into_owned()));
            }
            word.open = true;
            if self.rest().starts_with(|c: char| c.is_alphanumeric() || c == '{') {
                let word = self.text.get(..self.at).unwrap_or_default();
                let word = word.rsplit([' ', '(', '|']).next().unwrap_or(word);
                return Err(SyntaxError::Glued(word.to_owned()));
            }
        }
        Ok(())
    }

    /// The words of a run, each a part.
    fn words(&mut self, run: &'t str) -> Result<(), SyntaxError> {
        if Words::is_plain(run) {
            run.split_ascii_whitespace().for_each(|word| self.word(Cow::Borrowed(word)));
        } else {
            error::signs(run)?;
            let words = Words::of(run);
            words.tokens().iter().for_each(|token| self.word(words.word(token).to_owned().into()));
        }
        Ok(())
    }

    fn word(&mut self, text: Cow<'t, str>) {
        let part = self.part(Part::Words(OneOf::Word([Word { text, open: false }])));
        self.plain.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, expected: &[&str]) {
        let choices = patterns(phrase).unwrap();
        let shown: Vec<String> = choices.rows().map(|row| show(&row)).collect();
        assert_eq!(shown, expected, "{phrase}");
    }

    fn fails(phrase: &str, expected: &SyntaxError) {
        assert_eq!(patterns(phrase).err().as_ref(), Some(expected), "{phrase}");
    }

    #[test]
    fn a_fault_is_found_at_the_word_that_has_it() {
        for (phrase, marked) in [
            ("my (calf|shin hurts", "("),
            ("^ ice {leg hurts", "{"),
            ("my ice*pack hurts", "ice*"),
            ("my s* hurts", "s*"),
            ("my leg ...13 hurts", "...13"),
            ("leg ~ 14 hurts) now", ")"),
            ("leg is .. swollen", ".."),
            ("leg is … swollen", "…"),
            ("leg is 😂", "😂"),
            ("leg ...", "leg ..."),
            ("7.5 km (puce, mauve)", ","),
            ("[leg] hurts", "["),
        ] {
            let (_, span) = fault(phrase).unwrap();
            assert_eq!(&phrase[span], marked, "{phrase}");
        }
        assert_eq!(fault("my calf"), None);
    }

    fn show(parts: &[&Part<'_>]) -> String {
        let part = |part: &&Part<'_>| match part {
            Part::Words(words) => {
                let word = |w: &Word<'_>| format!("{}{}", w.text, if w.open { "*" } else { "" });
                words.iter().map(word).collect::<Vec<_>>().join("/")
            }
            Part::List(name) => format!("{{{name}}}"),
            Part::Quantity(kinds) => format!("#{kinds}"),
            Part::Gap(width) => format!("...{width}"),
            Part::Edge => "edge".to_owned(),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_endings_gaps_and_lists() {
        check("can't walk", &["cant walk"]);
        check("Can not WALK", &["cant walk"]);
        check("{leg} ...4 swell*", &["{leg} ...4 swell*"]);
        check("still ... {15-min-plus}", &["still ...3 #8"]);
        check("a...b", &["a ...3 b"]);
    }

    #[test]
    fn alternatives_of_several_words_are_multiplied_out() {
        check(
            "(numb|no feeling) (down there)?",
            &["no feeling down there", "no feeling", "numb down there", "numb"],
        );
        check("(brown|cola|tea*) pee", &["brown/cola/tea* pee"]);
        check("so (very) (cold)? now", &["so very cold now", "so very now"]);
    }

    #[test]
    fn near_each_other_means_in_any_order() {
        check("foot ~4 cold", &["foot ...4 cold", "cold ...4 foot"]);
        check("(a|b) ~ c d", &["a/b ...5 c d", "c d ...5 a/b"]);
    }

    #[test]
    fn a_gap_beside_what_is_left_out_is_left_out_too() {
        check("(very)? ...2 cold", &["very ...2 cold", "cold"]);
    }

    #[test]
    fn a_word_that_may_stand_alone_stays_in_the_longer_choice() {
        check("(too|(is|has)? gone)", &["is/has gone", "too/gone"]);
    }

    #[test]
    fn an_edge_stands_before_or_behind_all_choices() {
        check("^ (why|what for)", &["edge what for", "edge why"]);
        check("^why $", &["edge why edge"]);
        fails("^ $", &SyntaxError::Empty("^ $".to_owned()));
        fails("why ^ that", &SyntaxError::Stray("^".to_owned()));
    }

    #[test]
    fn faults_are_named() {
        fails("foot ~ ", &SyntaxError::LooseNearness);
        fails("a ~ b ~ c ~ d", &SyntaxError::TooManyNear);
        fails("...", &SyntaxError::Empty("...".to_owned()));
        fails("a ...13 b", &SyntaxError::WideGap(13));
        fails("... b", &SyntaxError::LooseGap);
        fails("s*", &SyntaxError::ShortEnding("s".to_owned()));
        fails("(a|b", &SyntaxError::Unclosed("(a|b".to_owned(), ')'));
        fails("ice*pack", &SyntaxError::Glued("ice*".to_owned()));
        fails("ice {leg}{cramp}", &SyntaxError::Glued("{leg}".to_owned()));
        fails("a)", &SyntaxError::Stray(")".to_owned()));
        fails(&"(a b|c)".repeat(9), &SyntaxError::TooMany);
        fails(&"(".repeat(9), &SyntaxError::TooDeep);
        fails("calf … swollen", &SyntaxError::Dots("…".to_owned()));
        fails("calf .. swollen", &SyntaxError::Dots("..".to_owned()));
        fails("calf ....4 swollen", &SyntaxError::Dots("....".to_owned()));
        fails("(calf\\|shin) tear", &SyntaxError::Backslash);
        fails("/calf tape", &SyntaxError::HalfExpression("/calf tape".to_owned()));
        fails("calf tape/", &SyntaxError::HalfExpression("calf tape/".to_owned()));
        fails("/calf/i", &SyntaxError::AroundExpression("i".to_owned()));
        fails(" /calf/", &SyntaxError::AroundExpression(" ".to_owned()));
        for (phrase, sign) in [
            ("(puce, mauve)", ','),
            ("[leg] hurts", '['),
            ("puce/mauve", '/'),
            ("<leg> hurts", '<'),
            ("an \"ice\" bath", '"'),
            ("ice; heat", ';'),
            ("ice!", '!'),
            ("ice, or heat.", ','),
            ("the ice.", '.'),
        ] {
            let found = patterns(phrase).err();
            let told = matches!(found, Some(SyntaxError::Punctuation(own, _)) if own == sign);
            assert!(told, "{phrase}: {found:?}");
        }
        for phrase in ["37.5 degrees", "24/7", "at 7:30", "e.g. ice", "1,000 metres"] {
            assert!(patterns(phrase).is_ok(), "{phrase}");
        }
        fails("(😂|numb)", &SyntaxError::Unread('😂'));
        fails("my 痛", &SyntaxError::Unread('痛'));
    }
}
