//! Faults of the gateway, at once and on demand.

use std::time::Duration;

use serde_json::json;

use super::Order;
use crate::journal::What;
use crate::world::World;

impl World {
    fn each_line(&mut self, text: &str, act: impl Fn(&mut Self, u64)) {
        self.note(What::Struck(text.into()));
        let lines: Vec<u64> = self.gateway.lines.keys().copied().collect();
        lines.into_iter().for_each(|line| act(self, line));
    }

    /// Cuts all gateway connections without a close frame.
    pub fn drop_gateway(&mut self) {
        self.each_line("gateway connection cut", |world, line| {
            if let Some(line) = world.gateway.lines.get(&line) {
                let _ = line.orders.send(Order::Drop);
            }
        });
    }

    /// Closes all gateway connections with a code.
    pub fn close_gateway(&mut self, code: u16) {
        self.each_line("gateway closes", |world, line| world.close_with(line, code));
    }

    /// Refuses gateway connections with 503 for so long.
    pub fn refuse_gateway(&mut self, time: Duration) {
        self.note(What::Struck(format!("gateway refuses connections for {time:?}")));
        self.gateway.refuses_until = self.now() + time;
    }

    pub(super) fn refuses_gateway(&self) -> bool {
        self.now() < self.gateway.refuses_until
    }

    /// Answers no more heartbeats on the connections there are.
    pub fn stop_acks(&mut self) {
        self.each_line("heartbeats are no longer acknowledged", |world, line| {
            if let Some(line) = world.gateway.lines.get_mut(&line) {
                line.acks = false;
            }
        });
    }

    /// Sends nothing more on the connections there are, and keeps them open.
    pub fn go_silent(&mut self) {
        self.each_line("gateway goes silent", |world, line| {
            if let Some(line) = world.gateway.lines.get_mut(&line) {
                line.silent = true;
            }
        });
    }

    /// Asks clients to connect anew.
    pub fn ask_to_reconnect(&mut self) {
        self.each_line("gateway asks to reconnect", |world, line| {
            world.order(line, 7, &json!(null));
        });
    }

    /// Tells clients that their session is invalid, and forgets it unless it can be resumed.
    pub fn invalidate_session(&mut self, resumable: bool) {
        if !resumable {
            self.gateway.sessions.clear();
        }
        self.each_line("session declared invalid", |world, line| {
            world.order(line, 9, &json!(resumable));
        });
    }

    /// Forgets all sessions, so that no resume succeeds.
    pub fn forget_sessions(&mut self) {
        self.note(What::Struck("sessions forgotten".into()));
        self.gateway.sessions.clear();
    }

    /// Sends each of the next events twice.
    pub fn double_events(&mut self, count: usize) {
        self.gateway.doubled = count;
    }

    /// Sends a text as it is, however odd.
    pub fn send_raw(&mut self, text: &str) {
        self.each_line("odd frame sent", |world, line| {
            if let Some(line) = world.gateway.lines.get(&line) {
                line.send(text.into());
            }
        });
    }

    /// Sends an event of any name and shape, in sequence.
    pub fn send_event(&mut self, event: &'static str, data: &serde_json::Value) {
        self.emit(event, twilight_model::gateway::Intents::empty(), None, data);
    }
}
