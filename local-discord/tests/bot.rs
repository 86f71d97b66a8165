//! A bot made of twilight's gateway client and reqwest.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use local_discord::Server;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{
    ConfigBuilder, EventTypeFlags, Intents, Message, Session, Shard, ShardId, parse,
};

use crate::town::{SOON, TOKEN};

pub(crate) const USUAL: Intents = Intents::GUILDS
    .union(Intents::GUILD_MESSAGES)
    .union(Intents::DIRECT_MESSAGES)
    .union(Intents::MESSAGE_CONTENT);

/// What came over the gateway.
#[derive(Default)]
struct Heard {
    frames: Mutex<Vec<Value>>,
    bell: Condvar,
}

pub(crate) struct Bot {
    runtime: Runtime,
    http: reqwest::Client,
    root: String,
    gateway: String,
    token: String,
    heard: Arc<Heard>,
    reader: Option<JoinHandle<()>>,
}

impl Bot {
    /// A bot that only asks.
    pub(crate) fn new(server: &Server) -> Self {
        Self::with_token(server, TOKEN)
    }

    pub(crate) fn with_token(server: &Server, token: &str) -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        Self {
            runtime: runtime.worker_threads(1).enable_all().build().unwrap(),
            http: reqwest::Client::builder().timeout(SOON).build().unwrap(),
            root: format!("{}/api/v10", server.url()),
            gateway: server.gateway_url(),
            token: token.into(),
            heard: Arc::default(),
            reader: None,
        }
    }

    /// A bot that also listens, and has seen READY.
    pub(crate) fn listening(server: &Server, intents: Intents) -> Self {
        let mut bot = Self::new(server);
        bot.listen(intents, None);
        bot.hears("READY");
        bot
    }

    pub(crate) fn listen(&mut self, intents: Intents, session: Option<Session>) {
        let _inside = self.runtime.enter();
        let queue = InMemoryQueue::new(100, 1000, Duration::from_mins(1), 1000);
        let config = ConfigBuilder::new(self.token.clone(), intents)
            .proxy_url(self.gateway.clone())
            .queue(queue);
        let config = match session {
            Some(session) => config.session(session),
            None => config,
        };
        let shard = Shard::with_config(ShardId::ONE, config.build());
        self.reader = Some(self.runtime.spawn(read(shard, Arc::clone(&self.heard))));
    }

    /// Dies as a killed process does.
    pub(crate) fn dies(&mut self) {
        self.reader.take().unwrap().abort();
    }

    /// Everything heard of one name; closes are called `close`.
    pub(crate) fn all(&self, name: &str) -> Vec<Value> {
        let frames = self.heard.frames.lock().unwrap();
        frames.iter().filter(|frame| frame["t"] == name).cloned().collect()
    }

    /// Waits for the first event of this name.
    pub(crate) fn hears(&self, name: &str) -> Value {
        self.hears_some(name, 1).remove(0)
    }

    /// Waits until so many events of this name were heard, and gives their data.
    pub(crate) fn hears_some(&self, name: &str, count: usize) -> Vec<Value> {
        let frames = self.heard.frames.lock().unwrap();
        let few = |frames: &mut Vec<Value>| {
            frames.iter().filter(|frame| frame["t"] == name).count() < count
        };
        let (frames, time) = self.heard.bell.wait_timeout_while(frames, SOON, few).unwrap();
        assert!(!time.timed_out(), "{count} of {name} were not heard, but {frames:#?}");
        let met = frames.iter().filter(|frame| frame["t"] == name);
        met.map(|frame| frame["d"].clone()).collect()
    }

    /// The session as a bot would keep it: its id and the last sequence heard.
    pub(crate) fn session(&self) -> Session {
        let id = self.hears("READY")["session_id"].as_str().unwrap().to_owned();
        let frames = self.heard.frames.lock().unwrap();
        let last = frames.iter().filter_map(|frame| frame["s"].as_u64()).max().unwrap();
        Session::new(last, id)
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        self.ask(Method::GET, path, &Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.ask(Method::POST, path, body)
    }

    pub(crate) fn ask(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        self.try_ask(method, path, body).unwrap()
    }

    pub(crate) fn try_ask(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<(u16, Value), reqwest::Error> {
        let (status, _, body) = self.full_ask(method, path, body)?;
        Ok((status, body))
    }

    pub(crate) fn full_ask(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<(u16, reqwest::header::HeaderMap, Value), reqwest::Error> {
        let request = self.http.request(method, format!("{}{path}", self.root));
        let request = request.header("Authorization", format!("Bot {}", self.token));
        let request = if body.is_null() { request } else { request.json(body) };
        self.runtime.block_on(async {
            let response = request.send().await?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let text = response.text().await?;
            let page = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Ok((status, headers, page))
        })
    }

    /// Sends a message with a file.
    pub(crate) fn upload(&self, path: &str, body: &Value, name: &str) -> (u16, Value) {
        let file = reqwest::multipart::Part::bytes(vec![1, 2, 3]).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new()
            .text("payload_json", body.to_string())
            .part("files[0]", file);
        let request = self.http.post(format!("{}{path}", self.root)).multipart(form);
        let request = request.header("Authorization", format!("Bot {}", self.token));
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.json().await.unwrap())
        })
    }
}

async fn read(mut shard: Shard<InMemoryQueue>, heard: Arc<Heard>) {
    while let Some(item) = shard.next().await {
        let frame = match item {
            Ok(Message::Text(text)) => {
                let frame: Value = serde_json::from_str(&text).unwrap_or_default();
                let typed = parse(text, EventTypeFlags::all());
                // What twilight cannot read is not as Discord sends it.
                if let Err(error) = typed {
                    json!({"t": "unreadable", "d": format!("{error:?}"), "frame": frame})
                } else {
                    frame
                }
            }
            Ok(Message::Close(frame)) => json!({"t": "close", "d": frame.map(|frame| frame.code)}),
            Err(error) => json!({"t": "error", "d": format!("{error:?}")}),
        };
        heard.frames.lock().unwrap().push(frame);
        heard.bell.notify_all();
    }
    heard.frames.lock().unwrap().push(json!({"t": "end", "d": null}));
    heard.bell.notify_all();
}
