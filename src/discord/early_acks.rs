//! Presses and commands that come before Charley is ready: Discord waits three seconds for each, so
//! they are acknowledged at once, and answered as soon as that is possible.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

use super::frame::Awaited;
use super::interactions::acknowledge;
use super::rest::Rest;

/// What was acknowledged before there was anybody to answer it.
pub(super) struct EarlyAcks {
    rest: Arc<Rest>,
    acknowledged: Mutex<HashMap<u64, JoinHandle<bool>>>,
}

impl EarlyAcks {
    pub(super) fn new(rest: Arc<Rest>) -> Self {
        Self { rest, acknowledged: Mutex::default() }
    }

    /// Acknowledges a press or a command for which somebody waits. How the club wants to talk is not
    /// known yet, so that only that person will see the answer.
    pub(super) fn acknowledges(&self, awaited: Awaited) {
        if !awaited.is_waited_for() {
            return;
        }
        let (rest, id) = (Arc::clone(&self.rest), awaited.id.0);
        let acknowledged = tokio::spawn(async move {
            acknowledge(&rest, id, &awaited.token, !awaited.is_direct()).await
        });
        let mut all = self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, acknowledged);
    }

    /// Whether this one was acknowledged so, and not in any other way.
    pub(super) async fn has_acknowledged(&self, id: u64) -> bool {
        let acknowledged = {
            let mut all = self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
            all.remove(&id)
        };
        match acknowledged {
            Some(acknowledged) => acknowledged.await.unwrap_or_default(),
            None => false,
        }
    }
}
