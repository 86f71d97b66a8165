//! What falls due: through the door, and on its way.

use std::sync::Arc;

use jiff::Timestamp;

use crate::bot::Bot;
use crate::courier::{Courier, Outgoing, Route};
use crate::plan::Due;
use crate::store::{Claim, StoreError};
use crate::turn::Event;

/// How many are claimed at once.
const BATCH: u32 = 50;

/// Brings what is due to its people. Any number of them may run on one database.
pub struct Scheduler<C> {
    bot: Arc<Bot>,
    courier: C,
    route: Route,
}

impl<C: Courier> Scheduler<C> {
    /// A scheduler for one route, whose replies this courier carries.
    pub fn new(bot: Arc<Bot>, courier: C, route: Route) -> Self {
        Self { bot, courier, route }
    }

    /// Does all that is due by `now`, and says when there is something to do again.
    ///
    /// A reply whose courier gave up or died waits until its lease ends; its turn does not run
    /// again.
    ///
    /// # Errors
    /// What the store says. What is in trouble by itself does not hold up the others: its error
    /// comes after them.
    pub async fn tick(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let mut failed = None;
        self.courier.room().await;
        while let Some(due) = claim(&self.bot, self.route, now, now).await? {
            due.outgoing.into_iter().for_each(|outgoing| self.courier.carry(outgoing));
            failed = failed.or(due.failed);
            self.courier.room().await;
        }
        match failed {
            Some(error) => Err(error),
            None => self.bot.store().next_due(self.route).await,
        }
    }
}

/// All that falls due up to `until`, one moment after the other, for whoever can move the clock.
///
/// The replies are leased to the caller, who settles them. The second value is when there is
/// something to do again.
///
/// # Errors
/// What the store says; what was answered until then comes again when its lease ends.
pub async fn catch_up(
    bot: &Bot,
    route: Route,
    until: Timestamp,
) -> Result<(Vec<Outgoing>, Option<Timestamp>), StoreError> {
    let mut outgoing = Vec::new();
    loop {
        let next = bot.store().next_due(route).await?;
        let Some(moment) = next.filter(|next| *next <= until) else { return Ok((outgoing, next)) };
        if let Some(due) = claim(bot, route, moment, until).await? {
            outgoing.extend(due.outgoing);
            due.failed.map_or(Ok(()), Err)?;
        }
    }
}

/// What came of one batch.
struct Batch {
    outgoing: Vec<Outgoing>,
    failed: Option<StoreError>,
}

/// Takes over what others left unsent by `moment`, and answers the reminders due by then; nothing
/// if there is neither. The leases begin `now`.
async fn claim(
    bot: &Bot,
    route: Route,
    moment: Timestamp,
    now: Timestamp,
) -> Result<Option<Batch>, StoreError> {
    let claim = Claim { route, due: moment, now, most: BATCH };
    let unsent = bot.store().claim_unsent(claim).await?;
    let reminders = bot.store().claim_due(claim).await?;
    if unsent.is_empty() && reminders.is_empty() {
        return Ok(None);
    }
    let mut due = Batch { outgoing: unsent, failed: None };
    for reminder in reminders {
        match bot.handle(&Event::Due(Due { now: moment.max(reminder.due), reminder }), now).await {
            Ok(replies) => due.outgoing.extend(replies),
            // It comes back when its lease ends; the others need not wait for it.
            Err(error) => due.failed = due.failed.or(Some(error)),
        }
    }
    Ok(Some(due))
}
