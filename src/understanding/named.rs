//! Signs that an answer to the check lists names by a bare word: "the breathing", "no pop", "pee is
//! fine".

use std::ops::Range;

use super::answer_words::is_negation;
use super::answering::is_parted;
use super::claim::About;
use super::context::Context;
use super::{Reader, stays_true};
use crate::message::{Boundary, Words};
use crate::responses::{Role, Sign};
use crate::vocabulary::{Flag, FlagId, FlagSet, Status};

/// The red flags whose names are in a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Said to be there, by their names alone.
    pub there: FlagSet,
    /// Said not to be there, or to be well.
    pub well: FlagSet,
    /// Said to be well by who hopes so, once was, or takes it back: "hope pee is normal"; or named by who
    /// does not know.
    pub doubted: FlagSet,
}

impl Named {
    /// Whether no sign is named.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.there.union(self.well).union(self.doubted).is_empty()
    }

    /// Those among these.
    #[must_use]
    pub fn among(self, flags: FlagSet) -> Self {
        Self {
            there: self.there.among(flags),
            well: self.well.among(flags),
            doubted: self.doubted.among(flags),
        }
    }
}

impl Reader<'_> {
    /// See [`Named`]. A name within what says that all is well ("the foot is warm") is none.
    pub(super) fn named(&self, context: &Context<'_>) -> Named {
        let fine = |tokens: &Range<usize>| {
            self.found.iter().any(|hit| {
                matches!(hit.owner, Sign::Flag(_, Role::Fine))
                    && hit.tokens.start <= tokens.start
                    && tokens.end <= hit.tokens.end
            })
        };
        let mut named = Named::default();
        for hit in self.found {
            let Sign::Flag(flag, Role::Answer) = hit.owner else { continue };
            if self.is_of_control(&hit.tokens) {
                continue;
            }
            if let Some(well) = self.told_well(&hit.tokens) {
                let sure = self.is_surely(&hit.tokens, well, flag == Flag::DarkUrine.into());
                (if sure { &mut named.well } else { &mut named.doubted }).insert(flag);
                continue;
            }
            // "What if it is hot" may be the weather; "cos mine is" tells what was meant.
            let other = self.is_look_alike(hit) && !context.cases.hold(self.words, &hit.tokens);
            if other {
                continue;
            }
            let (status, cue) = context.status(&hit.tokens, false);
            // "No, pop": that "no" may answer something else.
            let joined = |cue: Range<usize>| !self.crosses_a_comma(&(cue.start..hit.tokens.end));
            let denied = status == Status::Denied;
            let is_denied = denied && cue.is_some_and(joined);
            if fine(&hit.tokens) && !is_denied {
                continue;
            }
            if self.is_unsure_of(&hit.tokens) || self.is_hedged(flag, &hit.tokens) {
                named.doubted.insert(flag);
                continue;
            }
            let lasting = status == Status::Past && stays_true(About::Flag(flag));
            if is_denied {
                named.well.insert(flag);
            } else if status.raises() || lasting || denied {
                named.there.insert(flag);
            }
        }
        named.doubted = named.doubted.without(named.there);
        named.well = named.well.without(named.there).without(named.doubted);
        named
    }

    /// The red flags that may come from what is told: "that is only sunburn", but not "is it sunburn?".
    pub(super) fn explained(&self, context: &Context<'_>) -> FlagSet {
        let told = |tokens: &Range<usize>| {
            !matches!(context.status(tokens, false).0, Status::Denied | Status::Hypothetical)
        };
        let explained = self.found.iter().filter_map(|hit| match hit.owner {
            Sign::Flag(flag, Role::Explains) if told(&hit.tokens) => Some(flag),
            _ => None,
        });
        explained.collect()
    }

    /// "Breathless as always": part of more words that are not enough to say it.
    fn is_hedged(&self, flag: FlagId, tokens: &Range<usize>) -> bool {
        self.found.iter().any(|hit| {
            matches!(hit.owner, Sign::Flag(own, role) if own == flag && role.is_unsure())
                && hit.tokens.start <= tokens.start
                && tokens.end <= hit.tokens.end
                && hit.tokens.len() > tokens.len()
        })
    }

    /// "Not sure about the pee".
    fn is_unsure_of(&self, tokens: &Range<usize>) -> bool {
        const REACH: usize = 4;
        let words = self.words;
        (tokens.start.saturating_sub(REACH)..tokens.start).any(|at| match words.at(at) {
            "unsure" => true,
            "sure" | "certain" | "know" => at > 0 && is_negation(words.at(at - 1)),
            _ => false,
        })
    }

    /// "Can control pee and poo": not said of the pee itself.
    fn is_of_control(&self, tokens: &Range<usize>) -> bool {
        let control = |word: &str| matches!(word, "control" | "hold");
        let before = |back| self.words.before(tokens.start, back);
        control(before(1)) || control(before(2)) && matches!(before(1), "my" | "the" | "of")
    }

    /// "Walking ok", "pee is fine", "clear urine", "can walk": where what is told well ends.
    fn told_well(&self, tokens: &Range<usize>) -> Option<usize> {
        let words = self.words;
        let links = |at: &usize| {
            is_past_link(words.at(*at))
                || matches!(words.at(*at), "is" | "are" | "s" | "looks" | "seems" | "feels")
                || matches!(words.at(*at), "all" | "both" | "still" | "totally" | "quite")
                || matches!(words.at(*at), "perfectly" | "completely" | "very" | "colour" | "color")
        };
        let ends = |at: usize| {
            words.boundary(at) >= Boundary::Comma
                || matches!(
                    words.at(at),
                    "too" | "and" | "now" | "here" | "thanks" | "lol" | "mate"
                )
                || is_turn(words, at)
        };
        let after = tokens.end + (tokens.end..words.tokens().len()).take_while(links).count();
        if self.known.is_well(words.at(after)) && ends(after + 1) {
            return Some(after + 1);
        }
        if let Some(end) = self.gets_about(tokens).filter(|end| ends(*end)) {
            return Some(end);
        }
        let before = |back| self.words.before(tokens.start, back);
        let able =
            before(1) == "can" || before(2) == "can" && matches!(before(1), "still" | "take");
        let well =
            able || self.known.is_well(before(1)) && ends(tokens.end) && !is_negation(before(2));
        well.then_some(tokens.end)
    }

    /// "Walking about", "walking it off", "walking round the kitchen": where who says so stops.
    fn gets_about(&self, tokens: &Range<usize>) -> Option<usize> {
        let words = self.words;
        let moves = |at: &usize| {
            let (word, next) = (words.at(*at), words.at(*at + 1));
            matches!(word, "about" | "around" | "round" | "again" | "home" | "off" | "already")
                || matches!((word, next), ("it", "off") | ("up", "and") | ("and", "down"))
        };
        let start = tokens.end;
        let mut end = start + (start..words.tokens().len()).take_while(moves).count();
        if end == start {
            return None;
        }
        if matches!(words.at(end), "the" | "my" | "in" | "on" | "at") {
            end += if matches!(words.at(end + 1), "the" | "my") { 3 } else { 2 };
        }
        Some(end)
    }

    /// Whether it is well now: nobody hopes so, says that it was, or takes it back. Of pee one tells
    /// how it was.
    fn is_surely(&self, tokens: &Range<usize>, end: usize, of_pee: bool) -> bool {
        let words = self.words;
        let start = (1..=tokens.start).rfind(|at| is_parted(words, *at)).unwrap_or_default();
        let near = start.max(tokens.start.saturating_sub(2))..end;
        let was = !of_pee && near.into_iter().any(|at| is_past_link(words.at(at)));
        let hedged = (start..tokens.start).any(|at| {
            let opens = at == 0 && matches!(words.at(at), "no" | "nope" | "nah");
            is_hope(words.at(at)) || is_negation(words.at(at)) && !opens
        });
        let own = words.sentences().iter().find(|own| own.tokens.contains(&tokens.start));
        let last = own.map_or(end, |own| own.tokens.end);
        !was && !hedged && !(end..last).any(|at| is_turn(words, at))
    }
}

fn is_past_link(word: &str) -> bool {
    matches!(word, "was" | "were" | "looked" | "seemed" | "felt")
}

/// Says that something is hoped or believed, not seen.
fn is_hope(word: &str) -> bool {
    matches!(word, "hope" | "hoping" | "wish" | "think" | "thought" | "said" | "guess" | "if")
        || matches!(word, "until" | "till" | "before" | "probably" | "maybe")
}

/// Takes back what was said before: "ok, well, no, it's brown", "fine, not now".
fn is_turn(words: &Words, at: usize) -> bool {
    match words.at(at) {
        "not" | "isnt" | "aint" | "until" | "till" | "except" | "anymore" | "well" => true,
        "no" => matches!(words.at(at + 1), "its" | "it" | "longer" | "more" | "not" | "wait"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::responses::disk;
    use crate::understanding::{Attention, Understanding};
    use crate::vocabulary::{Flag, FlagId, FlagSet};

    #[test]
    fn a_bare_name_is_there_well_or_in_doubt() {
        use Flag::{CannotBearWeight, ChestPainOrBreathless, DarkUrine, Swelling};
        let responses = disk::load(Path::new("responses")).unwrap();
        for (text, flag, expected) in [
            ("pee is fine", DarkUrine, "well"),
            ("pee was clear", DarkUrine, "well"),
            ("no walking ok", CannotBearWeight, "well"),
            ("walking normally", CannotBearWeight, "well"),
            ("its gone im walking about", CannotBearWeight, "well"),
            ("gone, walking it off now", CannotBearWeight, "well"),
            ("walking round the kitchen", CannotBearWeight, "well"),
            ("walking about hurts", CannotBearWeight, "there"),
            ("breathing fine, no swelling", ChestPainOrBreathless, "well"),
            ("the breathing", ChestPainOrBreathless, "there"),
            ("nothing much, but swollen", Swelling, "there"),
            ("not sure bout the pee one", DarkUrine, "doubted"),
            ("hope pee is normal", DarkUrine, "doubted"),
            ("dont think pee is normal", DarkUrine, "doubted"),
            ("pee ok well no its brown", DarkUrine, "doubted"),
            ("was breathing ok now its not", ChestPainOrBreathless, "doubted"),
            ("breathing was fine, not now", ChestPainOrBreathless, "doubted"),
            ("thought i was walking ok", CannotBearWeight, "doubted"),
        ] {
            let named = Understanding::of(&responses, text, Attention::Addressed).named;
            let all = [("there", named.there), ("well", named.well), ("doubted", named.doubted)];
            let is_in = |(_, flags): &&(_, FlagSet)| flags.contains(FlagId::from(flag));
            assert_eq!(all.iter().find(is_in).map(|(name, _)| *name), Some(expected), "{text}");
        }
    }
}
