//! A channel is no place for us to talk all the time: how much of what nobody asked us is answered.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::message::PlaceId;
use crate::reply::Reply;
use crate::vocabulary::Urgency;

/// Most replies to what was only overheard, in one place and this time (`club-rule`).
const CEILING: usize = 5;

/// See `CEILING`.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// When each place last heard from us unasked. In memory only: a restart forgets it, and a channel
/// hears a little more.
#[derive(Debug, Default)]
pub struct ChannelCeiling(Mutex<HashMap<PlaceId, VecDeque<Timestamp>>>);

impl ChannelCeiling {
    /// Drops replies to what was overheard where a place has heard enough. What has to be seen by
    /// somebody today or at once is never held back.
    ///
    /// Whether they are let through and count; whoever does not say them in the end gives that back.
    pub fn hold_back(&self, place: PlaceId, replies: &mut Vec<Reply>, now: Timestamp) -> bool {
        if replies.is_empty() || replies.iter().any(|reply| reply.urgency >= Urgency::Urgent) {
            return false;
        }
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = |at: &Timestamp| now.duration_since(*at) < WINDOW;
        places.retain(|_, times| times.iter().any(lately));
        let times = places.entry(place).or_default();
        times.retain(lately);
        let is_full = times.len() >= CEILING;
        if is_full {
            replies.clear();
        } else {
            times.push_back(now);
        }
        !is_full
    }

    /// What was let through at that time is not said: it was said before, or cannot be kept.
    pub fn gives_back(&self, place: PlaceId, at: Timestamp) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(times) = places.get_mut(&place) else { return };
        if let Some(own) = times.iter().rposition(|time| *time == at) {
            times.remove(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;
    use crate::reply::ReplyKind;

    fn reply(urgency: Urgency) -> Vec<Reply> {
        let (kind, text) = (ReplyKind::Card, "stretch".to_owned());
        vec![Reply::new(kind, urgency, text, Vec::new())]
    }

    fn is_said(ceiling: &ChannelCeiling, place: u64, urgency: Urgency, minute: i64) -> bool {
        let mut replies = reply(urgency);
        let now = Timestamp::UNIX_EPOCH + minute.minutes();
        ceiling.hold_back(PlaceId(place), &mut replies, now);
        !replies.is_empty()
    }

    #[test]
    fn what_is_not_said_in_the_end_leaves_room() {
        let ceiling = ChannelCeiling::default();
        for minute in 0..9 {
            assert!(is_said(&ceiling, 1, Urgency::SelfCare, minute));
            ceiling.gives_back(PlaceId(1), Timestamp::UNIX_EPOCH + minute.minutes());
        }
    }

    #[test]
    fn a_place_hears_only_so_much_and_danger_always() {
        let ceiling = ChannelCeiling::default();
        assert!((0..5).all(|minute| is_said(&ceiling, 1, Urgency::SelfCare, minute)));
        assert!(!is_said(&ceiling, 1, Urgency::SelfCare, 5));
        assert!(is_said(&ceiling, 2, Urgency::SelfCare, 5));
        assert!(is_said(&ceiling, 1, Urgency::Urgent, 5));
        assert!(is_said(&ceiling, 1, Urgency::Emergency, 5));
        assert!(is_said(&ceiling, 1, Urgency::SelfCare, 11));
    }
}
