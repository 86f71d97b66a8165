//! A session: what a client asked for, and all that was sent to it, kept for a replay.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;
use twilight_model::gateway::Intents;

/// A session of a client, with or without a connection.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: Intents,
    pub(crate) sequence: u64,
    pub(crate) line: Option<u64>,
    /// When its connection was lost.
    pub(crate) lost: Option<Duration>,
    sent: VecDeque<(u64, String)>,
}

impl Session {
    pub(crate) fn new(id: String, intents: Intents, line: u64) -> Self {
        Self { id, intents, sequence: 0, line: Some(line), lost: None, sent: VecDeque::new() }
    }

    /// Makes the frame of the next event and keeps it.
    pub(crate) fn frame(&mut self, event: &str, data: &Value, keep: usize) -> String {
        self.sequence += 1;
        let sequence = self.sequence;
        let frame = format!(r#"{{"op":0,"s":{sequence},"t":"{event}","d":{data}}}"#);
        self.sent.push_back((sequence, frame.clone()));
        if self.sent.len() > keep {
            self.sent.pop_front();
        }
        frame
    }

    /// What came after a sequence, or `None` where some of it is no longer kept.
    pub(crate) fn since(&self, sequence: u64) -> Option<Vec<String>> {
        let oldest = self.sent.front().map_or(self.sequence + 1, |(number, _)| *number);
        if sequence + 1 < oldest {
            return None;
        }
        let later = self.sent.iter().filter(|(number, _)| *number > sequence);
        Some(later.map(|(_, frame)| frame.clone()).collect())
    }

    /// Whether it was without a connection for too long.
    pub(crate) fn is_over(&self, now: Duration, life: Duration) -> bool {
        self.line.is_none() && self.lost.is_some_and(|lost| now > lost + life)
    }
}
