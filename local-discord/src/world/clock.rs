//! The world's clock, which a test can move on, and the snowflakes made of it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use twilight_model::id::Id;
use twilight_model::util::Timestamp;

/// The first millisecond of 2015, where Discord's ids start.
const EPOCH: u64 = 1_420_070_400_000;

/// A clock that runs with real time and can be moved on.
#[derive(Clone, Debug)]
pub struct Clock {
    born: Duration,
    start: Instant,
    skipped: Duration,
    stopped: Option<Duration>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let born = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { born, start: Instant::now(), skipped: Duration::ZERO, stopped: None }
    }

    /// Time since 1970.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.born + self.age()
    }

    /// Time since the start.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.stopped.unwrap_or_else(|| self.start.elapsed()) + self.skipped
    }

    pub(crate) fn stop(&mut self) {
        self.stopped = Some(self.start.elapsed());
    }

    pub(crate) fn skip(&mut self, time: Duration) {
        self.skipped += time;
    }
}

/// Gives out ids that grow with time.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    last: u64,
}

impl Ids {
    pub(crate) fn next<T>(&mut self, now: Duration) -> Id<T> {
        let millis = (now.as_millis() as u64).saturating_sub(EPOCH);
        self.last = (millis << 22).max(self.last + 1);
        Id::new(self.last)
    }
}

/// Discord's form of a time.
pub(crate) fn timestamp(time: Duration) -> Timestamp {
    let time = Timestamp::from_micros(time.as_micros() as i64);
    time.unwrap_or_else(|_| unreachable!("the clock is within the years that can be written"))
}
