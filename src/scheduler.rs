//! What falls due: through the door, and on its way.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

use crate::bot::Bot;
use crate::courier::{Courier, Outgoing, Route};
use crate::plan::{Due, Reminder};
use crate::store::{Claim, StoreError};
use crate::turn::Event;

/// How many are claimed at once.
const BATCH: u32 = 50;

/// A clock that goes back by no more than this was only corrected.
const CORRECTED: SignedDuration = SignedDuration::from_secs(10);

/// Brings what is due to its people. Any number of them may run on one database.
pub struct Scheduler<C> {
    bot: Arc<Bot>,
    courier: C,
    route: Route,
    /// When it was last at work, in microseconds since 1970.
    last: AtomicI64,
}

impl<C: Courier> Scheduler<C> {
    /// A scheduler for one route, whose replies this courier carries.
    pub fn new(bot: Arc<Bot>, courier: C, route: Route) -> Self {
        Self { bot, courier, route, last: AtomicI64::new(i64::MIN) }
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
        if self.is_set_back(now) {
            // What was leased until a time that was wrong would wait until it has come.
            self.bot.store().end_leases(self.route, now).await?;
        }
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

    /// Whether the clock shows an earlier time than before.
    fn is_set_back(&self, now: Timestamp) -> bool {
        let last = self.last.swap(now.as_microsecond(), Ordering::Relaxed);
        Timestamp::from_microsecond(last).is_ok_and(|last| last.duration_since(now) > CORRECTED)
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
#[derive(Default)]
struct Batch {
    outgoing: Vec<Outgoing>,
    failed: Option<StoreError>,
}

impl Batch {
    fn add(&mut self, answered: Result<Vec<Outgoing>, StoreError>) {
        match answered {
            Ok(replies) => self.outgoing.extend(replies),
            // It comes back when its lease ends; the others need not wait for it.
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
    }
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
    let outgoing = bot.store().claim_unsent(claim).await?;
    let reminders = bot.store().claim_due(claim).await?;
    if outgoing.is_empty() && reminders.is_empty() {
        return Ok(None);
    }
    let mut batch = Batch { outgoing, failed: None };
    for round in rounds(reminders) {
        let due = |reminder: Reminder| Due { now: moment.max(reminder.due), reminder };
        let events: Vec<Event> = round.into_iter().map(due).map(Event::Due).collect();
        answer(bot, &events, now, &mut batch).await;
    }
    Ok(Some(batch))
}

/// In their order, and no person twice in one round: what comes first decides on what comes next.
fn rounds(reminders: Vec<Reminder>) -> Vec<Vec<Reminder>> {
    let mut rounds: Vec<Vec<Reminder>> = Vec::new();
    let mut had = HashMap::new();
    for reminder in reminders {
        let round: &mut usize = had.entry(reminder.to.person).or_default();
        if *round == rounds.len() {
            rounds.push(Vec::new());
        }
        rounds[*round].push(reminder);
        *round += 1;
    }
    rounds
}

/// All at once; each by itself where that fails, so that one in trouble does not hold up the others.
async fn answer(bot: &Bot, due: &[Event], now: Timestamp, batch: &mut Batch) {
    if let Ok(replies) = bot.handle_all(due, now).await {
        return batch.outgoing.extend(replies);
    }
    for event in due {
        batch.add(bot.handle(event, now).await);
    }
}
