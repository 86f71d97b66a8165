//! The page on which a person can be a member and talk to a running bot.

mod act;
mod state;

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;

use self::act::Act;
use crate::member::Member;
use crate::shared::Shared;
use crate::world::UserId;

/// The page and what it asks for.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(|| async { Html(include_str!("page.html")) }))
        .route("/page/state", get(state))
        .route("/page/act", post(act))
        .route("/page/changes", get(changes))
        .layer(middleware::from_fn(only_here))
}

/// Lets in only who asked for a loopback name, so that no page elsewhere can lend its own name.
async fn only_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.and_then(|host| host.rsplit_once(':')).map(|(name, _)| name);
    match name {
        Some("127.0.0.1" | "localhost") => next.run(request).await,
        Some(_) | None => StatusCode::FORBIDDEN.into_response(),
    }
}

#[derive(Deserialize)]
struct Who {
    who: Option<UserId>,
}

async fn state(State(shared): State<Arc<Shared>>, Query(who): Query<Who>) -> Json<Value> {
    Json(shared.look(|world| state::of(world, who.who)))
}

async fn act(State(shared): State<Arc<Shared>>, Json(act): Json<Act>) -> Response {
    let member = Member::new(Arc::clone(&shared), act.who);
    match act.perform(&member) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(why) => (StatusCode::CONFLICT, why.to_string()).into_response(),
    }
}

/// Rings at each change of the world.
async fn changes(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let rings = stream::unfold(shared.changes(), |mut changes| async {
        match changes.recv().await {
            // Who was too slow for some of them looks anew all the same.
            Ok(()) | Err(RecvError::Lagged(_)) => {
                Some((Ok(Event::default().data("changed")), changes))
            }
            Err(RecvError::Closed) => None,
        }
    });
    Sse::new(rings)
}
