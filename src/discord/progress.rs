//! How far we are: not what was received but what was dealt with, so that nothing is lost when the
//! program dies in the middle.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The events of a session that are in work.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    session: u64,
    /// The events in work, with the messages that some of them are.
    open: BTreeMap<u64, Option<u64>>,
    last: u64,
}

/// An event in work; it is dealt with when this is dropped.
#[derive(Debug)]
pub(super) struct Ticket {
    progress: Progress,
    session: u64,
    sequence: u64,
}

impl Progress {
    /// A session begins, or goes on behind this event.
    pub(super) fn begin(&self, sequence: u64) {
        let mut state = self.state();
        *state = State { session: state.session + 1, open: BTreeMap::new(), last: sequence };
    }

    /// An event came.
    pub(super) fn take(&self, sequence: u64) -> Ticket {
        let mut state = self.state();
        state.open.insert(sequence, None);
        state.last = state.last.max(sequence);
        Ticket { progress: self.clone(), session: state.session, sequence }
    }

    /// Everything up to this event was dealt with.
    pub(super) fn done(&self) -> u64 {
        let state = self.state();
        state.open.keys().next().map_or(state.last, |first| first.saturating_sub(1))
    }

    /// The oldest message that is in work.
    pub(super) fn oldest_message(&self) -> Option<u64> {
        self.state().open.values().flatten().min().copied()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// The event is this message.
    pub(super) fn is_message(&self, id: u64) {
        let mut state = self.progress.state();
        if state.session == self.session {
            state.open.insert(self.sequence, Some(id));
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.progress.state();
        if state.session == self.session {
            state.open.remove(&self.sequence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_work_holds_back_what_came_after_it() {
        let progress = Progress::default();
        progress.begin(0);
        let (one, two, three) = (progress.take(1), progress.take(2), progress.take(3));
        one.is_message(70);
        three.is_message(90);
        drop(two);
        assert_eq!((progress.done(), progress.oldest_message()), (0, Some(70)));
        drop(one);
        assert_eq!((progress.done(), progress.oldest_message()), (2, Some(90)));
        drop(three);
        assert_eq!((progress.done(), progress.oldest_message()), (3, None));
    }

    #[test]
    fn what_is_left_of_an_old_session_does_not_count_in_the_next() {
        let progress = Progress::default();
        progress.begin(0);
        let old = progress.take(5);
        progress.begin(0);
        let new = progress.take(5);
        drop(old);
        assert_eq!(progress.done(), 4);
        drop(new);
        assert_eq!(progress.done(), 5);
    }
}
