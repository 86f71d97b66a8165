//! When the cramp happens: exercise, night, neither, both.

use std::ops::Range;

use super::{About, Claim, Reader};
use crate::vocabulary::{Fact, Flag, FlagId, Setting, Status};

/// Decides from the claims of time and place.
pub(super) fn of(reader: &Reader<'_>, claims: &[Claim]) -> Setting {
    let places = |fact: Fact| -> Vec<Range<usize>> {
        claims
            .iter()
            .filter(|c| c.about == About::Fact(fact))
            .filter(|c| !matches!(c.status, Status::Denied | Status::Past))
            .map(|claim| claim.tokens.clone())
            .collect()
    };
    let exercise = places(Fact::Exercise);
    let night = places(Fact::Nocturnal);
    let elsewhere = !places(Fact::Elsewhere).is_empty();
    let walking = claims.iter().any(|c| {
        c.about == About::Flag(FlagId::from(Flag::Claudication)) && c.status.raises()
    });
    let strong_night = night.iter().any(|range| !is_weak_night(reader, range));
    match (!exercise.is_empty(), !night.is_empty()) {
        (false, false) if elsewhere => Setting::Other,
        (false, false) => Setting::Unknown,
        (true, false) if walking && elsewhere => Setting::Other,
        (true, false) => Setting::Exercise,
        (false, true) => Setting::Nocturnal,
        (true, true) if !strong_night => Setting::Exercise,
        (true, true) => between(reader, &exercise, &night),
    }
}

/// "last night" may be the evening's run.
fn is_weak_night(reader: &Reader<'_>, range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).map_or("", |at| reader.words.at(at));
    let text = (range.start..range.end).map(|at| reader.words.at(at)).collect::<Vec<_>>();
    matches!(text.as_slice(), ["last", ..] | ["tonight" | "evening" | "evenings"])
        || text.len() == 1 && matches!(before, "last" | "the")
}

/// Both are named: the one nearer to the cramp, unless they are joined.
fn between(reader: &Reader<'_>, exercise: &[Range<usize>], night: &[Range<usize>]) -> Setting {
    let joined = (0..reader.words.tokens().len()).any(|at| {
        let word = reader.words.at(at);
        let link = matches!(word, "and" | "also" | "or" | "both" | "plus" | "sometimes");
        link && exercise.iter().any(|r| near(r, at)) && night.iter().any(|r| near(r, at))
    });
    let after = exercise.iter().all(|range| {
        (range.start.saturating_sub(2)..range.start + 1).any(|at| {
            matches!(reader.words.at(at), "after" | "following" | "since" | "post" | "from" | "day" | "days")
        })
    });
    if joined && !after {
        return Setting::Both;
    }
    if after {
        return Setting::Nocturnal;
    }
    let cramps = reader.reading.entries(reader.responses.lists.cramp);
    let distance = |ranges: &[Range<usize>]| {
        let pairs = ranges.iter().flat_map(|r| cramps.iter().map(|c| gap(r, c)));
        pairs.min().unwrap_or(50)
    };
    let (to_exercise, to_night) = (distance(exercise), distance(night));
    if to_night <= to_exercise + 2 { Setting::Nocturnal } else { Setting::Exercise }
}

fn near(range: &Range<usize>, at: usize) -> bool {
    range.start.abs_diff(at) <= 4 || range.end.abs_diff(at) <= 4
}

fn gap(one: &Range<usize>, two: &Range<usize>) -> usize {
    if one.end <= two.start {
        two.start - one.end
    } else {
        one.start.saturating_sub(two.end)
    }
}
