//! How fast reminders go out: Discord allows fifty requests a second for everything together, and
//! whoever waits for an answer comes first.

use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// Between the beginnings of two reminders, each of which takes two or three requests.
const APART: Duration = Duration::from_millis(70);

/// So many are on their way at once.
const AT_ONCE: usize = 32;

/// Gives each reminder its turn.
pub(super) struct Throttle {
    places: Semaphore,
    next: Mutex<Instant>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { places: Semaphore::new(AT_ONCE), next: Mutex::new(Instant::now()) }
    }
}

impl Throttle {
    /// Waits for a turn; it ends when it is let go.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let place = self.places.acquire().await.ok();
        let begin = book(&mut *self.next.lock().await, Instant::now());
        sleep_until(begin).await;
        place
    }
}

/// The next free moment; the one after it is then the next.
fn book(next: &mut Instant, now: Instant) -> Instant {
    let begin = now.max(*next);
    *next = begin + APART;
    begin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_spread_and_one_alone_does_not_wait() {
        let now = Instant::now();
        let mut next = now;
        for number in 0..10 {
            assert_eq!(book(&mut next, now), now + APART * number);
        }
        let later = now + APART * 100;
        assert_eq!(book(&mut next, later), later);
        assert_eq!(book(&mut next, later), later + APART);
    }
}
