//! The one world behind its lock, and the bell that rings at each change of it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;

use crate::world::World;

/// What all parts of the server hold: the world, and who waits for it to change.
pub(crate) struct Shared {
    world: Mutex<World>,
    bell: Condvar,
    changed: broadcast::Sender<()>,
}

impl Shared {
    pub(crate) fn new(world: World) -> Self {
        let (changed, _) = broadcast::channel(16);
        Self { world: Mutex::new(world), bell: Condvar::new(), changed }
    }

    /// Looks at the world.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the world and tells all who wait.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let outcome = change(&mut self.lock());
        self.bell.notify_all();
        // Nobody may be listening.
        let _ = self.changed.send(());
        outcome
    }

    /// Waits until `see` finds something, or `within` is over.
    pub(crate) fn wait<T>(&self, within: Duration, see: impl Fn(&World) -> Option<T>) -> Option<T> {
        let mut left = within;
        let mut world = self.lock();
        loop {
            if let Some(found) = see(&world) {
                return Some(found);
            }
            if left.is_zero() {
                return None;
            }
            // Some things come true by time alone, so the world is looked at now and then anyway.
            let start = std::time::Instant::now();
            let step = left.min(Duration::from_millis(50));
            let (guard, _) =
                self.bell.wait_timeout(world, step).unwrap_or_else(PoisonError::into_inner);
            world = guard;
            left = left.saturating_sub(start.elapsed());
        }
    }

    /// A listener for changes, for those who must not block.
    pub(crate) fn changes(&self) -> broadcast::Receiver<()> {
        self.changed.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
