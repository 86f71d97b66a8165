//! Whether a message is about a cramp in a leg or foot.

use std::ops::Range;

use crate::message::{Boundary, Words};
use crate::phrases::Reading;
use crate::responses::Lists;

use super::context::overlaps;

/// Why a message is about leg cramps, or why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::Display)]
pub enum Relevance {
    /// No word of cramp or leg in it.
    #[default]
    #[strum(serialize = "no word of cramps or legs")]
    NoWord,
    /// Words are there, but not of a cramp.
    #[strum(serialize = "a leg, but no cramp")]
    NoCramp,
    /// The cramp is in another part of the body.
    #[strum(serialize = "a cramp, but not in a leg")]
    OtherBody,
    /// Cramped rooms, style.
    #[strum(serialize = "cramp in another sense")]
    Figurative,
    /// A cramp word next to a leg word.
    #[strum(serialize = "a cramp in a leg")]
    LegCramp,
    /// A cramp word, and no other part of the body named.
    #[strum(serialize = "a cramp, and nothing but a leg fits")]
    BareCramp,
    /// A leg that locks, seizes, goes hard.
    #[strum(serialize = "a leg that locks or seizes")]
    CrampLike,
    /// A question on a clot in the leg.
    #[strum(serialize = "a question on a blood clot")]
    Clot,
    /// A danger sign of the calf.
    #[strum(serialize = "a danger sign in the leg")]
    Sign,
}

impl Relevance {
    /// Whether a bot should answer.
    #[must_use]
    pub const fn is_relevant(self) -> bool {
        match self {
            Self::NoWord | Self::NoCramp | Self::OtherBody | Self::Figurative => false,
            Self::LegCramp | Self::BareCramp | Self::CrampLike | Self::Clot | Self::Sign => true,
        }
    }
}

/// Whether anything in it can make a message relevant: if not, reading it ends here.
pub(super) fn may_be(reading: &Reading, lists: &Lists) -> bool {
    reading.all_lists() & (lists.cramp | lists.leg | lists.clot | lists.muscle) != 0
}

/// Where one cramp word points to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Leg,
    Other,
    Open,
}

/// Decides by the cramp words: the part of the body nearest to each.
pub(super) fn of_cramp_words(words: &Words, reading: &Reading, lists: &Lists) -> Relevance {
    let figurative = reading.entries(lists.figurative);
    let all = reading.entries(lists.cramp);
    let literal = |range: &&Range<usize>| !figurative.iter().any(|f| overlaps(f, range));
    let cramps: Vec<&Range<usize>> = all.iter().filter(literal).collect();
    if cramps.is_empty() {
        return if all.is_empty() && figurative.is_empty() {
            Relevance::NoCramp
        } else {
            Relevance::Figurative
        };
    }
    let legs = reading.entries(lists.leg);
    let legs: Vec<Range<usize>> = legs.into_iter().filter(|r| is_limb(words, r)).collect();
    let others = reading.entries(lists.other_body);
    let body = Body { words, legs: &legs, others: &others };
    let sites: Vec<Site> = cramps.iter().map(|cramp| body.site(cramp)).collect();
    if sites.contains(&Site::Leg) {
        return Relevance::LegCramp;
    }
    let other_talk = reading.all_lists() & lists.other_context != 0;
    if sites.contains(&Site::Open) && !other_talk && !sites.contains(&Site::Other) {
        let spasm_only = cramps.iter().all(|range| words.at(range.start).starts_with("spas"));
        let placed = !legs.is_empty();
        return if spasm_only && !placed && others.is_empty() && !has_muscle(words) {
            Relevance::NoCramp
        } else {
            Relevance::BareCramp
        };
    }
    Relevance::OtherBody
}

fn has_muscle(words: &Words) -> bool {
    words.tokens().iter().any(|token| words.word(token).starts_with("musc"))
}

/// "pins and needles" and "on foot" are no limbs.
fn is_limb(words: &Words, range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).map_or("", |at| words.at(at));
    match words.at(range.start) {
        "pins" => false,
        "foot" | "feet" => !matches!(before, "on" | "by" | "square" | "cubic" | "under"),
        "leg" => !matches!(before, "first" | "second" | "last" | "relay" | "next" | "final" | "anchor"),
        _ => true,
    }
}

struct Body<'b> {
    words: &'b Words,
    legs: &'b [Range<usize>],
    others: &'b [Range<usize>],
}

impl Body<'_> {
    /// The nearest part of the body decides; what is in the same sentence is nearer.
    fn site(&self, cramp: &Range<usize>) -> Site {
        let nearest = |parts: &[Range<usize>]| {
            parts.iter().map(|part| self.distance(cramp, part)).min()
        };
        match (nearest(self.legs), nearest(self.others)) {
            (None, None) => Site::Open,
            (Some(_), None) => Site::Leg,
            (None, Some(other)) if other < 12 => Site::Other,
            (None, Some(_)) => Site::Open,
            (Some(leg), Some(other)) if leg <= other => Site::Leg,
            (Some(leg), Some(_)) if leg <= 3 => Site::Leg,
            (Some(_), Some(_)) => Site::Other,
        }
    }

    /// Words between, where a sentence end counts much and a compound ("leg cramps") nothing.
    fn distance(&self, cramp: &Range<usize>, part: &Range<usize>) -> usize {
        let (from, to) = if part.end <= cramp.start {
            (part.end, cramp.start)
        } else if cramp.end <= part.start {
            (cramp.end, part.start)
        } else {
            return 0;
        };
        let ends = (from..=to)
            .filter(|at| {
                let token = self.words.tokens().get(*at);
                token.is_some_and(|t| t.boundary == Boundary::Sentence)
            })
            .count();
        let commas = (from..=to)
            .filter(|at| {
                let token = self.words.tokens().get(*at);
                token.is_some_and(|t| matches!(t.boundary, Boundary::Comma | Boundary::Clause))
            })
            .count();
        let compound = part.end == cramp.start;
        (to - from) + ends * 8 + commas * 2 + usize::from(!compound)
    }
}
