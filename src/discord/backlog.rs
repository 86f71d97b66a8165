//! What was said while we were away and is still to be read. It is kept with the session: whoever
//! goes on after a crash goes on with this too.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::frame::Snowflake;

/// A channel or direct-message channel whose news are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Missed {
    pub(super) channel: u64,
    pub(super) guild: Option<u64>,
    pub(super) since: Snowflake,
}

/// All that is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Behind {
    /// Since when, in servers that have not told their channels yet.
    since: Option<Snowflake>,
    /// Whether nobody has looked yet which direct-message channels there are.
    directly: bool,
    channels: VecDeque<Missed>,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// To look which direct-message channels there are, which are read since then.
    Directly(Snowflake),
    /// To read a channel.
    Channel(Missed),
}

/// The same, shared by who finds out about it, who reads it, and who keeps it.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    behind: Mutex<Behind>,
    more: Notify,
}

impl Backlog {
    pub(super) fn new(behind: Behind) -> Self {
        Self { behind: Mutex::new(behind), more: Notify::new() }
    }

    /// How things stand, to be kept.
    pub(super) fn stands(&self) -> Behind {
        self.behind().clone()
    }

    /// A new session has begun; what was missed since then is to be read. What was missed before is
    /// not forgotten, unless it is older than `earliest`.
    pub(super) fn begins(&self, since: Snowflake, earliest: Snowflake) {
        let mut behind = self.behind();
        let before = behind.since.map_or(since, |before| before.min(since));
        (behind.since, behind.directly) = (Some(before.max(earliest)), true);
        drop(behind);
        self.more.notify_one();
    }

    /// Since when channels that a server tells now are to be read.
    pub(super) fn since(&self) -> Option<Snowflake> {
        self.behind().since
    }

    /// Channels have to be read.
    pub(super) fn adds(&self, channels: impl IntoIterator<Item = Missed>) {
        let mut behind = self.behind();
        for missed in channels {
            let known = behind.channels.iter_mut().find(|one| one.channel == missed.channel);
            match known {
                Some(known) => known.since = known.since.min(missed.since),
                None => behind.channels.push_back(missed),
            }
        }
        drop(behind);
        self.more.notify_one();
    }

    /// What is next; waits until there is something.
    pub(super) async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.behind().next() {
                return next;
            }
            self.more.notified().await;
        }
    }

    /// The direct-message channels were looked up.
    pub(super) fn knows_direct(&self, channels: impl IntoIterator<Item = Missed>) {
        self.adds(channels);
        self.behind().directly = false;
    }

    /// A channel was read to its end, or never can be.
    pub(super) fn is_read(&self, missed: Missed) {
        self.behind().channels.retain(|one| *one != missed);
    }

    /// A channel cannot be read now: the others come first.
    pub(super) fn comes_later(&self, missed: Missed) {
        let mut behind = self.behind();
        if behind.channels.front() == Some(&missed) {
            behind.channels.rotate_left(1);
        }
    }

    fn behind(&self) -> MutexGuard<'_, Behind> {
        self.behind.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Behind {
    fn next(&self) -> Option<Next> {
        let directly = self.since.filter(|_| self.directly).map(Next::Directly);
        directly.or_else(|| self.channels.front().copied().map(Next::Channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(channel: u64, since: u64) -> Missed {
        Missed { channel, guild: None, since: Snowflake(since) }
    }

    fn next(backlog: &Backlog) -> Option<Next> {
        backlog.behind().next()
    }

    #[test]
    fn what_is_not_read_yet_is_kept_until_it_is() {
        let backlog = Backlog::default();
        backlog.begins(Snowflake(50), Snowflake(10));
        assert_eq!(next(&backlog), Some(Next::Directly(Snowflake(50))));
        backlog.knows_direct([channel(1, 50), channel(2, 50)]);

        let note = serde_json::to_string(&backlog.stands()).unwrap();
        let backlog = Backlog::new(serde_json::from_str(&note).unwrap());
        assert_eq!(next(&backlog), Some(Next::Channel(channel(1, 50))));
        backlog.comes_later(channel(1, 50));
        assert_eq!(next(&backlog), Some(Next::Channel(channel(2, 50))));
        backlog.is_read(channel(2, 50));
        backlog.is_read(channel(1, 50));
        assert_eq!(next(&backlog), None);
    }

    #[test]
    fn another_new_session_forgets_nothing_of_what_was_missed_before() {
        let backlog = Backlog::default();
        backlog.begins(Snowflake(50), Snowflake(10));
        backlog.begins(Snowflake(90), Snowflake(20));
        assert_eq!(backlog.since(), Some(Snowflake(50)));
        backlog.begins(Snowflake(120), Snowflake(70));
        assert_eq!(backlog.since(), Some(Snowflake(70)));
    }

    #[test]
    fn a_channel_in_which_more_was_missed_meanwhile_is_read_once_more() {
        let backlog = Backlog::default();
        backlog.adds([channel(1, 50)]);
        backlog.adds([channel(1, 40)]);
        backlog.is_read(channel(1, 50));
        assert_eq!(next(&backlog), Some(Next::Channel(channel(1, 40))));
    }
}
