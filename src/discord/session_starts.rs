//! New sessions: Discord allows only so many a day, so that each waits here until it may begin.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use twilight_gateway::queue::{IDENTIFY_DELAY, Queue};

/// So many sessions in an hour begin without a pause beyond Discord's own.
const FREELY: usize = 10;

/// What counts as lately.
const HOUR: Duration = Duration::from_hours(1);

/// The longest pause before one; it leaves a good part of what a day allows.
const LONGEST: Duration = Duration::from_mins(5);

/// Who wants to begin a session asks here.
#[derive(Clone, Debug)]
pub(super) struct SessionStarts(mpsc::UnboundedSender<oneshot::Sender<()>>);

/// Those who have asked and wait.
pub(super) type Waiting = mpsc::UnboundedReceiver<oneshot::Sender<()>>;

impl SessionStarts {
    pub(super) fn new() -> (Self, Waiting) {
        let (asks, waiting) = mpsc::unbounded_channel();
        (Self(asks), waiting)
    }
}

impl Queue for SessionStarts {
    fn enqueue(&self, _: u32) -> oneshot::Receiver<()> {
        let (go, may_go) = oneshot::channel();
        // Nobody hears it only while the program ends.
        let _ = self.0.send(go);
        may_go
    }
}

/// When sessions were begun lately.
#[derive(Debug, Default)]
pub(super) struct Begun(VecDeque<Instant>);

impl Begun {
    /// One begins.
    pub(super) fn another(&mut self, now: Instant) {
        self.0.push_back(now);
    }

    /// How long the next one waits: the longer, the more have begun lately.
    pub(super) fn pause(&mut self, now: Instant) -> Duration {
        self.0.retain(|at| now.duration_since(*at) < HOUR);
        let Some(last) = self.0.back() else { return Duration::ZERO };
        let over = u32::try_from(self.0.len().saturating_sub(FREELY)).unwrap_or(u32::MAX);
        let pause = Duration::from_secs(u64::from(over > 0) << over.min(9)).min(LONGEST);
        pause.max(IDENTIFY_DELAY).saturating_sub(now.duration_since(*last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many sessions begin in this time, if each is closed so soon.
    fn begun_in(whole: Duration, each: Duration) -> usize {
        let (mut begun, mut now) = (Begun::default(), Instant::now());
        let (end, mut count) = (now + whole, 0);
        while now < end {
            now += begun.pause(now);
            begun.another(now);
            count += 1;
            now += each;
        }
        count
    }

    #[test]
    fn sessions_that_are_closed_again_and_again_do_not_use_up_a_day() {
        let day = HOUR * 24;
        let count = begun_in(day, Duration::from_secs(6));
        assert!((100..500).contains(&count), "{count}");
        assert!(begun_in(day, Duration::from_mins(20)) >= 72);
    }

    #[test]
    fn the_first_begins_at_once_and_the_next_after_discords_own_pause() {
        let (mut begun, now) = (Begun::default(), Instant::now());
        assert_eq!(begun.pause(now), Duration::ZERO);
        begun.another(now);
        assert_eq!(begun.pause(now), IDENTIFY_DELAY);
        assert_eq!(begun.pause(now + IDENTIFY_DELAY), Duration::ZERO);
    }
}
