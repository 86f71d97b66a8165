//! Rate limits: buckets by route and channel, the global limit, and the headers that tell of them.

use std::collections::BTreeMap;
use std::time::Duration;

/// How strict the limits are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// No limits and no headers.
    #[default]
    Off,
    /// Headers, with limits that no sane bot meets.
    Generous,
    /// As Discord was measured: 5 messages in 5 s a channel, 50 requests a second in all.
    Real,
    /// New messages in a channel: so many in so long. Other routes are generous.
    Messages(u32, Duration),
}

/// What has been used of each bucket.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    windows: BTreeMap<String, Window>,
    global: Window,
}

#[derive(Debug, Default)]
struct Window {
    opened: Duration,
    used: u32,
}

/// The standing of a request.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) bucket: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset: Duration,
    pub(crate) reset_after: Duration,
    pub(crate) refused: bool,
    pub(crate) global: bool,
}

impl Standing {
    /// Of a request that is refused because a test wants it so.
    pub(crate) fn on_demand(after: Duration, global: bool, now: Duration) -> Self {
        Self {
            bucket: "on-demand".into(),
            limit: 5,
            remaining: 0,
            reset: now + after,
            reset_after: after,
            refused: true,
            global,
        }
    }
}

const GLOBAL: u32 = 50;
const SECOND: Duration = Duration::from_secs(1);

impl Limits {
    fn of(self, route: Route) -> (u32, Duration) {
        match (self, route) {
            (Limits::Messages(count, window), Route::NewMessage) => (count, window),
            (Limits::Real, Route::NewMessage | Route::EditMessage | Route::Webhook) => {
                (5, 5 * SECOND)
            }
            (Limits::Real, Route::Reaction) => (1, Duration::from_millis(250)),
            (Limits::Real, Route::OpenDm) => (10, 10 * SECOND),
            (Limits::Real, Route::Other) => (50, SECOND),
            (Limits::Off | Limits::Generous | Limits::Messages(..), _) => (10_000, SECOND),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    NewMessage,
    EditMessage,
    Reaction,
    OpenDm,
    Webhook,
    Other,
}

impl Usage {
    /// Counts a request; `None` where no limit applies to it.
    pub(crate) fn count(
        &mut self,
        limits: Limits,
        now: Duration,
        method: &str,
        path: &[String],
    ) -> Option<Standing> {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        if limits == Limits::Off || parts.first() == Some(&"interactions") {
            return None;
        }
        if limits == Limits::Real && parts.first() != Some(&"webhooks") {
            let standing = self.global.count(GLOBAL, SECOND, now, "global");
            if standing.refused {
                return Some(Standing { global: true, ..standing });
            }
        }
        let (route, bucket) = bucket(method, &parts);
        let (limit, window) = limits.of(route);
        Some(self.windows.entry(bucket.clone()).or_default().count(limit, window, now, &bucket))
    }
}

impl Window {
    fn count(&mut self, limit: u32, window: Duration, now: Duration, bucket: &str) -> Standing {
        if now >= self.opened + window {
            *self = Window { opened: now, used: 0 };
        }
        let refused = self.used >= limit;
        self.used += u32::from(!refused);
        let reset = self.opened + window;
        Standing {
            bucket: bucket.into(),
            limit,
            remaining: limit - self.used,
            reset,
            reset_after: reset.saturating_sub(now),
            refused,
            global: false,
        }
    }
}

fn bucket(method: &str, parts: &[&str]) -> (Route, String) {
    let (route, major) = match (method, parts) {
        ("POST", ["channels", channel, "messages"]) => (Route::NewMessage, *channel),
        ("PATCH", ["channels", channel, "messages", _]) => (Route::EditMessage, *channel),
        ("PUT" | "DELETE", ["channels", channel, "messages", _, "reactions", ..]) => {
            (Route::Reaction, *channel)
        }
        ("POST", ["users", "@me", "channels"]) => (Route::OpenDm, ""),
        (_, ["webhooks", _, token, ..]) => (Route::Webhook, *token),
        (_, ["channels" | "guilds", id, ..]) => (Route::Other, *id),
        _ => (Route::Other, ""),
    };
    let kind = match route {
        Route::Other => format!("{method}-{}", parts.get(2).or(parts.first()).unwrap_or(&"")),
        Route::NewMessage
        | Route::EditMessage
        | Route::Reaction
        | Route::OpenDm
        | Route::Webhook => format!("{route:?}"),
    };
    (route, format!("{kind}:{major}"))
}
