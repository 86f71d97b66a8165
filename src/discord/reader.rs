//! What a frame is for: most is passed over at once; the rest goes on as a task of its own, so that
//! nobody waits for anybody else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serenity::all::Interaction;
use twilight_gateway::Intents;

use super::backlog::Missed;
use super::catch_up::{earliest, missed_since};
use super::dispatcher::Dispatcher;
use super::frame::{
    Channel, Deleted, Frame, Guild, INTERACTION, MESSAGE, Payload, Posted, READY, RawFrame, Ready,
    Snowflake,
};
use super::gateway::{Reader, Standing};
use super::incoming::Me;
use super::progress::{Progress, Ticket};

/// How long after it was written an edited message is read once more, in milliseconds.
const EDIT_WINDOW: i64 = 60_000;

/// How long after it was edited it may be told: no session goes on for so long.
const EDIT_TOLD: SignedDuration = SignedDuration::from_hours(24);

/// The session as the first event of it says it.
#[derive(Debug, Deserialize)]
struct Session {
    session_id: String,
    resume_gateway_url: String,
}

/// The session that its first event begins now.
fn begun(data: &RawValue, now: Timestamp) -> Option<Standing> {
    let ready: Ready = serde_json::from_str(data.get()).ok()?;
    let session: Session = serde_json::from_str(data.get()).ok()?;
    Some(Standing {
        session: session.session_id,
        sequence: 0,
        resume_url: Some(session.resume_gateway_url),
        user: ready.user.id.0,
        application: ready.application.id.0,
        seen: Snowflake::from(now).0,
        intents: 0,
        roles: Vec::new(),
    })
}

/// Who we are in a session.
fn me(standing: &Standing) -> Me {
    let roles = standing.roles.as_slice().into();
    Me { user: standing.user, application: standing.application, roles }
}

/// A session of which nothing but its first event was dealt with: whoever goes on with it is told all
/// that came after it.
pub(super) fn begun_by(frame: &str, now: Timestamp) -> Option<Standing> {
    let frame: RawFrame<'_> = serde_json::from_str(frame).ok()?;
    let (sequence, begun) = (frame.s?, begun(frame.d?, now)?);
    Some(Standing { sequence, ..begun })
}

/// Where the session stands, shared with whoever keeps it.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Option<Standing>>>);

impl Shared {
    pub(super) fn get(&self) -> Option<Standing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change<T>(&self, change: impl FnOnce(&mut Option<Standing>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads frames for the dispatcher.
pub(super) struct FrameReader {
    dispatcher: Arc<Dispatcher>,
    standing: Shared,
    progress: Progress,
    seen: u64,
    intents: u64,
    unreadable: HashMap<String, u64>,
}

impl FrameReader {
    /// Goes on where the last process stood, or else begins afresh behind the newest message that was
    /// seen then.
    pub(super) fn new(dispatcher: Arc<Dispatcher>, from: Option<Standing>, seen: u64) -> Self {
        let progress = Progress::default();
        progress.begin(from.as_ref().map_or(0, |standing| standing.sequence));
        if let Some(standing) = &from {
            dispatcher.is(me(standing));
        }
        let standing = Shared(Arc::new(Mutex::new(from)));
        Self { dispatcher, standing, progress, seen, intents: 0, unreadable: HashMap::new() }
    }

    /// Where the session stands, also later.
    pub(super) fn shared(&self) -> (Shared, Progress) {
        (self.standing.clone(), self.progress.clone())
    }

    fn event(&mut self, name: &str, data: &RawValue, ticket: Ticket) {
        match name {
            MESSAGE => match serde_json::from_str(data.get()) {
                Ok(post) => self.message(&post, ticket),
                Err(_) => self.cannot_read(name),
            },
            "MESSAGE_UPDATE" => self.update(name, data, ticket),
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => {
                if let Some(deleted) = self.read::<Deleted>(name, data) {
                    self.dispatcher.question_deleted(&deleted, ticket);
                }
            }
            INTERACTION => {
                if let Some(interaction) = self.read::<Interaction>(name, data) {
                    self.dispatcher.interaction(interaction, ticket);
                } else if let Ok(unreadable) = serde_json::from_str(data.get()) {
                    self.dispatcher.unreadable(unreadable, ticket);
                }
            }
            READY => self.ready(name, data),
            "RESUMED" => {
                tracing::info!("the session goes on");
                // It may be another version of this program that goes on.
                self.dispatcher.connected();
            }
            "GUILD_CREATE" => self.guild(name, data),
            _ => {}
        }
    }

    fn message(&mut self, post: &Posted<'_>, ticket: Ticket) {
        self.standing.change(|standing| {
            if let Some(standing) = standing {
                standing.seen = standing.seen.max(post.id.0);
            }
        });
        ticket.is_message(post.id.0);
        self.dispatcher.said(post, ticket);
    }

    /// Only what was edited soon after it was written is read once more.
    fn update(&mut self, name: &str, data: &RawValue, ticket: Ticket) {
        let post: Posted<'_> = match serde_json::from_str(data.get()) {
            Ok(post) => post,
            Err(_) => return self.cannot_read(name),
        };
        // It may come long after it happened, where a session went on.
        let Some(edited) = post.edited_at() else { return };
        let late = edited.as_millisecond() - post.id.at().as_millisecond() > EDIT_WINDOW;
        // It is told again whenever something beside its text changes, be it weeks later, when nobody
        // knows any more that it was answered.
        let old = self.dispatcher.clock.real().duration_since(edited) > EDIT_TOLD;
        if late || old {
            return;
        }
        self.dispatcher.edited(&post, ticket);
    }

    fn ready(&mut self, name: &str, data: &RawValue) {
        let (now, intents) = (self.dispatcher.clock.real(), self.intents);
        let Some(begun) = begun(data, now) else { return self.cannot_read(name) };
        let user = begun.user;
        self.dispatcher.is(me(&begun));
        let before = self.seen;
        let seen = self.standing.change(|standing| {
            let seen = standing.as_ref().map_or(before, |standing| standing.seen);
            // Whoever begins here for the first time has nothing to read up.
            let seen_at_all = if seen == 0 { begun.seen } else { seen };
            *standing = Some(Standing { seen: seen_at_all, intents, ..begun });
            seen
        });
        tracing::info!(user, "connected");
        if seen > 0 {
            self.dispatcher.backlog.begins(missed_since(Snowflake(seen), now), earliest(now));
        }
        self.dispatcher.connected();
    }

    /// After a new session each server tells its roles, and its channels: those with news are asked
    /// for them.
    fn guild(&mut self, name: &str, data: &RawValue) {
        let Some(guild) = self.read::<Guild>(name, data) else { return };
        self.knows_roles(&guild);
        let Some(since) = self.dispatcher.backlog.since() else { return };
        let since = since.max(earliest(self.dispatcher.clock.real()));
        // What was said before we came was not said to us.
        let came = guild.joined_at.as_deref().and_then(|at| at.parse().ok());
        let since = came.map_or(since, |came| since.max(Snowflake::from(came)));
        let has_news =
            |channel: &&Channel| channel.last_message_id.is_some_and(|last| last > since);
        let news = guild.channels.iter().chain(&guild.threads).filter(has_news);
        let missed =
            news.map(|channel| Missed { channel: channel.id.0, guild: Some(guild.id.0), since });
        self.dispatcher.backlog.adds(missed);
    }

    /// Notes the role that a server gave us alone.
    fn knows_roles(&self, guild: &Guild) {
        let changed = self.standing.change(|standing| {
            let standing = standing.as_mut()?;
            let ours = guild.roles.iter().filter(|role| role.is_of(standing.user));
            standing.roles.extend(ours.map(|role| role.id.0));
            standing.roles.sort_unstable();
            standing.roles.dedup();
            Some(me(standing))
        });
        if let Some(me) = changed {
            self.dispatcher.is(me);
        }
    }

    fn read<T: DeserializeOwned>(&mut self, name: &str, data: &RawValue) -> Option<T> {
        let read = serde_json::from_str(data.get());
        if read.is_err() {
            self.cannot_read(name);
        }
        read.ok()
    }

    /// Counted and named, never passed over in silence; what it held is not told.
    fn cannot_read(&mut self, name: &str) {
        let count = self.unreadable.entry(name.to_owned()).or_default();
        *count += 1;
        tracing::warn!(event = name, count, "an event cannot be read");
    }
}

impl Reader for FrameReader {
    fn frame(&mut self, text: &str) -> bool {
        // A message that cannot be read is still an event with a number and a name.
        let raw = || serde_json::from_str::<RawFrame<'_>>(text).map(|frame| frame.as_frame());
        let Ok(frame) = serde_json::from_str::<Frame<'_>>(text).or_else(|_| raw()) else {
            self.cannot_read("frame");
            return false;
        };
        let (Some(sequence), Some(name)) = (frame.s, frame.t) else {
            return false;
        };
        if name == READY {
            self.progress.begin(sequence - 1);
        }
        let ticket = self.progress.take(sequence);
        match frame.d {
            Payload::Message(post) => self.message(&post, ticket),
            Payload::Raw(data) => self.event(name, data, ticket),
            Payload::Nothing => {}
        }
        true
    }

    fn intends(&mut self, intents: u64) {
        self.intents = intents;
        self.dispatcher.reads_all(intents & Intents::MESSAGE_CONTENT.bits() != 0);
    }

    fn standing(&self) -> Option<Standing> {
        let standing = self.standing.get()?;
        Some(Standing { sequence: self.progress.done(), ..standing })
    }
}
