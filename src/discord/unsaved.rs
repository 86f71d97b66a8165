//! What was answered though it could not be kept: it is kept as soon as the database can be written
//! again, so that the conversation goes on from it and nobody answers it a second time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::dispatcher::Dispatcher;
use super::way::Way;
use crate::courier::{Outgoing, OutgoingId};
use crate::message::PersonId;
use crate::store::StoreError;
use crate::turn::Event;

/// In the order in which it was answered; it ends with the program.
#[derive(Debug, Default)]
pub(super) struct Unsaved(Mutex<Vec<(Event, Way)>>);

impl Unsaved {
    /// An event was answered, and is still to be kept.
    pub(super) fn adds(&self, event: &Event, way: &Way) {
        if !self.has(event) {
            self.all().push((event.clone(), way.clone()));
        }
    }

    /// Whether an event was answered, and is still to be kept.
    pub(super) fn has(&self, event: &Event) -> bool {
        self.all().iter().any(|(unsaved, _)| unsaved == event)
    }

    fn first_of(&self, person: PersonId) -> Option<(Event, Way)> {
        self.all().iter().find(|(unsaved, _)| unsaved.address().person == person).cloned()
    }

    fn people(&self) -> Vec<PersonId> {
        self.all().iter().map(|(unsaved, _)| unsaved.address().person).collect()
    }

    fn is_kept(&self, event: &Event) {
        self.all().retain(|(unsaved, _)| unsaved != event);
    }

    fn all(&self) -> MutexGuard<'_, Vec<(Event, Way)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Dispatcher {
    /// Keeps what one person was answered before; they say or press nothing meanwhile.
    pub(super) async fn save_unsaved_of(&self, person: PersonId) -> Result<(), StoreError> {
        while let Some((event, way)) = self.unsaved.first_of(person) {
            match self.bot.answer(&event, Some(&way.noted()), self.now()).await {
                Ok(outgoing) => self.was_said(outgoing).await,
                Err(StoreError::AlreadyHandled) => {}
                Err(error) => return Err(error),
            }
            self.unsaved.is_kept(&event);
        }
        Ok(())
    }

    /// The same of all who say nothing just now.
    pub(super) async fn save_unsaved(&self) {
        for person in self.unsaved.people() {
            let lane = self.lane(person);
            let Ok(_turn) = lane.try_lock() else { continue };
            if self.save_unsaved_of(person).await.is_err() {
                return;
            }
        }
    }

    /// The answer has arrived already; what was held for the person has not.
    pub(super) async fn was_said(&self, outgoing: Vec<Outgoing>) {
        let (held, said): (Vec<_>, Vec<_>) =
            outgoing.into_iter().partition(|outgoing| outgoing.reminder.is_some());
        let said: Vec<OutgoingId> = said.iter().map(|outgoing| outgoing.id).collect();
        if let Err(error) = self.bot.settle(&said).await {
            tracing::error!(%error, "that something was said cannot be kept");
        }
        self.changed.notify_one();
        self.send_queue.carry_all(held);
    }
}
