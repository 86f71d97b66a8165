//! The gateway: connections, sessions, and what clients say.

mod faults;
mod receive;
mod session;
mod wire;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use twilight_model::gateway::{CloseCode, Intents};

use self::session::Session;
pub(crate) use self::wire::upgrade;
use crate::journal::What;
use crate::world::{Settings, World};

/// All connections and sessions.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    lines: BTreeMap<u64, Line>,
    sessions: Vec<Session>,
    opened: u64,
    starts: VecDeque<Duration>,
    refuses_until: Duration,
    doubled: usize,
    pub(crate) identified: usize,
    pub(crate) resumed: usize,
    pub(crate) beaten: usize,
}

/// One connection.
#[derive(Debug)]
struct Line {
    orders: UnboundedSender<Order>,
    acks: bool,
    silent: bool,
    heard: VecDeque<Duration>,
}

/// What a connection is to do.
#[derive(Debug)]
pub(crate) enum Order {
    Send(String),
    Close(u16),
    Drop,
}

impl Line {
    fn send(&self, text: String) {
        if !self.silent {
            // The connection may just have ended.
            let _ = self.orders.send(Order::Send(text));
        }
    }
}

impl Gateway {
    pub(crate) fn is_connected(&self) -> bool {
        self.sessions.iter().any(|session| session.line.is_some())
    }

    pub(crate) fn has_no_session(&self) -> bool {
        self.sessions.is_empty()
    }

    /// Gives an event to every session that wants it; says what was sent.
    pub(crate) fn dispatch(
        &mut self,
        event: &str,
        intents: Intents,
        full: &Value,
        blank: Option<&Value>,
        settings: &Settings,
        now: Duration,
    ) -> Vec<String> {
        self.sessions.retain(|session| !session.is_over(now, settings.session_life));
        let wants =
            |session: &&mut Session| intents.is_empty() || session.intents.intersects(intents);
        let mut said = Vec::new();
        for session in self.sessions.iter_mut().filter(wants) {
            let reads = session.intents.contains(Intents::MESSAGE_CONTENT);
            let data = if reads { full } else { blank.unwrap_or(full) };
            let frame = session.frame(event, data, settings.replay);
            said.push(format!("{event} #{}", session.sequence));
            let line = session.line.and_then(|line| self.lines.get(&line));
            for _ in 0..=usize::from(self.doubled > 0) {
                line.iter().for_each(|line| line.send(frame.clone()));
            }
            self.doubled = self.doubled.saturating_sub(1);
        }
        said
    }

    fn session(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    fn session_of(&mut self, line: u64) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.line == Some(line))
    }
}

impl World {
    /// A client connected: it is greeted.
    fn connects(&mut self, orders: UnboundedSender<Order>) -> u64 {
        self.gateway.opened += 1;
        let id = self.gateway.opened;
        let heard = VecDeque::new();
        let line = Line { orders, acks: true, silent: false, heard };
        self.gateway.lines.insert(id, line);
        let beat = self.settings.heartbeat.as_millis() as u64;
        self.order(id, 10, &json!({"heartbeat_interval": beat, "_trace": []}));
        id
    }

    /// A connection ended. A client that closes with 1000 or 1001 gives its session up.
    fn disconnects(&mut self, line: u64, code: Option<u16>) {
        let now = self.now();
        let text = code.map_or("connection lost".into(), |code| format!("closed with {code}"));
        self.note(What::Received(text));
        self.gateway.lines.remove(&line);
        if matches!(code, Some(1000 | 1001)) {
            self.gateway.sessions.retain(|session| session.line != Some(line));
        } else if let Some(session) = self.gateway.session_of(line) {
            session.line = None;
            session.lost = Some(now);
        }
    }

    /// Sends something that is no event.
    fn order(&mut self, line: u64, op: u8, data: &Value) {
        let Some(known) = self.gateway.lines.get(&line) else { return };
        known.send(json!({"op": op, "d": data, "s": null, "t": null}).to_string());
        let name = match op {
            7 => "RECONNECT",
            9 => "INVALID_SESSION",
            10 => "HELLO",
            _ => return,
        };
        self.note(What::Sent(format!("{name} {data}")));
    }

    /// Closes a connection for a reason.
    fn close(&mut self, line: u64, code: CloseCode) {
        self.close_with(line, code as u16);
    }

    fn close_with(&mut self, line: u64, code: u16) {
        self.note(What::Sent(format!("close {code}")));
        if let Some(known) = self.gateway.lines.get(&line) {
            let _ = known.orders.send(Order::Close(code));
        }
        // After these Discord wants a new session.
        let ends = matches!(code, 4004 | 4007 | 4009..=4014);
        if ends && let Some(id) = self.gateway.session_of(line).map(|session| session.id.clone()) {
            self.gateway.sessions.retain(|session| session.id != id);
        }
    }
}
