//! From the token to the last goodbye.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Charley;
use super::backlog::{Backlog, Behind};
use super::catch_up::{earliest, missed_since, read_backlog};
use super::dispatcher::Dispatcher;
use super::early_acks::EarlyAcks;
use super::failure::Failure;
use super::frame::Snowflake;
use super::gateway::{Ended, Standing};
use super::listen::listen;
use super::progress::Progress;
use super::reader::{FrameReader, Shared, begun_by};
use super::rest::Rest;
use super::startup_buffer::StartupBuffer;
use crate::clock::Clock;
use crate::config::DiscordSettings;
use crate::courier::Route;
use crate::reload::{LOOK, News, Reloader};
use crate::scheduler::Scheduler;
use crate::store::Store;

/// Where the session stands, as a note.
const SESSION: &str = "discord.session";

/// How often it is noted, at most.
const NOTED: Duration = Duration::from_secs(1);

/// How long what is in work may take after the end was asked for.
const LAST_WORK: Duration = Duration::from_secs(8);

/// How often the reminders are looked at when nothing is known to be due.
const LOOKED_AT: Duration = Duration::from_secs(2);

/// They are looked at no more often than this.
const SHORTEST: Duration = Duration::from_millis(20);

/// How long a start that fails waits for the session that it had asked for.
const BEGINS: Duration = Duration::from_millis(1_500);

/// How often it is looked whether the session stands, before anything is sent.
const UNKNOWN: Duration = Duration::from_millis(20);

/// Why Charley cannot be on Discord, with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// The token is wrong.
    #[error(
        "Discord does not know the token; copy it again from \
         https://discord.com/developers/applications, your application, page \"Bot\", \
         \"Reset Token\", into `DISCORD_TOKEN`"
    )]
    WrongToken,
    /// Discord cannot be reached.
    #[error("Discord cannot be reached ({0}); check the network and `DISCORD_API_URL`")]
    Unreachable(String),
    /// Discord has closed the connection for good.
    #[error("Discord closed the connection for good (code {0}): {why}", why = why(*.0))]
    Closed(u16),
    /// Too many new sessions today.
    #[error(
        "Discord allows no new session before {0} s have passed; something has been starting \
         again and again: look for it in the log, and start once that time is over"
    )]
    NoSessionsLeft(u64),
}

impl RunError {
    /// The exit code: 2 for a wrong token, 3 for a connection closed for good, else 4.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::WrongToken => 2,
            Self::Closed(_) => 3,
            Self::Unreachable(_) | Self::NoSessionsLeft(_) => 4,
        }
    }
}

const fn why(code: u16) -> &'static str {
    match code {
        4010 | 4011 => "the bot has grown so large that it needs shards",
        4012 => "this version of charley is too old for Discord; install a newer one",
        4013 => "this version of charley asks for something Discord does not know",
        _ => "see the list of gateway close codes in Discord's documentation",
    }
}

/// Is on Discord until `stop` says so, or Discord will have us no more. Discord is called while
/// Charley gets ready; what is said meanwhile waits.
///
/// # Errors
/// Why Charley cannot get ready. Within: why it could not begin on Discord, or had to end.
pub async fn run<E>(
    charley: impl Future<Output = Result<Charley, E>>,
    store: Arc<dyn Store>,
    settings: &DiscordSettings,
    clock: Clock,
    stop: watch::Receiver<bool>,
) -> Result<Result<(), RunError>, E> {
    let rest = match Rest::new(settings) {
        Ok(rest) => Arc::new(rest),
        Err(failure) => return Ok(Err(unreachable(&failure))),
    };
    // What a process before us had begun to send is ours to finish, and at once; its session too.
    let alone = store.take_over(Route::Members, clock.now()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "what was left unsent cannot be taken over yet");
        true
    });
    if !alone {
        tracing::warn!("another charley is at work on this database; each event is answered once");
    }
    let note = store.recall(SESSION).await.ok().flatten();
    let note: Option<Note> = note.and_then(|note| serde_json::from_str(&note).ok());
    // A session that is in use is left alone; what was missed may be ours to read all the same.
    let seen = note.as_ref().map_or(0, |note| note.standing.seen);
    let (standing, behind) = note.map(|note| (note.standing, note.behind)).unzip();
    let standing = standing.filter(|_| alone);
    let early_acks = Arc::new(EarlyAcks::new(rest.clone()));
    let acknowledging = Arc::clone(&early_acks);
    let acknowledges = move |awaited| acknowledging.acknowledges(awaited);
    let buffer = StartupBuffer::new(standing.clone(), acknowledges);
    let mut listening = pin!(listen(&rest, settings, standing.clone(), &buffer, stop));
    let mut charley = pin!(charley);
    let (charley, ended) = tokio::select! {
        charley = &mut charley => match charley {
            Ok(charley) => (charley, None),
            Err(error) => {
                if alone {
                    // A session that is just being begun is counted by Discord all the same.
                    let begins = async {
                        while standing.is_none() && buffer.began().is_none() {
                            tokio::time::sleep(UNKNOWN).await;
                        }
                    };
                    tokio::select! {
                        _ = tokio::time::timeout(BEGINS, begins) => {}
                        _ = &mut listening => {}
                    }
                    leave_session(store.as_ref(), &buffer, (seen, behind), clock.real()).await;
                }
                return Err(error);
            }
        },
        ended = &mut listening => (charley.await?, Some(ended)),
    };
    if let Some(Err(error)) = ended {
        return Ok(Err(error));
    }

    let work =
        Work::begin(charley, (rest.clone(), early_acks), (standing, seen, behind), clock, &buffer);
    let ended = match ended {
        Some(ended) => ended,
        None => listening.await,
    };
    work.end().await;
    Ok(ended.and_then(Ended::as_result))
}

/// A start that fails for what is ours leaves the session that it began to the next one: Discord gives
/// only so many a day.
async fn leave_session(
    store: &dyn Store,
    buffer: &StartupBuffer<FrameReader>,
    (seen, behind): (u64, Option<Behind>),
    now: Timestamp,
) {
    let Some((frame, intents)) = buffer.began() else { return };
    let Some(begun) = begun_by(&frame, now) else { return };
    let backlog = Backlog::new(behind.unwrap_or_default());
    let mut standing = Standing { intents, ..begun };
    if seen > 0 {
        standing.seen = seen;
        backlog.begins(missed_since(Snowflake(seen), now), earliest(now));
    }
    let note = serde_json::to_string(&Note { standing, behind: backlog.stands() });
    if let Ok(note) = note
        && let Err(error) = store.remember(SESSION, &note).await
    {
        tracing::error!(%error, "the session that was begun cannot be kept");
    }
}

/// Where the session stands, and what is still to be read of what was missed: kept together, so that
/// one does not get ahead of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    #[serde(flatten)]
    standing: Standing,
    #[serde(default)]
    behind: Behind,
}

/// What goes on beside the reading.
struct Work {
    dispatcher: Arc<Dispatcher>,
    shared: Shared,
    progress: Progress,
    keeping: JoinHandle<()>,
    others: [JoinHandle<()>; 3],
}

impl Work {
    /// Begins all of it, and opens the door to what has been waiting.
    fn begin(
        charley: Charley,
        (rest, early_acks): (Arc<Rest>, Arc<EarlyAcks>),
        (standing, seen, behind): (Option<Standing>, u64, Option<Behind>),
        clock: Clock,
        buffer: &StartupBuffer<FrameReader>,
    ) -> Self {
        let Charley { bot, lookup, live } = charley;
        let dispatcher =
            Dispatcher::new(bot, rest, lookup, clock, behind.unwrap_or_default(), early_acks);
        let reader = FrameReader::new(Arc::clone(&dispatcher), standing, seen);
        let (shared, progress) = reader.shared();
        buffer.open(reader);
        let stands = (Arc::clone(&dispatcher), shared.clone(), progress.clone());
        let keeping = tokio::spawn(never_ends("keeping the session", move || {
            let (dispatcher, shared, progress) = stands.clone();
            keep(dispatcher, shared, progress)
        }));
        let [reading, reminding] = [Arc::clone(&dispatcher), Arc::clone(&dispatcher)];
        let others = [
            tokio::spawn(never_ends("catching up", move || read_backlog(Arc::clone(&reading)))),
            tokio::spawn(watch_files(Arc::clone(&dispatcher), live)),
            tokio::spawn(never_ends("reminding", move || remind(Arc::clone(&reminding)))),
        ];
        Self { dispatcher, shared, progress, keeping, others }
    }

    /// Finishes what is in work, and notes how far we are.
    async fn end(self) {
        self.others.iter().for_each(JoinHandle::abort);
        let last_work = async {
            self.dispatcher.is_done().await;
            self.dispatcher.save_unsaved().await;
        };
        if tokio::time::timeout(LAST_WORK, last_work).await.is_err() {
            tracing::warn!("something was still in work; it goes on at the next start");
        }
        self.keeping.abort();
        keep_note(
            &self.dispatcher,
            stands(&self.dispatcher, &self.shared, &self.progress).as_ref(),
        )
        .await;
    }
}

impl Ended {
    const fn as_result(self) -> Result<(), RunError> {
        match self {
            Self::Stopped => Ok(()),
            Self::WrongToken => Err(RunError::WrongToken),
            Self::WithoutContent => Err(RunError::Closed(4014)),
            Self::Closed(code) => Err(RunError::Closed(code)),
        }
    }
}

pub(super) fn unreachable(failure: &Failure) -> RunError {
    RunError::Unreachable(format!("{failure}"))
}

/// What goes on as long as the program does: where it falls over, it begins again after a pause.
async fn never_ends<F: Future<Output = ()>>(what: &'static str, begin: impl Fn() -> F) {
    while AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
        tracing::error!(what, "this has fallen over; it begins again");
        tokio::time::sleep(LOOKED_AT).await;
    }
}

/// Notes where the session stands, whenever that has changed.
async fn keep(dispatcher: Arc<Dispatcher>, shared: Shared, progress: Progress) {
    let mut every = tokio::time::interval(NOTED);
    let mut last = None;
    loop {
        every.tick().await;
        let now = stands(&dispatcher, &shared, &progress);
        if now != last {
            keep_note(&dispatcher, now.as_ref()).await;
            last = now;
        }
    }
}

/// How things stand. What a server has told counts as dealt with once its channels are to be read; a
/// message in work is not yet seen.
fn stands(dispatcher: &Dispatcher, shared: &Shared, progress: &Progress) -> Option<Note> {
    let mut standing = Standing { sequence: progress.done(), ..shared.get()? };
    if let Some(oldest) = progress.oldest_message() {
        standing.seen = standing.seen.min(oldest - 1);
    }
    Some(Note { standing, behind: dispatcher.backlog.stands() })
}

async fn keep_note(dispatcher: &Dispatcher, note: Option<&Note>) {
    let Some(Ok(note)) = note.map(serde_json::to_string) else { return };
    if let Err(error) = dispatcher.bot.remember(SESSION, &note).await {
        tracing::error!(%error, "where the session stands cannot be kept");
    }
}

/// Takes over response files that change, and tells the moderators.
async fn watch_files(dispatcher: Arc<Dispatcher>, mut live: Reloader) {
    loop {
        tokio::time::sleep(LOOK).await;
        // It reads files and trains: the gateway's heart goes on beating meanwhile.
        let looked = tokio::task::spawn_blocking(move || {
            let news = live.look();
            (live, news)
        });
        let Ok((back, news)) = looked.await else {
            tracing::error!("reading the response files fell over: they are watched no more");
            return;
        };
        live = back;
        match news {
            Some(news @ News::Taken(_)) => {
                tracing::info!("{news}");
                dispatcher.tell_moderators(&news).await;
            }
            Some(news @ News::Faulty(_)) => {
                tracing::error!("{news}");
                dispatcher.tell_moderators(&news).await;
            }
            None => {}
        }
    }
}

/// What falls due, and what was left unsent, goes to the send queue.
async fn remind(dispatcher: Arc<Dispatcher>) {
    let scheduler =
        Scheduler::new(Arc::clone(&dispatcher.bot), dispatcher.send_queue.clone(), Route::Members);
    // An answer to a press cannot be sent before we know our application.
    while dispatcher.me().is_none() {
        tokio::time::sleep(UNKNOWN).await;
    }
    loop {
        let next = scheduler.tick(dispatcher.now()).await;
        if next.is_ok() {
            dispatcher.save_unsaved().await;
        }
        let wait = match next {
            Ok(Some(next)) => dispatcher.clock.until(next).min(LOOKED_AT),
            Ok(None) => LOOKED_AT,
            Err(error) => {
                tracing::error!(%error, "what is due cannot be read");
                LOOKED_AT
            }
        };
        tokio::time::sleep(SHORTEST).await;
        // What somebody says may bring something that is due sooner.
        let _ = tokio::time::timeout(wait, dispatcher.changed.notified()).await;
    }
}
