//! Everything that happened, in order, so that a failed test prints a story.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use serde_json::Value;

/// What happened so far.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: Vec<Entry>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When, counted from the start of the world.
    pub at: Duration,
    /// What.
    pub what: What,
}

/// The kinds of things that happen.
#[derive(Clone, Debug)]
pub enum What {
    /// A person did something.
    Did {
        /// Who.
        who: String,
        /// What, in words.
        deed: String,
    },
    /// The bot asked something of the REST side and was answered.
    Asked(Request),
    /// The gateway sent an event or an order to the bot.
    Sent(String),
    /// The bot sent something over the gateway.
    Received(String),
    /// A fault that was asked for struck.
    Struck(String),
}

/// A request of the bot, and what it was told.
#[derive(Clone, Debug)]
pub struct Request {
    /// When, counted from the start of the world.
    pub at: Duration,
    /// `GET`, `POST` and so on.
    pub method: String,
    /// The path below `/api/v10`, without the query.
    pub path: String,
    /// The body as JSON; null where there was none.
    pub body: Value,
    /// The HTTP status of the answer. 0 if the connection was cut before any.
    pub status: u16,
    /// Discord's own code in a refusal, else 0.
    pub code: u32,
}

impl Journal {
    pub(crate) fn write(&mut self, at: Duration, what: What) {
        self.entries.push(Entry { at, what });
    }

    /// All entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The requests of the bot, oldest first.
    pub fn requests(&self) -> impl Iterator<Item = &Request> {
        self.entries.iter().filter_map(|entry| match &entry.what {
            What::Asked(request) => Some(request),
            What::Did { .. } | What::Sent(_) | What::Received(_) | What::Struck(_) => None,
        })
    }

    /// How many requests were answered with `status`.
    #[must_use]
    pub fn answered(&self, status: u16) -> usize {
        self.requests().filter(|request| request.status == status).count()
    }
}

impl Display for Journal {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(out, "{entry}"))
    }
}

impl Display for Entry {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{:8.3}  ", self.at.as_secs_f64())?;
        match &self.what {
            What::Did { who, deed } => write!(out, "{who} {deed}"),
            What::Asked(request) => write!(out, "{request}"),
            What::Sent(text) => write!(out, "gateway -> bot  {text}"),
            What::Received(text) => write!(out, "gateway <- bot  {text}"),
            What::Struck(text) => write!(out, "fault: {text}"),
        }
    }
}

impl Display for Request {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "bot {} {}", self.method, self.path)?;
        if !self.body.is_null() {
            write!(out, " {}", self.body)?;
        }
        write!(out, " => {}", self.status)?;
        if self.code != 0 {
            write!(out, " ({})", self.code)?;
        }
        Ok(())
    }
}
