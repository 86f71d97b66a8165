//! Where a message speaks of the cramp itself.

use std::ops::Range;

use super::context::Context;
use super::{About, Claim, Reader};
use crate::message::Boundary;
use crate::vocabulary::{Fact, Status};

/// Where the message speaks of the cramp: cramp words, else the leg; and "they come", "it hits",
/// "and then again". A cramp that is denied or past does not tell when the one of today comes, as
/// long as another is told.
pub(super) fn cramps(
    reader: &Reader<'_>,
    context: &Context<'_>,
    claims: &[Claim],
) -> Vec<Range<usize>> {
    let lists = &reader.responses.lists;
    let mut cramps = reader.reading.entries(lists.cramp);
    let like = claims.iter().filter(|c| c.about == About::Fact(Fact::CrampLike));
    cramps.extend(like.map(|claim| claim.tokens.clone()));
    let in_one_clause = |one: usize, other: usize| {
        let (from, to) = (one.min(other), one.max(other));
        let tokens = reader.words.tokens();
        tokens.get(from + 1..=to).is_some_and(|t| t.iter().all(|t| t.boundary == Boundary::Space))
    };
    let is_told = |cramp: &Range<usize>| match context.status(cramp, false) {
        (Status::Denied, _) => false,
        (Status::Past, Some(cue)) => !in_one_clause(cramp.start, cue.start),
        _ => true,
    };
    if cramps.iter().any(is_told) {
        cramps.retain(is_told);
    }
    if cramps.is_empty() {
        cramps = reader.reading.entries(lists.leg);
    }
    let first = cramps.iter().map(|cramp| cramp.start).min().unwrap_or(usize::MAX);
    let words = reader.words;
    let comes = |at: &usize| stands_for_cramp(words.at(*at), words.at(at + 1));
    let later = (first..words.tokens().len()).filter(comes);
    cramps.extend(later.map(|at| at..at + 2));
    cramps
}

/// "it happens", "they come", "and then again": said of the cramp that was named before.
fn stands_for_cramp(subject: &str, verb: &str) -> bool {
    verb == "again" && matches!(subject, "and" | "then")
        || matches!(
            subject,
            "it" | "they" | "this" | "these" | "that" | "thats" | "its" | "only" | "always"
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
                | "only"
                | "always"
                | "mostly"
                | "usually"
        )
}
