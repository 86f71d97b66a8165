//! The REST side: every request passes the faults, the token, the limits, its route, the journal.

mod ask;
mod body;
mod callbacks;
mod check;
mod commands;
mod guilds;
mod messages;
pub(crate) mod refusal;
mod routes;
mod threads;
mod users;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

use self::ask::Ask;
pub(crate) use self::check::children;
use self::refusal::Refusal;
use crate::faults::{Fault, When};
use crate::journal::{self, What};
use crate::limits::Standing;
use crate::shared::Shared;
use crate::world::World;

/// Cuts the connection that a request came on.
#[derive(Clone, Default)]
pub(crate) struct Scissors(pub(crate) Arc<Notify>);

/// What a request gets when all is well: a status and a page, or no page.
#[derive(Debug)]
pub(crate) struct Page {
    status: u16,
    body: Value,
}

/// The outcome of a request.
type Answer = Result<Page, Refusal>;

#[expect(clippy::unnecessary_wraps, reason = "every route ends in an answer or a refusal")]
fn page(body: impl serde::Serialize) -> Answer {
    Ok(Page { status: 200, body: json!(body) })
}

#[expect(clippy::unnecessary_wraps, reason = "every route ends in an answer or a refusal")]
fn created(body: impl serde::Serialize) -> Answer {
    Ok(Page { status: 201, body: json!(body) })
}

#[expect(clippy::unnecessary_wraps, reason = "every route ends in an answer or a refusal")]
fn nothing() -> Answer {
    Ok(Page { status: 204, body: Value::Null })
}

/// Serves a request.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    Extension(scissors): Extension<Scissors>,
    request: Request,
) -> Response {
    if !request.uri().path().starts_with("/api/v10/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (ask, unreadable) = Ask::read(request).await;
    let fault = shared.change(|world| world.meets_fault(&ask));
    if let Some((When::Before, fault)) = &fault
        && let Some(response) = strike(&shared, &scissors, &ask, fault).await
    {
        return response;
    }
    let (response, status, code) = shared.change(|world| world.answers(&ask, unreadable));
    if let Some((When::After, fault)) = &fault
        && let Some(response) = strike(&shared, &scissors, &ask, fault).await
    {
        return response;
    }
    shared.change(|world| world.records(&ask, status, code));
    response
}

/// Lets a fault strike. A stall ends, and the request goes on.
async fn strike(
    shared: &Shared,
    scissors: &Scissors,
    ask: &Ask,
    fault: &Fault,
) -> Option<Response> {
    let (status, code, response) = match fault {
        Fault::Status(status) => {
            let page = json!({"code": 0, "message": format!("{status}: fault on demand")});
            (*status, 0, (http(*status), Json(page)).into_response())
        }
        Fault::Html(status) => {
            let page = format!("<html><head><title>{status}</title></head></html>");
            (*status, 0, (http(*status), Html(page)).into_response())
        }
        Fault::Refuse(refusal) => {
            let response = (refusal.http_status(), Json(refusal.page())).into_response();
            (refusal.status, refusal.code, response)
        }
        Fault::TooMany { after, global } => {
            let now = shared.look(|world| world.clock.now());
            (429, 0, too_many(&Standing::on_demand(*after, *global, now)))
        }
        Fault::Stall(time) => {
            tokio::time::sleep(*time).await;
            return None;
        }
        Fault::Drop => {
            shared.change(|world| world.records(ask, 0, 0));
            scissors.0.notify_one();
            std::future::pending().await
        }
    };
    shared.change(|world| world.records(ask, status, code));
    Some(response)
}

fn http(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl World {
    fn meets_fault(&mut self, ask: &Ask) -> Option<(When, Fault)> {
        let (when, fault) = self.faults.meet(&ask.method, &ask.path)?;
        let moment = match when {
            When::Before => "before",
            When::After => "after",
        };
        let text = format!("{fault} {moment} {} {}", ask.method, ask.path());
        self.note(What::Struck(text));
        Some((when, fault))
    }

    /// Does what was asked, as far as token, limits and rules allow.
    fn answers(&mut self, ask: &Ask, unreadable: Option<Refusal>) -> (Response, u16, u32) {
        let standing = self.usage.count(self.limits, self.clock.now(), &ask.method, &ask.path);
        if let Some(standing) = standing.as_ref().filter(|standing| standing.refused) {
            return (too_many(standing), 429, 0);
        }
        let outcome = match unreadable {
            Some(refusal) => Err(refusal),
            None => self.is_let_in(ask).and_then(|()| routes::answer(self, ask)),
        };
        let (status, code, body) = match outcome {
            Ok(page) => (page.status, 0, page.body),
            Err(refusal) => (refusal.status, refusal.code, refusal.page()),
        };
        let headers = standing.map(|standing| headers(&standing)).unwrap_or_default();
        let response = if status == 204 {
            (StatusCode::NO_CONTENT, headers).into_response()
        } else {
            (http(status), headers, Json(body)).into_response()
        };
        (response, status, code)
    }

    fn is_let_in(&self, ask: &Ask) -> Result<(), Refusal> {
        let open =
            matches!(ask.path.first().map(String::as_str), Some("interactions" | "webhooks"));
        let open = open || ask.path == ["gateway"];
        let token = ask.token.as_deref().and_then(|token| token.strip_prefix("Bot "));
        if open || token == Some(self.application.token.as_str()) {
            Ok(())
        } else {
            Err(Refusal::unauthorized())
        }
    }

    fn records(&mut self, ask: &Ask, status: u16, code: u32) {
        self.bad_answers += u32::from(matches!(status, 401 | 403 | 429));
        let request = journal::Request {
            at: self.clock.age(),
            method: ask.method.clone(),
            path: ask.path(),
            body: ask.body.clone(),
            status,
            code,
        };
        self.note(What::Asked(request));
    }
}

/// The answer to who asks too much.
fn too_many(standing: &Standing) -> Response {
    let after = standing.reset_after.as_secs_f64();
    let page = json!({
        "message": "You are being rate limited.", "retry_after": after, "global": standing.global,
    });
    let mut headers = headers(standing);
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set(header::RETRY_AFTER.as_str(), &after.ceil().to_string());
    set("x-ratelimit-scope", if standing.global { "global" } else { "user" });
    if standing.global {
        set("x-ratelimit-global", "true");
    }
    (StatusCode::TOO_MANY_REQUESTS, headers, Json(page)).into_response()
}

fn headers(standing: &Standing) -> HeaderMap {
    let seconds = |time: Duration| format!("{:.3}", time.as_secs_f64());
    let pairs = [
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", seconds(standing.reset)),
        ("x-ratelimit-reset-after", seconds(standing.reset_after)),
        ("x-ratelimit-bucket", standing.bucket.replace(':', "-")),
    ];
    let valid = pairs.into_iter().filter_map(|(name, value)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
    });
    valid.collect()
}
