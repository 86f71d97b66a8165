//! The one loop that reads the gateway: what is a frame goes on, what goes wrong is mended or ends
//! the program with a reason. twilight reads; nothing else here knows it.

use std::future::poll_fn;
use std::ops::ControlFlow;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::{
    CloseFrame, ConfigBuilder, Intents, Message, Session, Shard, ShardId, ShardState,
};

use super::session_starts::SessionStarts;

/// A session closed so often in a row, with nothing heard in it, is given up.
const VAIN_CLOSES: u32 = 2;

/// A connection that closes sooner than this was no good.
const SHORT: Duration = Duration::from_secs(5);

/// So many such in a row are followed by a pause, which grows to the longest.
const SHORT_IN_A_ROW: u32 = 3;

/// See `SHORT_IN_A_ROW`.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Connects that failed so often in a row begin afresh, before twilight's pauses grow to minutes.
const FAILED_CONNECTS: u32 = 6;

/// How long the goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// Discord's code for an intent that the portal does not allow.
const DISALLOWED_INTENTS: u16 = 4014;

/// Discord's code for a wrong token.
const WRONG_TOKEN: u16 = 4004;

/// Where a session stands, so that it can be resumed by another process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// Its id.
    pub(super) session: String,
    /// Everything up to this event was dealt with.
    pub(super) sequence: u64,
    /// Where it is resumed.
    pub(super) resume_url: Option<String>,
    /// Our user and application: a resumed session does not say them again.
    pub(super) user: u64,
    /// See `user`.
    pub(super) application: u64,
    /// The newest message that was seen; all before it were dealt with.
    pub(super) seen: u64,
    /// What is read in it; a session never reads more than it began with.
    #[serde(default)]
    pub(super) intents: u64,
    /// The roles that servers gave us alone: a resumed session does not tell them again.
    #[serde(default)]
    pub(super) roles: Vec<u64>,
}

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was told to.
    Stopped,
    /// Discord closed the connection for good, with this code.
    Closed(u16),
    /// The intent to read what people write is not allowed.
    WithoutContent,
    /// The token is wrong.
    WrongToken,
}

/// Deals with what comes.
pub(super) trait Reader {
    /// A frame; whether it was an event of a session that stands.
    fn frame(&mut self, text: &str) -> bool;

    /// What is read in the sessions that begin from now on.
    fn intends(&mut self, intents: u64);

    /// Where the session stands, if there is one.
    fn standing(&self) -> Option<Standing>;

    /// Something went wrong; in a word, for the log.
    fn trouble(&self, kind: &'static str) {
        tracing::warn!(kind, "the gateway has trouble; going on by itself");
    }
}

/// Where to connect, and as whom.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// The token.
    pub(super) token: String,
    /// What is read.
    pub(super) intents: Intents,
    /// The address of the gateway.
    pub(super) url: String,
    /// Where each new session waits for its turn.
    pub(super) session_starts: SessionStarts,
}

impl Connection {
    fn shard(&self, from: Option<&Standing>) -> Shard<SessionStarts> {
        let url = self.url.trim_end_matches('/').to_owned();
        let config = ConfigBuilder::new(self.token.clone(), self.intents).proxy_url(url);
        let mut config = config.queue(self.session_starts.clone());
        if let Some(standing) = from.filter(|from| self.can_go_on(from)) {
            config = config.session(Session::new(standing.sequence, standing.session.clone()));
            if let Some(url) = &standing.resume_url {
                config = config.resume_url(url.clone());
            }
        }
        Shard::with_config(ShardId::ONE, config.build())
    }

    /// Whether as much is read in a session as is to be read.
    pub(super) const fn can_go_on(&self, standing: &Standing) -> bool {
        standing.intents == self.intents.bits()
    }
}

/// What went wrong lately, so that nothing is tried too fast or too long.
struct Guard {
    opened: Instant,
    heard: bool,
    vain: u32,
    short: u32,
    failed: u32,
}

impl Guard {
    fn new(now: Instant) -> Self {
        Self { opened: now, heard: false, vain: 0, short: 0, failed: 0 }
    }

    fn hears(&mut self) {
        (self.heard, self.vain, self.failed) = (true, 0, 0);
    }

    /// Whether the session is to be given up, and how long to wait.
    fn closes(&mut self, now: Instant) -> (bool, Duration) {
        self.vain = if self.heard { 0 } else { self.vain + 1 };
        self.short = if now.duration_since(self.opened) < SHORT { self.short + 1 } else { 0 };
        (self.heard, self.opened) = (false, now);
        let over = self.short.saturating_sub(SHORT_IN_A_ROW);
        let pause = Duration::from_secs(u64::from(over > 0) << over.min(6)).min(LONGEST_PAUSE);
        (self.vain >= VAIN_CLOSES, pause)
    }

    fn fails(&mut self) -> bool {
        self.failed += 1;
        self.failed.is_multiple_of(FAILED_CONNECTS)
    }
}

/// Reads until it is told to stop, or until Discord will have us no more. A session is gone on with
/// where there is one, and closed so that it can be.
pub(super) async fn read<R: Reader>(
    connection: &Connection,
    from: Option<Standing>,
    reader: &mut R,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> Ended {
    reader.intends(connection.intents.bits());
    let mut shard = connection.shard(from.as_ref());
    let mut guard = Guard::new(Instant::now());
    loop {
        let item = tokio::select! {
            item = shard.next() => item,
            _ = stop.wait_for(|stop| *stop) => {
                say_goodbye(&mut shard).await;
                return Ended::Stopped;
            }
        };
        match item {
            Some(Ok(Message::Text(text))) => {
                if reader.frame(&text) {
                    guard.hears();
                }
            }
            Some(Ok(Message::Close(frame))) => {
                let again = after_close(&shard, frame.as_ref(), &mut guard, reader);
                match again {
                    ControlFlow::Break(ended) => return ended,
                    ControlFlow::Continue((afresh, pause)) => {
                        if afresh {
                            shard = connection.shard(None);
                        }
                        if !pause.is_zero() && is_stopped_within(&mut stop, pause).await {
                            return Ended::Stopped;
                        }
                    }
                }
            }
            Some(Err(error)) => {
                reader.trouble(name(error.kind()));
                if guard.fails() {
                    shard = connection.shard(reader.standing().as_ref());
                }
            }
            None => return Ended::Closed(0),
        }
    }
}

/// What a close means: the end, or to go on afresh or not, after a pause.
fn after_close<R: Reader>(
    shard: &Shard<SessionStarts>,
    frame: Option<&CloseFrame<'_>>,
    guard: &mut Guard,
    reader: &R,
) -> ControlFlow<Ended, (bool, Duration)> {
    if matches!(shard.state(), ShardState::FatallyClosed) {
        return ControlFlow::Break(ended(frame.map_or(0, |frame| frame.code)));
    }
    reader.trouble("the connection was closed");
    ControlFlow::Continue(guard.closes(Instant::now()))
}

const fn ended(code: u16) -> Ended {
    match code {
        WRONG_TOKEN => Ended::WrongToken,
        DISALLOWED_INTENTS => Ended::WithoutContent,
        code => Ended::Closed(code),
    }
}

/// The error itself may hold what somebody said: only its kind is told.
const fn name(kind: &ReceiveMessageErrorType) -> &'static str {
    match kind {
        ReceiveMessageErrorType::Deserializing { .. } => "a frame that cannot be read",
        ReceiveMessageErrorType::Reconnect => "the gateway cannot be reached",
        _ => "the connection has trouble",
    }
}

async fn is_stopped_within(stop: &mut tokio::sync::watch::Receiver<bool>, pause: Duration) -> bool {
    tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await.is_ok()
}

/// Closes so that the session lives on at Discord. It is left as soon as the goodbye is said: read
/// on, twilight would connect anew. What still comes is sent again to whoever resumes.
async fn say_goodbye(shard: &mut Shard<SessionStarts>) {
    shard.close(CloseFrame::RESUME);
    let said = poll_fn(|context| match shard.poll_next_unpin(context) {
        Poll::Ready(Some(Ok(Message::Text(_)))) => {
            context.waker().wake_by_ref();
            Poll::Pending
        }
        Poll::Ready(_) => Poll::Ready(()),
        Poll::Pending if matches!(shard.state(), ShardState::Disconnected { .. }) => {
            Poll::Ready(())
        }
        Poll::Pending => Poll::Pending,
    });
    // Whoever does not take a goodbye is left.
    let _ = tokio::time::timeout(GOODBYE, said).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_in_which_nothing_is_heard_is_given_up_at_the_second_close() {
        let now = Instant::now();
        let mut guard = Guard::new(now);
        assert!(!guard.closes(now).0);
        assert!(guard.closes(now).0);
        guard.hears();
        assert!(!guard.closes(now).0);
    }

    #[test]
    fn who_is_closed_at_once_again_and_again_waits_longer_and_longer() {
        let now = Instant::now();
        let mut guard = Guard::new(now);
        let pauses: Vec<u64> = (0..12).map(|_| guard.closes(now).1.as_secs()).collect();
        assert_eq!(pauses[..5], [0, 0, 0, 2, 4]);
        assert!(pauses.is_sorted() && pauses[11] == 60, "{pauses:?}");
        assert_eq!(guard.closes(now + SHORT).1, Duration::ZERO);
    }

    #[test]
    fn failed_connects_begin_afresh_before_the_pauses_are_minutes() {
        let mut guard = Guard::new(Instant::now());
        let afresh: Vec<bool> = (0..12).map(|_| guard.fails()).collect();
        assert_eq!(afresh.iter().filter(|afresh| **afresh).count(), 2);
        assert!(afresh[5] && afresh[11]);
    }
}
