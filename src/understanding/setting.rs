//! When the cramp happens: exercise, night, neither, both. What stands nearest to the cramp counts;
//! a run in another sentence may be only the story around it.

use std::ops::Range;

use super::{About, Claim, Reader};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, FlagId, Setting};

/// What a sentence end between two words counts for, in words.
const SENTENCE: usize = 6;
/// Words from the cramp within which "at my desk" counts.
const NEAR: usize = 14;
/// Words from the cramp beyond which a night is that of another trouble.
const SAME_NIGHT: usize = 16;
/// Words from the cramp beyond which exercise is only part of the person's life.
const SAME_OUTING: usize = 30;
/// How much nearer one setting must be to leave the other out.
const CLEARLY_NEARER: usize = 8;

/// Decides from the claims of time and place.
pub(super) fn of(reader: &Reader<'_>, claims: &[Claim]) -> Setting {
    let cramps = cramps(reader, claims);
    let places = Places { reader, claims, cramps, ends: ends(reader.words) };
    let within = |fact, most| places.nearest(fact).filter(|(distance, _)| *distance <= most);
    let exercise = within(Fact::Exercise, SAME_OUTING);
    let night = within(Fact::Nocturnal, SAME_NIGHT);
    let elsewhere = within(Fact::Elsewhere, NEAR);
    let walking = claims
        .iter()
        .any(|c| c.about == About::Flag(FlagId::from(Flag::Claudication)) && c.status.raises());
    match (exercise, night) {
        (None, None) if elsewhere.is_some() || walking => Setting::Other,
        (None, None) => Setting::Unknown,
        (Some((far, _)), None) if is_nearer(elsewhere.as_ref(), far) => Setting::Other,
        (Some(_), None) if walking && elsewhere.is_some() => Setting::Other,
        (Some(_), None) => Setting::Exercise,
        (None, Some((far, _))) if is_nearer(elsewhere.as_ref(), far.saturating_sub(6)) => {
            Setting::Other
        }
        (None, Some(_)) => Setting::Nocturnal,
        (Some(exercise), Some(night)) => places.between(&exercise, &night),
    }
}

fn is_nearer(elsewhere: Option<&(usize, Range<usize>)>, far: usize) -> bool {
    elsewhere.is_some_and(|(near, _)| near + CLEARLY_NEARER < far)
}

/// Where the message speaks of the cramp: cramp words, else the leg.
fn cramps(reader: &Reader<'_>, claims: &[Claim]) -> Vec<Range<usize>> {
    let lists = &reader.responses.lists;
    let mut cramps = reader.reading.entries(lists.cramp);
    let like = claims.iter().filter(|c| c.about == About::Fact(Fact::CrampLike));
    cramps.extend(like.map(|claim| claim.tokens.clone()));
    if cramps.is_empty() { reader.reading.entries(lists.leg) } else { cramps }
}

/// How many sentences begin before each word, and before the end.
fn ends(words: &Words) -> Vec<usize> {
    let mut count = 0;
    let begun = words.tokens().iter().map(|token| {
        count += usize::from(token.boundary == Boundary::Sentence);
        count
    });
    std::iter::once(0).chain(begun).collect()
}

struct Places<'p> {
    reader: &'p Reader<'p>,
    claims: &'p [Claim],
    cramps: Vec<Range<usize>>,
    /// How many sentences begin before each word.
    ends: Vec<usize>,
}

impl Places<'_> {
    /// The place of a setting nearest to the cramp, and how far it is. What is said of it does not
    /// count ("no cramps in the race: how?"): a denied place is a look-alike in the files.
    fn nearest(&self, fact: Fact) -> Option<(usize, Range<usize>)> {
        let said = self.claims.iter().filter(|claim| claim.about == About::Fact(fact));
        said.map(|claim| (self.distance(&claim.tokens), claim.tokens.clone()))
            .min_by_key(|(distance, range)| (*distance, range.start))
    }

    fn distance(&self, range: &Range<usize>) -> usize {
        let ends_before = |at: usize| self.ends.get(at).or(self.ends.last()).copied().unwrap_or(0);
        let between = |from: usize, to: usize| {
            (to - from) + (ends_before(to + 1) - ends_before(from)) * SENTENCE
        };
        let gaps = self.cramps.iter().map(|cramp| {
            if range.end <= cramp.start {
                between(range.end, cramp.start)
            } else if cramp.end <= range.start {
                between(cramp.end, range.start)
            } else {
                0
            }
        });
        gaps.min().unwrap_or(NEAR)
    }

    /// Both exercise and night are named.
    fn between(&self, exercise: &(usize, Range<usize>), night: &(usize, Range<usize>)) -> Setting {
        let (to_exercise, to_night) = (exercise.0, night.0);
        if self.is_weak_night(&night.1) {
            return Setting::Exercise;
        }
        if self.follows(&exercise.1) && to_night <= to_exercise + 12 {
            return Setting::Nocturnal;
        }
        if self.joined(&exercise.1, &night.1) {
            return Setting::Both;
        }
        if to_night <= to_exercise { Setting::Nocturnal } else { Setting::Exercise }
    }

    /// "last night" may be the evening's run.
    fn is_weak_night(&self, range: &Range<usize>) -> bool {
        let words: Vec<&str> = range.clone().map(|at| self.reader.words.at(at)).collect();
        let before = range.start.checked_sub(1).map_or("", |at| self.reader.words.at(at));
        matches!(words.as_slice(), ["last", ..] | ["tonight"]) || before == "last"
    }

    /// "the night after a hard session": the exercise came before.
    fn follows(&self, exercise: &Range<usize>) -> bool {
        (exercise.start.saturating_sub(3)..=exercise.start).any(|at| {
            let word = self.reader.words.at(at);
            matches!(word, "after" | "following" | "since" | "post" | "day" | "days" | "yesterday")
        })
    }

    /// Both in one breath: "on runs and in bed".
    fn joined(&self, exercise: &Range<usize>, night: &Range<usize>) -> bool {
        let (from, to) = if exercise.end <= night.start {
            (exercise.end, night.start)
        } else {
            (night.end, exercise.start)
        };
        let link = |at: usize| {
            matches!(
                self.reader.words.at(at),
                "and" | "also" | "or" | "plus" | "sometimes" | "then" | "both"
            )
        };
        to.saturating_sub(from) <= 12 && (from.saturating_sub(1)..=to).any(link)
    }
}
