//! What a client says: heartbeats, identify, resume.

use std::time::Duration;

use serde_json::{Value, json};
use twilight_model::gateway::{CloseCode, Intents};

use super::session::Session;
use crate::journal::What;
use crate::world::World;

/// A client may say so much in a minute.
const PER_MINUTE: usize = 120;

impl World {
    /// Takes what a client said.
    pub(super) fn receives(&mut self, line: u64, text: &str) {
        if self.says_too_much(line) {
            return self.close(line, CloseCode::RateLimited);
        }
        let Ok(said) = serde_json::from_str::<Value>(text) else {
            return self.close(line, CloseCode::DecodeError);
        };
        let known = self.gateway.session_of(line).is_some();
        match (said["op"].as_u64(), known) {
            (Some(1), _) => self.beats(line),
            (Some(2), false) => self.identifies_as(line, &said["d"]),
            (Some(2), true) => self.close(line, CloseCode::AlreadyAuthenticated),
            (Some(6), _) => self.wants_to_resume(line, &said["d"]),
            (Some(3 | 4 | 8), true) => self.note(What::Received(said.to_string())),
            (Some(3 | 4 | 8), false) => self.close(line, CloseCode::NotAuthenticated),
            (Some(_), _) => self.close(line, CloseCode::UnknownOpcode),
            (None, _) => self.close(line, CloseCode::DecodeError),
        }
    }

    fn says_too_much(&mut self, line: u64) -> bool {
        let now = self.now();
        let Some(line) = self.gateway.lines.get_mut(&line) else { return false };
        line.heard.retain(|at| now < *at + Duration::from_mins(1));
        line.heard.push_back(now);
        line.heard.len() > PER_MINUTE
    }

    fn beats(&mut self, line: u64) {
        self.gateway.beaten += 1;
        if self.gateway.lines.get(&line).is_some_and(|line| line.acks) {
            self.order(line, 11, &Value::Null);
        }
    }

    fn identifies_as(&mut self, line: u64, asked: &Value) {
        let (now, bits) = (self.now(), asked["intents"].as_u64());
        self.note(What::Received(format!("IDENTIFY intents {}", bits.unwrap_or_default())));
        if let Some(code) = self.objection(asked) {
            return self.close(line, code);
        }
        let gap = self.settings.identify_gap;
        self.gateway.starts.retain(|at| now < *at + gap);
        if !self.gateway.starts.is_empty() {
            return self.order(line, 9, &json!(false));
        }
        if self.settings.identifies == 0 {
            return self.resets_token(line);
        }
        self.settings.identifies -= 1;
        self.gateway.identified += 1;
        self.gateway.starts.push_back(now);
        self.begins(line, Intents::from_bits_truncate(bits.unwrap_or_default()));
    }

    fn objection(&self, asked: &Value) -> Option<CloseCode> {
        if !self.is_token(asked) {
            return Some(CloseCode::AuthenticationFailed);
        }
        if asked["properties"].as_object().is_none() {
            return Some(CloseCode::DecodeError);
        }
        let shard = &asked["shard"];
        if !shard.is_null() && *shard != json!([0, 1]) {
            return Some(CloseCode::InvalidShard);
        }
        match asked["intents"].as_u64().map(Intents::from_bits) {
            None | Some(None) => Some(CloseCode::InvalidIntents),
            Some(Some(intents)) if !self.application.disallowed(intents).is_empty() => {
                Some(CloseCode::DisallowedIntents)
            }
            Some(Some(_)) => None,
        }
    }

    fn is_token(&self, asked: &Value) -> bool {
        let token = asked["token"].as_str().unwrap_or_default();
        token.trim_start_matches("Bot ") == self.application.token
    }

    /// Who identifies too often loses the token, as Discord does it after a thousand a day.
    fn resets_token(&mut self, line: u64) {
        self.note(What::Struck("too many identifies: the token was reset".into()));
        self.application.token.push_str("-reset");
        self.gateway.sessions.clear();
        self.close(line, CloseCode::AuthenticationFailed);
    }

    fn begins(&mut self, line: u64, intents: Intents) {
        let id = format!("{:032x}", u128::from(self.id::<()>().get()));
        self.gateway.sessions.push(Session::new(id.clone(), intents, line));
        let guilds = self.guilds.values().filter(|guild| guild.members.contains_key(&self.bot()));
        let ids: Vec<_> = guilds.map(|guild| guild.id).collect();
        let listed = ids.iter().map(|id| json!({"id": id, "unavailable": true}));
        let ready = json!({
            "v": 10, "user": self.current_user(), "guilds": listed.collect::<Vec<_>>(),
            "session_id": id, "resume_gateway_url": format!("ws://127.0.0.1:{}/resume", self.port),
            "shard": [0, 1], "private_channels": [], "presences": [], "relationships": [],
            "application": {"id": self.application.id, "flags": self.application.flags()},
        });
        self.tells(&id, "READY", &ready);
        if !intents.contains(Intents::GUILDS) {
            return;
        }
        let all = intents.contains(Intents::GUILD_MEMBERS);
        for guild in ids {
            let page = self.guilds.get(&guild).map(|guild| self.guild_create(guild, all));
            self.tells(&id, "GUILD_CREATE", &json!(page));
        }
    }

    /// Sends an event to one session alone.
    fn tells(&mut self, id: &str, event: &str, data: &Value) {
        let keep = self.settings.replay;
        let Some(session) = self.gateway.session(id) else { return };
        let frame = session.frame(event, data, keep);
        let (line, sequence) = (session.line, session.sequence);
        if let Some(line) = line.and_then(|line| self.gateway.lines.get(&line)) {
            line.send(frame);
        }
        self.note(What::Sent(format!("{event} #{sequence}")));
    }

    fn wants_to_resume(&mut self, line: u64, asked: &Value) {
        let sequence = asked["seq"].as_u64().unwrap_or_default();
        self.note(What::Received(format!("RESUME after #{sequence}")));
        if !self.is_token(asked) {
            return self.close(line, CloseCode::AuthenticationFailed);
        }
        let (now, life) = (self.now(), self.settings.session_life);
        self.gateway.sessions.retain(|session| !session.is_over(now, life));
        let id = asked["session_id"].as_str().unwrap_or_default().to_owned();
        let Some(session) = self.gateway.session(&id) else {
            return self.order(line, 9, &json!(false));
        };
        if sequence > session.sequence {
            return self.close(line, CloseCode::InvalidSequence);
        }
        let Some(missed) = session.since(sequence) else {
            return self.order(line, 9, &json!(false));
        };
        session.line = Some(line);
        session.lost = None;
        self.gateway.resumed += 1;
        self.note(What::Sent(format!("replay of {} events", missed.len())));
        if let Some(line) = self.gateway.lines.get(&line) {
            missed.into_iter().for_each(|frame| line.send(frame));
        }
        self.tells(&id, "RESUMED", &json!({"_trace": []}));
    }
}
