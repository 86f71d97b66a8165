//! The REST side: how Discord is reached. There is one way, whatever the address: serenity writes the
//! requests, and what their answers say about limits is kept to here.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serenity::all::{ApplicationId, ChannelId};
use serenity::http::Request;
use tokio::time::Instant;

use super::failure::{Failure, TooMany, refused};
use super::rate_limits::{RateLimits, Told, kind};
use super::send_queue::jittered;
use crate::config::DiscordSettings;

/// Where Discord is.
pub(super) const DISCORD: &str = "https://discord.com";

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A request that would have to wait longer than this for its limit comes again later.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// How long nothing is asked after a page that is not Discord's said that it was too much.
const SHUT_OUT: Duration = Duration::from_secs(5);

/// How long no direct message is begun after Discord said that too many were: each further try would
/// be refused, and count against us.
const NO_MORE_BEGUN: Duration = Duration::from_mins(5);

/// So many channels of direct messages are known at once.
const MOST_DIRECT: usize = 10_000;

/// Pauses between the tries of what is in no outbox, so that nobody else tries it again.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(9),
];

/// The way to Discord, or to what stands in its place.
pub(super) struct Rest {
    client: reqwest::Client,
    root: String,
    token: String,
    application: AtomicU64,
    limits: Mutex<RateLimits>,
    direct: Mutex<HashMap<u64, ChannelId>>,
}

impl Rest {
    pub(super) fn new(settings: &DiscordSettings) -> Result<Self, Failure> {
        let client = reqwest::Client::builder().timeout(PATIENCE).build();
        Ok(Self {
            client: client.map_err(|_| Failure::unwritten())?,
            root: root(settings).to_owned(),
            token: format!("Bot {}", settings.token.secret()),
            application: AtomicU64::new(0),
            limits: Mutex::default(),
            direct: Mutex::default(),
        })
    }

    /// Which application we are, as soon as it is known.
    pub(super) fn is_application(&self, id: u64) {
        self.application.store(id, Ordering::Relaxed);
    }

    /// Which application we are; answers to presses and commands need it.
    pub(super) fn application(&self) -> Result<ApplicationId, Failure> {
        match self.application.load(Ordering::Relaxed) {
            0 => Err(Failure::Passing("we do not know yet who we are".to_owned())),
            id => Ok(ApplicationId::new(id)),
        }
    }

    /// Asks, and reads the answer.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        request: Request<'_>,
    ) -> Result<T, Failure> {
        let answer = self.send(request).await?;
        serde_json::from_slice(&answer).map_err(|_| Failure::Unreadable)
    }

    /// Asks as soon as the limits allow it; the answer as it is.
    pub(super) async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure> {
        let kind = kind(*request.method_ref(), &request.route_ref().path());
        let request = request.build(&self.client, &self.token, Some(&self.root));
        let request = request.map_err(|_| Failure::unwritten())?;
        self.turn(&kind).await?;
        let answer = request.send().await.map_err(|error| Failure::without_answer(&error))?;
        let (status, mut told) = (answer.status(), told(&answer));
        let body = answer.bytes().await;
        if told.status == 429 {
            let more = body.as_ref().ok().and_then(|body| serde_json::from_slice(body).ok());
            told = too_many(told, more);
        }
        if self.limits().hears(&kind, &told, Instant::now()) {
            tracing::error!(
                "Discord refuses so much that it would shut this address out; nothing is asked \
                 for some minutes. See in the lines above what it refuses"
            );
        }
        let body = body.map_err(|error| Failure::without_answer(&error))?;
        if status.is_success() {
            return Ok(body.into());
        }
        let failure = refused(told.status, &body);
        if failure == Failure::TooManyDirect {
            self.limits().rests(&kind, NO_MORE_BEGUN, Instant::now());
        }
        Err(failure)
    }

    /// Waits for its turn; where that is far, it is told so at once.
    async fn turn(&self, kind: &str) -> Result<(), Failure> {
        let end = Instant::now() + LONGEST_WAIT;
        loop {
            let now = Instant::now();
            let wait = self.limits().wait(kind, now);
            if wait.is_zero() {
                return Ok(());
            }
            if now + wait > end {
                return Err(Failure::Slower);
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// The channel of somebody's direct messages, if it was opened before.
    pub(super) fn known_direct(&self, person: u64) -> Option<ChannelId> {
        self.directs().get(&person).copied()
    }

    /// The channel of somebody's direct messages is this, for good.
    pub(super) fn knows_direct(&self, person: u64, channel: ChannelId) {
        let mut known = self.directs();
        if known.len() >= MOST_DIRECT {
            known.clear();
        }
        known.insert(person, channel);
    }

    /// Forgets it.
    pub(super) fn forgets_direct(&self, person: u64) {
        self.directs().remove(&person);
    }

    fn directs(&self) -> MutexGuard<'_, HashMap<u64, ChannelId>> {
        self.direct.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limits(&self) -> MutexGuard<'_, RateLimits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The root of all addresses.
pub(super) fn root(settings: &DiscordSettings) -> &str {
    settings.api_url.as_deref().unwrap_or(DISCORD).trim_end_matches('/')
}

/// The time on an answer of Discord's.
pub(super) async fn date(settings: &DiscordSettings) -> Option<String> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build().ok()?;
    let answer = client.get(format!("{}/api/v10/gateway", root(settings))).send().await.ok()?;
    answer.headers().get(reqwest::header::DATE)?.to_str().ok().map(str::to_owned)
}

/// What the head of an answer says about the next requests.
fn told(answer: &Response) -> Told {
    let headers = answer.headers();
    let seconds = |name: &str| header::<f64>(headers, name).and_then(span);
    let scope = headers.get("x-ratelimit-scope").map_or(&b""[..], |scope| scope.as_bytes());
    Told {
        status: answer.status().as_u16(),
        limit: header(headers, "x-ratelimit-limit"),
        remaining: header(headers, "x-ratelimit-remaining"),
        reset_after: seconds("x-ratelimit-reset-after"),
        retry_after: seconds("retry-after"),
        global: headers.contains_key("x-ratelimit-global") || scope == b"global",
        shared: scope == b"shared",
    }
}

fn header<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// What Discord says in the body is the same to the millisecond. A page that is not Discord's is about
/// our address, and so about everything.
fn too_many(told: Told, more: Option<TooMany>) -> Told {
    match more {
        Some(more) => Told {
            retry_after: more.retry_after.and_then(span).or(told.retry_after),
            global: told.global || more.global.unwrap_or_default(),
            ..told
        },
        None => Told { retry_after: told.retry_after.or(Some(SHUT_OUT)), global: true, ..told },
    }
}

fn span(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

/// Asks, and asks again a few times where that may help.
pub(super) async fn insist<T, F>(mut ask: impl FnMut() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    for pause in PAUSES {
        match ask().await {
            Err(failure) if failure.may_pass() => tokio::time::sleep(jittered(pause)).await,
            asked => return asked,
        }
    }
    ask().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait_is_taken_from_the_body_before_the_head() {
        let head =
            Told { status: 429, retry_after: Some(Duration::from_secs(2)), ..Told::default() };
        let more: TooMany =
            serde_json::from_str(r#"{"retry_after": 1.25, "global": true}"#).unwrap();
        let told = too_many(head, Some(more));
        assert_eq!((told.retry_after, told.global), (Some(Duration::from_millis(1250)), true));
        let told = too_many(head, Some(TooMany::default()));
        assert_eq!((told.retry_after, told.global), (head.retry_after, false));
    }

    #[test]
    fn a_page_that_is_not_discords_holds_up_everything() {
        let told = too_many(Told { status: 429, ..Told::default() }, None);
        assert_eq!((told.retry_after, told.global), (Some(SHUT_OUT), true));
        assert_eq!(span(-1.0), None);
    }
}
