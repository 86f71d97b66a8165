//! Look-alikes: what is found inside one, or holds one, does not count.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Role, Sign};
use crate::phrases::Found;

/// The look-alikes found in a message, so that each find is compared with few of them.
#[derive(Clone, Debug, Default)]
pub struct LookAlikes(FxHashMap<Sign, Spans>);

/// Where the look-alikes of one thing stand, in order.
#[derive(Clone, Debug, Default)]
struct Spans(Vec<Span>);

/// Where a look-alike stands among others.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    /// The farthest end of those up to here.
    farthest: usize,
    /// The nearest end of those from here on.
    nearest: usize,
}

impl LookAlikes {
    /// The look-alikes among all finds of a message.
    #[must_use]
    pub fn of(found: &[Found<Sign>]) -> Self {
        let mut spans: FxHashMap<Sign, Vec<Range<usize>>> = FxHashMap::default();
        for hit in found.iter().filter(|hit| look_alike_of(hit.owner) == Some(hit.owner)) {
            spans.entry(hit.owner).or_default().push(hit.tokens.clone());
        }
        Self(spans.into_iter().map(|(thing, spans)| (thing, Spans::of(spans))).collect())
    }

    /// Whether a find lies within a look-alike of the same thing, or holds one.
    #[must_use]
    pub fn hide(&self, hit: &Found<Sign>) -> bool {
        let Some(thing) = look_alike_of(hit.owner) else { return false };
        let spans = self.0.get(&thing).filter(|_| thing != hit.owner);
        spans.is_some_and(|spans| spans.hold(&hit.tokens) || spans.lie_within(&hit.tokens))
    }
}

/// What a look-alike of the same thing is; nothing for what has none.
fn look_alike_of(sign: Sign) -> Option<Sign> {
    match sign {
        Sign::Flag(_, Role::Explains) | Sign::Cue(..) | Sign::End => None,
        Sign::Flag(flag, _) => Some(Sign::Flag(flag, Role::Not)),
        Sign::Topic(topic, _) => Some(Sign::Topic(topic, Role::Not)),
        Sign::Fact(fact, _) => Some(Sign::Fact(fact, Role::Not)),
        Sign::FollowUp(aspect, _) => Some(Sign::FollowUp(aspect, Role::Not)),
    }
}

impl Spans {
    fn of(mut spans: Vec<Range<usize>>) -> Self {
        spans.sort_unstable_by_key(|span| span.start);
        let alone =
            |span: Range<usize>| Span { start: span.start, farthest: span.end, nearest: span.end };
        let mut spans: Vec<Span> = spans.into_iter().map(alone).collect();
        let (mut farthest, mut nearest) = (0, usize::MAX);
        for span in &mut spans {
            farthest = farthest.max(span.farthest);
            span.farthest = farthest;
        }
        for span in spans.iter_mut().rev() {
            nearest = nearest.min(span.nearest);
            span.nearest = nearest;
        }
        Self(spans)
    }

    /// Whether one of them holds these tokens.
    fn hold(&self, tokens: &Range<usize>) -> bool {
        let begun = self.0.partition_point(|span| span.start <= tokens.start);
        let last = begun.checked_sub(1).and_then(|last| self.0.get(last));
        last.is_some_and(|span| span.farthest >= tokens.end)
    }

    /// Whether one of them lies within these tokens.
    fn lie_within(&self, tokens: &Range<usize>) -> bool {
        let before = self.0.partition_point(|span| span.start < tokens.start);
        self.0.get(before).is_some_and(|span| span.nearest <= tokens.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::PhraseId;
    use crate::responses::TopicId;

    fn found(role: Role, tokens: Range<usize>) -> Found<Sign> {
        Found { owner: Sign::Topic(TopicId(1), role), phrase: PhraseId(0), tokens }
    }

    #[test]
    fn what_lies_within_or_around_is_hidden_and_what_overlaps_is_not() {
        let nots = [3..6, 1..2, 8..12, 4..5, 9..10];
        let all: Vec<Found<Sign>> = nots.into_iter().map(|span| found(Role::Not, span)).collect();
        let look_alikes = LookAlikes::of(&all);
        for start in 0..13 {
            for end in start + 1..14 {
                let hit = found(Role::Says, start..end);
                assert_eq!(look_alikes.hide(&hit), hit.is_look_alike(&all), "{start}..{end}");
            }
        }
        assert!(!look_alikes.hide(&all[0]), "a look-alike hides no look-alike");
        let mut other = found(Role::Says, 3..6);
        other.owner = Sign::Topic(TopicId(2), Role::Says);
        assert!(!look_alikes.hide(&other));
    }
}
