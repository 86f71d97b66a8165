//! The time as Charley goes by it: the real one, or for a rehearsal one that goes faster.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A clock that may go faster than the real one, from a moment on.
///
/// Members' plans, and all that was said, go by it. What others measure stays on the real time:
/// waits on the network, what Discord still knows, how fast somebody presses twice.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: fn() -> Timestamp,
    begun: Timestamp,
    speed: i32,
}

impl Clock {
    /// A clock that goes so many times faster from now on.
    #[must_use]
    pub fn new(source: fn() -> Timestamp, speed: u16) -> Self {
        Self { source, begun: source(), speed: i32::from(speed.max(1)) }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.at(self.real())
    }

    /// The real time.
    #[must_use]
    pub fn real(&self) -> Timestamp {
        (self.source)()
    }

    /// What this clock shows at a real time. Before it began both were the same.
    #[must_use]
    pub fn at(&self, real: Timestamp) -> Timestamp {
        let gone = real.duration_since(self.begun);
        if self.speed == 1 || gone.is_negative() {
            return real;
        }
        let faster = gone.checked_mul(self.speed);
        faster.and_then(|gone| self.begun.checked_add(gone).ok()).unwrap_or(Timestamp::MAX)
    }

    /// The real time at which this clock shows something.
    #[must_use]
    pub fn real_at(&self, shown: Timestamp) -> Timestamp {
        let gone = shown.duration_since(self.begun);
        if self.speed == 1 || gone.is_negative() {
            return shown;
        }
        self.begun.checked_add(gone / self.speed).unwrap_or(shown)
    }

    /// How long it really takes until this clock shows something; nothing if it already does.
    #[must_use]
    pub fn until(&self, shown: Timestamp) -> Duration {
        let wait = self.real_at(shown).duration_since(self.real());
        Duration::try_from(wait).unwrap_or_default()
    }

    /// How many times faster than the real time it goes.
    #[must_use]
    pub const fn speed(&self) -> i32 {
        self.speed
    }
}

/// What this length of real time is on a clock that goes so many times faster.
#[must_use]
pub fn faster(length: SignedDuration, speed: i32) -> SignedDuration {
    length.checked_mul(speed).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn noon() -> Timestamp {
        "2026-06-06T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn time_goes_faster_from_the_beginning_on_and_back_again() {
        let clock = Clock::new(noon, 1_000);
        assert_eq!(clock.now(), noon());
        assert_eq!(clock.at(noon() - 5.minutes()), noon() - 5.minutes());
        let later = clock.at(noon() + 86.seconds());
        assert_eq!(later, noon() + 86_000.seconds());
        assert_eq!(clock.real_at(later), noon() + 86.seconds());
        assert_eq!(clock.until(later), Duration::from_secs(86));
        assert_eq!(clock.until(noon() - 5.minutes()), Duration::ZERO);
        assert_eq!(clock.at(Timestamp::MAX), Timestamp::MAX);
    }

    #[test]
    fn the_real_clock_shows_the_real_time() {
        for speed in [0, 1] {
            let clock = Clock::new(noon, speed);
            let at = noon() + 3.hours();
            assert_eq!((clock.at(at), clock.real_at(at)), (at, at));
        }
    }
}
