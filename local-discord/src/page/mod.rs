//! The page on which a person can be a member.

use std::sync::Arc;

use axum::Router;

use crate::shared::Shared;

/// The page and what it asks for.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
}
