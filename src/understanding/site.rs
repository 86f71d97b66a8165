//! Where a cramp is: which part of the body each cramp word of a message points to.

use std::ops::Range;

use super::cues::overlaps;
use super::relevance::Relevance;
use crate::message::{Boundary, Words};
use crate::phrases::Reading;
use crate::responses::Lists;

/// Where one cramp word points to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Leg,
    Other,
    Open,
}

/// Decides by the cramp words: the part of the body nearest to each. `asking` are the clauses that ask.
pub(super) fn of_cramps(
    words: &Words,
    reading: &Reading,
    lists: &Lists,
    asking: &[Range<usize>],
) -> Relevance {
    let figurative = reading.entries(lists.figurative);
    let all = reading.entries(lists.cramp);
    let parts = reading.entries(lists.leg);
    // "thighs cramped in the car home": what cramps is no room.
    let of_leg = |range: &Range<usize>| {
        parts.iter().any(|leg| (leg.end..=leg.end + 1).contains(&range.start))
    };
    let literal =
        |range: &&Range<usize>| of_leg(range) || !figurative.iter().any(|f| overlaps(f, range));
    let cramps: Vec<&Range<usize>> = all.iter().filter(literal).collect();
    if cramps.is_empty() {
        return if all.is_empty() && figurative.is_empty() {
            Relevance::NoCramp
        } else {
            Relevance::Figurative
        };
    }
    let asks = |cramp: &Range<usize>| asking.iter().any(|clause| overlaps(clause, cramp));
    let denied = |cramp: &&Range<usize>| !asks(cramp) && is_denied(words, cramp);
    if cramps.iter().all(denied) && !is_had_elsewhere(words) {
        return Relevance::Denied;
    }
    let legs = reading.entries(lists.leg);
    let legs: Vec<Range<usize>> = legs.into_iter().filter(|r| is_limb(words, r)).collect();
    let mut others = reading.entries(lists.other_body);
    others.retain(|part| !is_tool(words, part));
    let other_talk = reading.all_lists() & lists.other_context != 0;
    let reach = if other_talk { 5 } else { 40 };
    let by_name = reading.entries(lists.leg_cramp);
    let body = Body { words, legs: &legs, by_name: &by_name, others: &others, reach };
    let sites: Vec<Site> = cramps.iter().map(|cramp| body.site(cramp)).collect();
    if sites.contains(&Site::Leg) {
        return Relevance::LegCramp;
    }
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

/// Whether a cramp is named that no other part of the body has to itself: with an emergency beside
/// it, it need not say where.
pub(super) fn names_open_cramp(words: &Words, reading: &Reading, lists: &Lists) -> bool {
    let figurative = reading.entries(lists.figurative);
    let others = reading.entries(lists.other_body);
    let body = Body { words, legs: &[], by_name: &[], others: &others, reach: 0 };
    let is_open = |cramp: &Range<usize>| {
        !figurative.iter().any(|f| overlaps(f, cramp))
            && !is_denied(words, cramp)
            && !others.iter().any(|part| body.is_attached(cramp, part))
    };
    let other_talk = reading.all_lists() & lists.other_context != 0;
    !other_talk && reading.entries(lists.cramp).iter().any(is_open)
}

/// "I don't cramp", "no cramp, no wall": plainly none, and nobody asks how to keep it so.
fn is_denied(words: &Words, cramp: &Range<usize>) -> bool {
    let sentence = words.sentences().iter().find(|s| s.tokens.contains(&cramp.start));
    let Some(sentence) = sentence.filter(|s| !s.asks) else { return false };
    let purpose = sentence.tokens.clone().any(|at| match words.at(at) {
        "so" => words.at(at + 1) != "far",
        "more" => words.at(at + 1) != "like",
        word => matches!(
            word,
            "how"
                | "without"
                | "if"
                | "why"
                | "tonight"
                | "yet"
                | "now"
                | "until"
                | "till"
                | "then"
                | "before"
        ),
    });
    !purpose && is_negated(words, cramp.start)
}

/// How many words may stand between a denial and what it denies.
const DENIED_WITHIN: usize = 4;

/// "never had a cramp", "it isn't any muscle or cramp thing": denied by a word before it. "Not a muscle
/// that isn't cramping" is not.
fn is_negated(words: &Words, at: usize) -> bool {
    let apart = |at: usize| words.boundary(at) >= Boundary::Comma;
    let mut listed = false;
    for back in 1..=DENIED_WITHIN {
        let Some(before) = at.checked_sub(back) else { return false };
        match words.at(before) {
            _ if apart(before + 1) => return false,
            "no" | "not" | "nor" | "never" | "nothing" | "zero" | "dont" | "doesnt" | "didnt"
            | "isnt" | "wasnt" | "arent" | "werent" | "havent" | "hasnt" | "hadnt" => {
                let by = words.before(before, 1);
                return !matches!(by, "that" | "which");
            }
            "or" => listed = true,
            "had" | "have" | "has" | "get" | "got" | "been" | "leg" | "muscle" | "a" | "an"
            | "any" | "one" | "even" | "single" | "actual" | "real" | "proper" => {}
            _ if listed => {}
            _ => return false,
        }
    }
    false
}

/// "I get it when I sit", "always my left calf": not there where it was denied, but here.
fn is_had_elsewhere(words: &Words) -> bool {
    let of_one_side = |at: usize| {
        matches!(words.at(at), "always" | "only" | "just")
            && (at + 1..at + 4).any(|next| matches!(words.at(next), "left" | "right"))
    };
    if (0..words.tokens().len()).any(of_one_side) {
        return true;
    }
    let denies = |word: &str| matches!(word, "dont" | "doesnt" | "never" | "not" | "didnt");
    (1..words.tokens().len()).any(|at| {
        matches!(words.at(at), "get" | "gets" | "got" | "have" | "comes" | "only")
            && !denies(words.at(at - 1))
            && matches!(words.at(at + 1), "it" | "them" | "when" | "only" | "in" | "at")
            && matches!(words.at(at - 1), "i" | "it" | "they" | "he" | "she" | "only")
    })
}

fn has_muscle(words: &Words) -> bool {
    words.tokens().iter().any(|token| words.word(token).starts_with("musc"))
}

/// Whether a part of the leg is named as such: "at 5,000 feet" names none.
pub(super) fn names_leg(words: &Words, reading: &Reading, lists: &Lists) -> bool {
    reading.all_lists() & lists.leg != 0
        && reading.entries(lists.leg).iter().any(|part| is_limb(words, part))
}

/// "pins and needles", "on foot", "40 feet" and "its sole purpose" are no limbs.
pub(super) fn is_limb(words: &Words, range: &Range<usize>) -> bool {
    let before = words.before(range.start, 1);
    let after = words.at(range.end);
    match words.at(range.start) {
        "pins" => false,
        "leg" | "legs" if matches!(after, "day" | "days" | "room" | "hooked") => false,
        "foot" | "feet" if matches!(after, "ball" | "tall" | "high" | "deep" | "above") => false,
        "feet" if is_how_one_stands(words, range) => false,
        "foot" | "feet" => {
            let measure =
                !matches!(before, "1" | "2") && before.bytes().all(|b| b.is_ascii_digit());
            let counted = matches!(before, "hundred" | "thousand") || measure && !before.is_empty();
            !counted && !matches!(before, "on" | "by" | "square" | "cubic" | "under")
        }
        "sole" => !matches!(
            after,
            "purpose" | "reason" | "aim" | "goal" | "job" | "owner" | "survivor" | "responsibility"
        ),
        "arch" if matches!(after, "enemy" | "rival" | "nemesis" | "villain") => false,
        "leg" => {
            !matches!(before, "first" | "second" | "last" | "relay" | "next" | "final" | "anchor")
        }
        _ => true,
    }
}

/// "On my feet all day" tells how one works.
fn is_how_one_stands(words: &Words, feet: &Range<usize>) -> bool {
    let after = words.at(feet.end);
    let for_long = after.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        || matches!(
            after,
            "all" | "for" | "a" | "most" | "long" | "constantly" | "since" | "every"
        );
    words.before(feet.start, 2) == "on" && for_long
}

/// "a hand massage", "dig my thumbs in", "everyone hands you one": what is rubbed with or given, not
/// what hurts.
fn is_tool(words: &Words, part: &Range<usize>) -> bool {
    let whose = |word: &str| matches!(word, "my" | "your" | "the" | "a" | "his" | "her" | "their");
    let back = if whose(words.before(part.start, 1)) { 2 } else { 1 };
    let rubs = matches!(
        words.before(part.start, back),
        "by" | "with" | "using" | "dig" | "digging" | "press" | "pressing" | "stick" | "sticking"
    );
    let massage = matches!(words.at(part.end), "massage" | "massages" | "massaging" | "into");
    let gives = matches!(words.at(part.start), "hand" | "hands")
        && matches!(words.at(part.end), "you" | "me" | "us" | "him" | "everyone" | "out" | "over");
    let team = words.before(part.end, 1) == "back"
        && matches!(words.at(part.end), "row" | "line" | "four" | "three" | "five" | "straight");
    rubs && words.at(part.start) != "back" || massage || gives || team
}

struct Body<'b> {
    words: &'b Words,
    legs: &'b [Range<usize>],
    /// Cramps that are in a leg by their name, unless another part has them.
    by_name: &'b [Range<usize>],
    others: &'b [Range<usize>],
    /// Words from the cramp within which a leg counts; less in talk of womb and gut.
    reach: usize,
}

impl Body<'_> {
    /// A part that is attached to the cramp ("stomach cramps", "cramps in my stomach") decides;
    /// otherwise a leg anywhere near does.
    fn site(&self, cramp: &Range<usize>) -> Site {
        let near = |parts: &[Range<usize>], at_most: usize| {
            let between = |part: &Range<usize>| {
                part.start.saturating_sub(cramp.end).max(cramp.start.saturating_sub(part.end))
            };
            let near = parts.iter().filter(|part| between(part) <= at_most);
            near.into_iter().any(|part| self.distance(cramp, part) <= at_most)
        };
        let other_attached = self.others.iter().any(|part| self.is_attached(cramp, part));
        let leg_attached = self.legs.iter().any(|part| self.is_attached(cramp, part));
        let leg = leg_attached && !self.is_compound(cramp)
            || near(self.legs, 4) && !other_attached
            || other_attached && (self.is_coordinated(cramp) || self.spreads_to_leg(cramp));
        if leg {
            Site::Leg
        } else if other_attached {
            Site::Other
        } else if near(self.legs, self.reach)
            || self.by_name.iter().any(|name| overlaps(name, cramp))
        {
            Site::Leg
        } else if self.others.iter().any(|part| self.stands_beside(cramp, part)) {
            Site::Other
        } else {
            Site::Open
        }
    }

    /// Near enough to be where it cramps, with no comma between.
    fn stands_beside(&self, cramp: &Range<usize>, part: &Range<usize>) -> bool {
        let (from, to) =
            if part.end <= cramp.start { (part.end, cramp.start) } else { (cramp.end, part.start) };
        self.distance(cramp, part) <= 8 && (from > to || !self.crosses(from, to, Boundary::Comma))
    }

    /// "stomach cramps and my leg hurts": the compound decides.
    fn is_compound(&self, cramp: &Range<usize>) -> bool {
        let noun = self.words.at(cramp.start).ends_with('s');
        noun && self.others.iter().any(|part| part.end == cramp.start)
    }

    /// "back spasms that go down into both calves".
    fn spreads_to_leg(&self, cramp: &Range<usize>) -> bool {
        let word = |at: usize| self.words.at(at);
        let determiner = |at: usize| {
            matches!(word(at), "my" | "the" | "both" | "his" | "her" | "left" | "right" | "one")
        };
        self.legs.iter().filter(|leg| leg.start >= cramp.end).any(|leg| {
            let before = (cramp.end..leg.start).rev().find(|at| !determiner(*at));
            leg.start - cramp.end <= 9
                && !self.crosses(cramp.end, leg.start, Boundary::Sentence)
                && before.is_some_and(|at| matches!(word(at), "into" | "down" | "to" | "through"))
        })
    }

    /// "calves AND the hands cramp": a leg in one list with the other part.
    fn is_coordinated(&self, cramp: &Range<usize>) -> bool {
        let attached = self.others.iter().filter(|part| self.is_attached(cramp, part));
        let mut attached =
            attached.filter(|part| part.end <= cramp.start || part.start > cramp.start);
        attached.any(|part| {
            self.legs.iter().any(|leg| {
                let before =
                    leg.end <= part.start && part.start - leg.end <= 6 && part.end <= cramp.start;
                let after =
                    part.end <= leg.start && leg.start - part.end <= 3 && cramp.end <= part.start;
                before || after
            })
        })
    }

    /// Right before the cramp, or right after it with a little word between.
    fn is_attached(&self, cramp: &Range<usize>, part: &Range<usize>) -> bool {
        if part.end <= cramp.start {
            let gap = cramp.start - part.end;
            return gap <= 1 && !self.crosses(part.end, cramp.start, Boundary::Comma);
        }
        if cramp.end > part.start {
            return true;
        }
        let between = cramp.end..part.start;
        let link = |at: usize| {
            matches!(
                self.words.at(at),
                "in" | "of"
                    | "my"
                    | "the"
                    | "his"
                    | "her"
                    | "both"
                    | "left"
                    | "right"
                    | "on"
                    | "their"
                    | "to"
                    | "into"
                    | "at"
                    | "lower"
                    | "upper"
                    | "a"
                    | "one"
                    | "our"
                    | "up"
                    | "around"
                    | "muscle"
                    | "muscles"
                    | "down"
                    | "and"
                    | "this"
                    | "your"
                    | "side"
            )
        };
        // "cramps, eyes half open": a list names one after the other.
        let least = if between.is_empty() { Boundary::Comma } else { Boundary::Clause };
        between.len() <= 4
            && between.clone().all(link)
            && !self.crosses(cramp.end, part.start, least)
    }

    fn crosses(&self, from: usize, to: usize, least: Boundary) -> bool {
        (from..=to).any(|at| self.words.boundary(at) >= least)
    }

    /// Words between, where a sentence end counts for several.
    fn distance(&self, cramp: &Range<usize>, part: &Range<usize>) -> usize {
        let (from, to) = if part.end <= cramp.start {
            (part.end, cramp.start)
        } else if cramp.end <= part.start {
            (cramp.end, part.start)
        } else {
            return 0;
        };
        let weight = |at: usize| match self.words.boundary(at) {
            Boundary::Sentence => 6,
            Boundary::Clause | Boundary::Comma => 1,
            Boundary::Space => 0,
        };
        (to - from) + (from..=to).map(weight).sum::<usize>()
    }
}
