//! Signs that an answer to the check lists names by a bare word: "the breathing", "no pop", "pee is
//! fine".

use std::ops::Range;

use super::answer_words::{is_negation, is_well};
use super::claim::About;
use super::context::Context;
use super::{Reader, stays_true};
use crate::message::Boundary;
use crate::responses::{Role, Sign};
use crate::vocabulary::{FlagSet, Status};

/// The red flags whose names are in a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Said to be there, by their names alone.
    pub there: FlagSet,
    /// Said not to be there, or to be well.
    pub well: FlagSet,
}

impl Named {
    /// Whether no sign is named.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.there.union(self.well).is_empty()
    }

    /// Those among these.
    #[must_use]
    pub fn among(self, flags: FlagSet) -> Self {
        Self { there: self.there.among(flags), well: self.well.among(flags) }
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
            if self.is_told_well(&hit.tokens) {
                named.well.insert(flag);
                continue;
            }
            if self.is_look_alike(hit) || fine(&hit.tokens) {
                continue;
            }
            let (status, cue) = context.status(&hit.tokens, false);
            // "No, pop": that "no" may answer something else.
            let joined = |cue: Range<usize>| !self.crosses_a_comma(&(cue.start..hit.tokens.end));
            let lasting = status == Status::Past && stays_true(About::Flag(flag));
            let denied = status == Status::Denied;
            if denied && cue.is_some_and(joined) {
                named.well.insert(flag);
            } else if status.raises() || lasting || denied {
                named.there.insert(flag);
            }
        }
        named.well = named.well.without(named.there);
        named
    }

    /// The word so many before; empty where the text begins.
    fn before(&self, tokens: &Range<usize>, back: usize) -> &str {
        tokens.start.checked_sub(back).map_or("", |at| self.words.at(at))
    }

    /// "Can control pee and poo": not said of the pee itself.
    fn is_of_control(&self, tokens: &Range<usize>) -> bool {
        let control = |word: &str| matches!(word, "control" | "hold");
        let before = |back| self.before(tokens, back);
        control(before(1)) || control(before(2)) && matches!(before(1), "my" | "the" | "of")
    }

    /// "Walking ok", "pee is fine", "clear urine", "can walk".
    fn is_told_well(&self, tokens: &Range<usize>) -> bool {
        let words = self.words;
        let links = |at: &usize| {
            matches!(words.at(*at), "is" | "are" | "was" | "s" | "looks" | "seems" | "feels")
                || matches!(words.at(*at), "all" | "both" | "still" | "totally" | "quite")
                || matches!(words.at(*at), "perfectly" | "completely" | "very" | "colour" | "color")
        };
        let ends = |at: usize| {
            words.tokens().get(at).is_none_or(|token| token.boundary >= Boundary::Comma)
                || matches!(
                    words.at(at),
                    "too" | "and" | "now" | "here" | "thanks" | "lol" | "mate"
                )
        };
        let after = tokens.end + (tokens.end..words.tokens().len()).take_while(links).count();
        if is_well(words.at(after)) && ends(after + 1) {
            return true;
        }
        let before = |back| self.before(tokens, back);
        let able =
            before(1) == "can" || before(2) == "can" && matches!(before(1), "still" | "take");
        able || is_well(before(1)) && ends(tokens.end) && !is_negation(before(2))
    }
}
