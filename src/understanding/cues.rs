//! Cues that were found, and which of them count.

use std::ops::Range;

use super::Reader;
use super::answer_words::AnswerWords;
use super::asking::is_auxiliary;
use super::clause_words::is_subject;
use crate::message::{Boundary, Token, Words};
use crate::phrases::Found;
use crate::responses::{Reach, Role, Sign};
use crate::vocabulary::{Fact, Status};

/// A cue that was found.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) status: Status,
    pub(super) reach: Reach,
    pub(super) tokens: Range<usize>,
    /// The first word after it that it does not reach.
    pub(super) limit: usize,
}

/// "Swelling no, fever no, but chest pain": a "no" behind what it denies, as in a list that somebody
/// answers. It reaches back to its own sign, and over nothing that follows.
pub(super) fn is_postposed(words: &Words, ends: &[bool], at: usize) -> bool {
    let boundary = |at: usize| words.boundary(at);
    let is_no = |at: usize| matches!(words.at(at), "no" | "nope" | "nah" | "none");
    let parts = |at: usize| boundary(at) >= Boundary::Comma;
    let last = |at: usize| parts(at + 1) || ends.get(at + 1).copied().unwrap_or(false);
    if !is_no(at) {
        return false;
    }
    // "fever: no, brown pee: yes"
    if boundary(at) == Boundary::Clause {
        return at > 0 && parts(at + 1);
    }
    if parts(at) || at == 0 {
        return false;
    }
    // "numb no weak no but brown pee": as the last one of the clause stands, so do all.
    let from = (0..=at).rev().find(|at| parts(*at)).unwrap_or_default();
    let to = (at..words.tokens().len()).find(|at| last(*at)).unwrap_or(at);
    let is_answer = |at: usize| is_no(at) || matches!(words.at(at), "yes" | "yep" | "yeah");
    last(at) || !is_no(from) && is_answer(to)
}

/// "Can statins cause cramps, my pee is brown": what is told of oneself behind a comma is no part of the
/// question.
pub(super) fn tells_of_own(words: &Words, cue: &Cue, target: usize) -> bool {
    let first = words.at(cue.tokens.start);
    let asks = is_auxiliary(first) || matches!(first, "what" | "why" | "how" | "which");
    let mut behind = (cue.tokens.end..=target).rev();
    let begins = behind.find(|at| words.boundary(*at) >= Boundary::Comma);
    begins.filter(|_| asks).is_some_and(|at| {
        let joins = matches!(words.at(at), "and" | "but" | "because" | "cos" | "as");
        matches!(words.at(if joins { at + 1 } else { at }), "my" | "i" | "im" | "ive")
    })
}

/// "None except the fever": what stands behind it is the exception.
pub(super) fn is_exception(words: &Words, at: usize) -> bool {
    let next = || words.at(at + 1);
    match words.at(at) {
        "except" | "excepting" | "bar" | "barring" | "besides" | "unless" | "minus" | "but" => true,
        "wait" | "actually" | "yes" | "hang" => true,
        "apart" | "aside" => next() == "from",
        "other" => next() == "than",
        "save" => next() == "for",
        _ => false,
    }
}

/// "No fever, bit numb", "none really, maybe a bit puffed": how much there is of it, or how sure it is,
/// begins what is told, and is no more of the list.
pub(super) fn is_degree(words: &Words, at: usize) -> bool {
    let small = |word: &str| {
        matches!(
            word,
            "bit" | "little" | "slight" | "slightly" | "mild" | "mildly" | "touch" | "tad"
        )
    };
    let word = words.at(at);
    small(word)
        || matches!(word, "some" | "somewhat" | "maybe" | "perhaps" | "possibly")
        || matches!(word, "although" | "though")
        || word == "a" && small(words.at(at + 1))
}

/// "Apart from the bruise, no": what the exception names is there, whatever is denied behind it.
pub(super) fn is_excepted(words: &Words, target: &Range<usize>) -> bool {
    const REACH: usize = 4;
    (target.start.saturating_sub(REACH)..target.start).any(|at| names_exception(words, at))
}

/// "Except", "apart from", "unless you count": it names what is there after all.
pub(super) fn names_exception(words: &Words, at: usize) -> bool {
    let joins = || match words.at(at) {
        "unless" => words.at(at + 2) != "count",
        word => matches!(word, "but" | "wait" | "actually" | "yes" | "hang"),
    };
    is_exception(words, at) && !joins()
}

/// "No it let go", "hell no my foot is blue": a "no" that answers what was asked or is a cry, with a
/// clause of its own behind it, denies nothing of that clause.
pub(super) fn is_answer(words: &Words, known: &AnswerWords<'_>, cue: &Cue) -> bool {
    let at = cue.tokens.start;
    let boundary = |at: usize| words.tokens().get(at).map(|token| token.boundary);
    if cue.tokens.len() > 1 || !matches!(words.at(at), "no" | "nope" | "nah" | "na" | "naw") {
        return false;
    }
    let next = words.at(at + 1);
    let clause = is_subject(next)
        || matches!(next, "the" | "thats" | "were" | "theyre" | "our" | "just" | "only" | "but")
        || matches!(next, "wait" | "actually" | "sorry" | "hang");
    let clause = clause && boundary(at + 1).is_some_and(|next| next < Boundary::Sentence);
    // "Oh no no no, my foot is blue": a cry to its end.
    let cries = |at: usize| known.swears(words.at(at));
    let cry = !clause && at > 0 && cries(at - 1) && {
        let end = (at + 1..words.tokens().len()).find(|at| words.at(*at) != "no");
        end.and_then(boundary) >= Some(Boundary::Comma)
    };
    if !clause && !cry {
        return false;
    }
    // Nothing but cries and what leads in stands between it and where it could begin.
    let cried = (0..at).rev().take_while(|at| cries(*at)).count();
    let least = if cried > 0 { Boundary::Comma } else { Boundary::Sentence };
    let led = (0..at - cried).rev().take_while(|at| known.is_lead_in(words.at(*at))).count();
    (at - cried - led..=at).any(|at| at == 0 || boundary(at) >= Some(least))
}

/// "No swelling, I don't think", "not a cramp I don't think, my leg is hot": an opinion on what was said
/// before it. It denies nothing that follows, and doubts no denial.
pub(super) fn is_afterthought(words: &Words, cues: &[Cue], cue: &Cue) -> bool {
    const REACH: usize = 5;
    let (start, end) = (cue.tokens.start, cue.tokens.end);
    let thinks = matches!(words.at(end.saturating_sub(1)), "think" | "believe" | "reckon");
    if cue.status != Status::Denied || cue.reach != Reach::BeforeClause || !thinks {
        return false;
    }
    let closes = end >= words.tokens().len() || words.boundary(end) >= Boundary::Comma;
    let parted = |from: usize| (from..start).any(|at| words.boundary(at) >= Boundary::Comma);
    let of_denial = |other: &Cue| {
        let near = other.tokens.end <= start && start - other.tokens.end <= REACH;
        near && other.status == Status::Denied && !parted(other.tokens.end)
    };
    closes || matches!(words.at(end), "so" | "but" | "though" | "tho") || cues.iter().any(of_denial)
}

/// Signs with a negation of their own ("not sweating"): behind the next comma that denies nothing more
/// ("not sweating, talking rubbish").
pub(super) struct SignsOfTheirOwn {
    /// The words of each, and where the next comma stands.
    signs: Vec<(Range<usize>, usize)>,
}

impl SignsOfTheirOwn {
    pub(super) fn of(words: &Words, found: &[Found<Sign>]) -> Self {
        let parts = |at: &usize| words.boundary(*at) >= Boundary::Comma;
        let sign = |hit: &Found<Sign>| match hit.owner {
            Sign::Flag(_, role) if role.denies() => {
                let comma = (hit.tokens.end..words.tokens().len()).find(parts);
                Some((hit.tokens.clone(), comma?))
            }
            _ => None,
        };
        Self { signs: found.iter().filter_map(sign).collect() }
    }

    /// The first word that a cue does not reach for being part of such a sign.
    pub(super) fn end(&self, cue: &Cue) -> usize {
        let is_part =
            |sign: &Range<usize>| sign.start == cue.tokens.start && cue.tokens.end < sign.end;
        let commas = self.signs.iter().filter(|(sign, _)| is_part(sign)).map(|(_, comma)| *comma);
        commas.min().unwrap_or(usize::MAX)
    }
}

/// "No, one foot is cold" holds no "no one", and "no, numbness" no "no numbness": what is said of a
/// sign does not begin with a "no" that a comma parts from it.
pub(super) fn begins_with_an_answer(words: &Words, hit: &Found<Sign>) -> bool {
    let at = hit.tokens.start;
    matches!(hit.owner, Sign::Cue(..) | Sign::Flag(..))
        && hit.tokens.len() > 1
        && matches!(words.at(at), "no" | "ohno")
        && words.boundary(at + 1) >= Boundary::Comma
}

/// Where a message turns from what is known of all, or asked for some day, to a case at hand: "brown
/// pee is bad and mine is brown", "what if it swells, cos mine has", "is it normal? she has it now".
pub(super) struct Cases(Vec<usize>);

impl Cases {
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        let words = reader.words;
        let joins = |at: usize| {
            words.boundary(at) >= Boundary::Comma
                || matches!(
                    words.at(at - 1),
                    "and"
                        | "but"
                        | "so"
                        | "now"
                        | "because"
                        | "cos"
                        | "coz"
                        | "cuz"
                        | "bc"
                        | "cause"
                        | "as"
                        | "since"
                )
        };
        let is_well = |at: usize| (at + 1..at + 5).any(|at| reader.known.is_well(words.at(at)));
        let is_case = |hit: &&Found<Sign>| {
            let says = matches!(hit.owner, Sign::Fact(Fact::OwnCase, role) if role != Role::Not);
            says && !reader.is_look_alike(hit)
        };
        let starts = reader.found.iter().filter(is_case).map(|hit| hit.tokens.start);
        Self(starts.filter(|at| *at > 0 && joins(*at) && !is_well(*at)).collect())
    }

    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether a sign that is asked about is one of them, or told of now: "should my foot be this
    /// cold", "what if it is already swollen".
    pub(super) fn hold(&self, words: &Words, sign: &Range<usize>) -> bool {
        let is_now = |at: usize| match words.at(at) {
            "already" => true,
            "this" | "so" | "that" => {
                matches!(words.at(at - 1), "be" | "being" | "look" | "feel" | "get" | "stay")
            }
            _ => false,
        };
        self.0.iter().any(|case| *case > sign.start)
            || (sign.start.saturating_sub(2).max(1)..sign.end).any(is_now)
    }
}

/// Whether a time is a year, or is counted in years.
pub(super) fn is_of_years(words: &Words, time: &Range<usize>) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    time.clone()
        .map(|at| words.at(at))
        .any(|word| matches!(word, "year" | "years" | "yr" | "yrs" | "decades") || is_year(word))
}

/// What matters of the cues that reach over a sign, in order, however many there are.
#[derive(Default)]
pub(super) struct Covering<'c> {
    /// The first one of each status.
    pub(super) first: Vec<&'c Cue>,
    /// The first two that deny.
    pub(super) denials: [Option<&'c Cue>; 2],
    /// Whether one that denies stands apart from the first one.
    pub(super) parted: bool,
}

impl<'c> Covering<'c> {
    pub(super) fn of(cues: impl Iterator<Item = &'c Cue>) -> Self {
        let mut covering = Self::default();
        for cue in cues {
            if covering.first.iter().all(|first| first.status != cue.status) {
                covering.first.push(cue);
            }
            if cue.status == Status::Denied {
                let [one, two] = &mut covering.denials;
                match one {
                    None => *one = Some(cue),
                    Some(one) => {
                        two.get_or_insert(cue);
                        covering.parted |= !overlaps(&cue.tokens, &one.tokens);
                    }
                }
            }
        }
        covering
    }
}

/// The cues that do not lie within a stronger one.
pub(super) fn without_swallowed(cues: Vec<Cue>) -> Vec<Cue> {
    let mut by_start: Vec<&Cue> = cues.iter().collect();
    by_start.sort_by_key(|cue| cue.tokens.start);
    let longest = cues.iter().map(|cue| cue.tokens.len()).max().unwrap_or(0);
    let is_swallowed = |cue: &Cue| {
        let from = by_start.partition_point(|o| o.tokens.start + longest < cue.tokens.start);
        let near = by_start.iter().skip(from);
        let mut near = near.take_while(|other| other.tokens.start <= cue.tokens.start);
        near.any(|other| swallows(other, cue))
    };
    let swallowed: Vec<bool> = cues.iter().map(is_swallowed).collect();
    cues.into_iter().zip(swallowed).filter_map(|(cue, gone)| (!gone).then_some(cue)).collect()
}

/// For each word, the number of its clause.
pub(super) fn breaths(words: &Words) -> Vec<usize> {
    let mut breath = 0;
    let number = |token: &Token| {
        breath += usize::from(token.boundary >= Boundary::Clause);
        breath
    };
    words.tokens().iter().map(number).collect()
}

fn swallows(other: &Cue, cue: &Cue) -> bool {
    let inside = other.tokens.start <= cue.tokens.start && cue.tokens.end <= other.tokens.end;
    let longer = other.tokens.len() > cue.tokens.len();
    let local = other.reach != Reach::Sentence;
    let twin = other.reach == Reach::Nothing && cue.reach != Reach::Nothing;
    let outranks = longer || twin && other.status == cue.status;
    inside && local && outranks
}

pub(super) fn overlaps(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}
