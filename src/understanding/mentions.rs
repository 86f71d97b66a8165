//! Where a message speaks of the cramp itself.

use std::ops::Range;

use super::context::Context;
use super::{About, Claim, Reader};
use crate::message::Boundary;
use crate::vocabulary::{Fact, Status};

/// What a leg that stands for its cramp ("calves in bed") is farther off than the cramp's own name.
const STAND_IN: usize = 2;

/// A place where a message speaks of the cramp.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    /// How many words farther off it counts.
    pub(super) farther: usize,
}

impl Mention {
    const fn of(tokens: Range<usize>) -> Self {
        Self { tokens, farther: 0 }
    }
}

/// All places where a message speaks of the cramp.
pub(super) struct Mentions {
    /// Where it says when the cramp comes.
    pub(super) told: Vec<Mention>,
    /// Where it says that none comes: "I don't get it in bed".
    pub(super) denied: Vec<Range<usize>>,
}

impl Mentions {
    /// Cramp words, else the leg; "they come", "I get it", "and then again"; and a leg that stands
    /// for its cramp. A cramp that is denied or past does not tell when the one of today comes, as
    /// long as another is told.
    pub(super) fn of(reader: &Reader<'_>, context: &Context<'_>, claims: &[Claim]) -> Self {
        let lists = &reader.responses.lists;
        let mut cramps = reader.reading.entries(lists.cramp);
        let like = claims.iter().filter(|c| c.about == About::Fact(Fact::CrampLike));
        cramps.extend(like.map(|claim| claim.tokens.clone()));
        let legs = reader.reading.entries(lists.leg);
        let named = !cramps.is_empty();
        if !named {
            cramps.clone_from(&legs);
        }
        let first = cramps.iter().map(|cramp| cramp.start).min().unwrap_or(usize::MAX);
        cramps.extend(stand_ins(reader, first));
        let (told, denied): (Vec<_>, Vec<_>) =
            cramps.iter().cloned().partition(|cramp| is_told(reader, context, cramp));
        if told.is_empty() {
            return Self { told: cramps.into_iter().map(Mention::of).collect(), denied: told };
        }
        let mut told: Vec<Mention> = told.into_iter().map(Mention::of).collect();
        if named {
            let apart = |leg: &Range<usize>| {
                leg.start > first
                    && is_placed(reader.words.at(leg.end))
                    && told.iter().all(|m| m.tokens.start.abs_diff(leg.start) > NEXT)
            };
            let apart: Vec<Range<usize>> = legs.into_iter().filter(apart).collect();
            told.extend(apart.into_iter().map(|tokens| Mention { tokens, farther: STAND_IN }));
        }
        Self { told, denied }
    }

    /// Whether some words speak of a cramp that comes.
    pub(super) fn within(&self, tokens: &Range<usize>) -> bool {
        let overlap = |one: &Range<usize>| one.start < tokens.end && tokens.start < one.end;
        self.told.iter().any(|mention| overlap(&mention.tokens))
    }
}

/// Words from a cramp within which a leg is only where it cramps.
const NEXT: usize = 5;

/// "calves in bed", "foot when I swim": a leg and its time or place.
fn is_placed(after: &str) -> bool {
    matches!(
        after,
        "in" | "on" | "when" | "whenever" | "while" | "during" | "every" | "goes" | "go"
    )
}

/// Whether a cramp is neither denied nor over.
fn is_told(reader: &Reader<'_>, context: &Context<'_>, cramp: &Range<usize>) -> bool {
    let in_one_clause = |one: usize, other: usize| {
        let (from, to) = (one.min(other), one.max(other));
        let tokens = reader.words.tokens();
        tokens.get(from + 1..=to).is_some_and(|t| t.iter().all(|t| t.boundary == Boundary::Space))
    };
    match context.status(cramp, false) {
        (Status::Denied, Some(cue)) => never_without(reader, &cue),
        (Status::Denied, None) => false,
        _ if is_never_had(reader, cramp) => false,
        (Status::Past, Some(cue)) => !in_one_clause(cramp.start, cue.start),
        _ => true,
    }
}

/// "can't run a mile without a cramp": told, and more than once.
fn never_without(reader: &Reader<'_>, cue: &Range<usize>) -> bool {
    let denies = |at: usize| matches!(reader.words.at(at), "cant" | "cannot" | "couldnt" | "never");
    reader.words.at(cue.start) == "without" && (cue.start.saturating_sub(8)..cue.start).any(denies)
}

/// "never had one running": told of what was named before.
fn is_never_had(reader: &Reader<'_>, cramp: &Range<usize>) -> bool {
    let denies = |at: usize| {
        matches!(reader.words.at(at), "never" | "dont" | "doesnt" | "didnt" | "not" | "hardly")
    };
    let had = is_had(reader.words.at(cramp.start), reader.words.at(cramp.start + 1));
    had && (cramp.start.saturating_sub(2)..cramp.start).any(denies)
}

/// What is said of a cramp without its name, once it was named.
fn stand_ins(reader: &Reader<'_>, first: usize) -> impl Iterator<Item = Range<usize>> {
    let words = reader.words;
    let stands = move |at: &usize| {
        let (one, two) = (words.at(*at), words.at(at + 1));
        comes(one, two) || is_had(one, two) || are_told(one, two, words.at(at + 2))
    };
    (first..words.tokens().len()).filter(stands).map(|at| at..at + 2)
}

/// "I get it when", "brings it on": somebody has what was named before.
fn is_had(verb: &str, object: &str) -> bool {
    matches!(object, "it" | "them" | "these" | "those" | "one")
        && matches!(
            verb,
            "get"
                | "gets"
                | "got"
                | "getting"
                | "had"
                | "experience"
                | "experienced"
                | "bring"
                | "brings"
                | "brought"
                | "trigger"
                | "triggers"
                | "sets"
                | "dread"
        )
}

/// "mine are at night", "they were only on runs".
fn are_told(subject: &str, verb: &str, next: &str) -> bool {
    matches!(subject, "mine" | "they" | "these" | "theirs")
        && matches!(verb, "are" | "were" | "is" | "was")
        && matches!(next, "at" | "in" | "on" | "only" | "always" | "mostly" | "during" | "when")
}

/// "it happens", "they come", "and then again": said of the cramp that was named before.
fn comes(subject: &str, verb: &str) -> bool {
    verb == "again" && matches!(subject, "and" | "then")
        || matches!(
            subject,
            "it" | "they"
                | "this"
                | "these"
                | "that"
                | "thats"
                | "its"
                | "only"
                | "always"
                | "mine"
        ) && matches!(
            verb,
            "come"
                | "comes"
                | "came"
                | "happen"
                | "happens"
                | "happened"
                | "hit"
                | "hits"
                | "strike"
                | "strikes"
                | "occur"
                | "occurs"
                | "happening"
                | "coming"
                | "gets"
                | "get"
                | "grabs"
                | "starts"
                | "started"
                | "began"
                | "only"
                | "always"
                | "mostly"
                | "usually"
                | "cramps"
                | "cramped"
                | "seizes"
                | "seized"
                | "locks"
                | "locked"
                | "lock"
                | "clamps"
                | "tightens"
                | "wakes"
                | "woke"
        )
}
