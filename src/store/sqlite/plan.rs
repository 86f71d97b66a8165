//! A person's plan, and the reminders that bring it.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;
use sqlx::sqlite::SqliteConnection;

use super::commit::Stop;
use super::rows::{micros, number};
use crate::message::PersonId;
use crate::plan::{CheckIn, Plan, Progress, Reminder};
use crate::store::Stored;

/// What is kept of a person's plan.
#[derive(Default)]
pub(super) struct Kept {
    /// Which row, and how often it was changed.
    pub(super) stored: Stored,
    /// How an adapter gets back to where it was agreed on.
    pub(super) way: Option<String>,
    /// The plan, if there is one that this version can read.
    pub(super) plan: Option<Plan>,
    body: Option<String>,
    reminders: Vec<Row>,
}

/// A reminder of a plan as it stands in its row.
struct Row {
    id: i64,
    place: i64,
    due: i64,
    step: String,
    run: i64,
    state: String,
}

impl Kept {
    /// What became of one of its reminders.
    pub(super) fn note(&mut self, reminder: i64, state: &str) {
        for row in self.reminders.iter_mut().filter(|row| row.id == reminder) {
            state.clone_into(&mut row.state);
        }
    }

    /// Whether there is one that only another version can read: it is left to that.
    pub(super) fn is_unreadable(&self) -> bool {
        self.body.is_some() && self.plan.is_none()
    }
}

/// What is kept of the plans of these people; nothing of those who have none.
pub(super) async fn kept(
    database: &mut SqliteConnection,
    people: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, Kept>, sqlx::Error> {
    let people = people.map(number).collect::<Value>().to_string();
    let rows: Vec<(i64, i64, i64, String, Option<String>)> = sqlx::query_as(
        "SELECT person, id, version, body, way FROM plans
         WHERE person IN (SELECT value FROM json_each($1))",
    )
    .bind(people)
    .fetch_all(database)
    .await?;
    let rows = rows.into_iter().map(|(person, row, number, body, way)| {
        let plan = serde_json::from_str(&body).ok();
        let kept = Kept {
            stored: Stored { row, number },
            way,
            plan,
            body: Some(body),
            reminders: Vec::new(),
        };
        (PersonId(person.cast_unsigned()), kept)
    });
    Ok(rows.collect())
}

/// Adds the reminders to these plans, as they stand in their rows.
pub(super) async fn add_reminders(
    database: &mut SqliteConnection,
    plans: &mut HashMap<PersonId, Kept>,
) -> Result<(), sqlx::Error> {
    if plans.is_empty() {
        return Ok(());
    }
    let people = plans.keys().copied().map(number).collect::<Value>().to_string();
    let rows: Vec<(i64, i64, i64, i64, String, i64, String)> = sqlx::query_as(
        "SELECT person, id, place, due, step, case_number, state FROM reminders
         WHERE person IN (SELECT value FROM json_each($1)) AND of_plan",
    )
    .bind(people)
    .fetch_all(database)
    .await?;
    for (person, id, place, due, step, run, state) in rows {
        let row = Row { id, place, due, step, run, state };
        plans.entry(PersonId(person.cast_unsigned())).or_default().reminders.push(row);
    }
    Ok(())
}

/// Keeps the plan as a turn left it, and its reminders with it.
pub(super) async fn keep(
    database: &mut SqliteConnection,
    person: PersonId,
    kept: &Kept,
    next: Option<&Plan>,
    way: Option<&str>,
    now: Timestamp,
) -> Result<(), Stop> {
    let Some(plan) = next else {
        let over = kept.body.is_some() && !kept.is_unreadable();
        return if over { Ok(end(database, person).await?) } else { Ok(()) };
    };
    let body = serde_json::to_string(plan)?;
    if kept.body.as_ref() == Some(&body) {
        return Ok(());
    }
    let before = kept.plan.as_ref();
    let goes_on = before.is_some_and(|before| (before.run, before.to) == (plan.run, plan.to));
    let way = if goes_on { kept.way.as_deref() } else { way };
    let save = sqlx::query(
        "INSERT INTO plans (person, version, body, way, changed) VALUES ($1, 1, $2, $3, $4)
         ON CONFLICT (person) DO UPDATE
         SET version = version + 1, body = $2, way = $3, changed = $4",
    );
    let save = save.bind(number(person)).bind(body).bind(way).bind(micros(now));
    save.execute(&mut *database).await?;
    if before.is_none_or(|before| before.run != plan.run) {
        drop_earlier(database, person, plan.run).await?;
    }
    Ok(line_up(database, &kept.reminders, plan).await?)
}

/// Nothing is left of a plan that is over, also not what waits to be brought.
async fn end(database: &mut SqliteConnection, person: PersonId) -> Result<(), sqlx::Error> {
    for erase in [
        "DELETE FROM outbox WHERE person = $1 AND reminder IS NOT NULL",
        "DELETE FROM reminders WHERE person = $1 AND of_plan",
        "DELETE FROM plans WHERE person = $1",
    ] {
        sqlx::query(erase).bind(number(person)).execute(&mut *database).await?;
    }
    Ok(())
}

/// Makes the rows what the plan says: what is to come is planned, and what was done is noted.
async fn line_up(
    database: &mut SqliteConnection,
    rows: &[Row],
    plan: &Plan,
) -> Result<(), sqlx::Error> {
    let mut wanted: BTreeSet<Reminder> = plan.reminders().into_iter().collect();
    for row in rows.iter().filter(|row| row.run == plan.run) {
        let found = wanted.iter().find(|wanted| row.is_for(wanted)).cloned();
        match found {
            Some(found) => drop(wanted.take(&found)),
            None => note(database, row, plan).await?,
        }
    }
    for reminder in &wanted {
        add(database, reminder).await?;
    }
    Ok(())
}

/// Of an earlier plan nothing is left.
async fn drop_earlier(
    database: &mut SqliteConnection,
    person: PersonId,
    run: i64,
) -> Result<(), sqlx::Error> {
    for erase in [
        "DELETE FROM outbox WHERE person = $1 AND reminder IN
             (SELECT id FROM reminders WHERE person = $1 AND of_plan AND case_number <> $2)",
        "DELETE FROM reminders WHERE person = $1 AND of_plan AND case_number <> $2",
    ] {
        sqlx::query(erase).bind(number(person)).bind(run).execute(&mut *database).await?;
    }
    Ok(())
}

impl Row {
    fn is_for(&self, wanted: &Reminder) -> bool {
        self.place == wanted.to.place.0.cast_signed()
            && self.due == micros(wanted.due)
            && self.step == wanted.what.to_string()
    }
}

/// Notes what became of a reminder that is not to come: the plan knows it, or has no use for it.
async fn note(
    database: &mut SqliteConnection,
    Row { id, step, state, .. }: &Row,
    plan: &Plan,
) -> Result<(), sqlx::Error> {
    let check_in = plan.check_ins.iter().find(|check_in| check_in.what().to_string() == *step);
    let (now, why) = match (state.as_str(), check_in.map(|check_in: &CheckIn| check_in.progress)) {
        ("planned", Some(Progress::Said(_))) => ("said", None),
        (_, Some(Progress::Answered(_))) => ("answered", None),
        (_, Some(Progress::Skipped(why))) => ("skipped", Some(why.to_string())),
        ("planned", Some(Progress::Planned) | None) => {
            let called_off = sqlx::query("DELETE FROM reminders WHERE id = $1").bind(id);
            return called_off.execute(database).await.map(drop);
        }
        (_, Some(Progress::Planned | Progress::Said(_)) | None) => return Ok(()),
    };
    if now == state {
        return Ok(());
    }
    if now != "said" {
        drop_late(database, *id).await?;
    }
    become_of(database, *id, now, why.as_deref()).await
}

/// What could not be brought in time need not be brought once it was answered otherwise.
async fn drop_late(database: &mut SqliteConnection, reminder: i64) -> Result<(), sqlx::Error> {
    let late = sqlx::query(
        "DELETE FROM outbox
         WHERE person = (SELECT person FROM reminders WHERE id = $1)
           AND reminder = $1 AND (held IS NOT NULL OR attempts > 0)",
    );
    late.bind(reminder).execute(database).await.map(drop)
}

/// What became of a reminder.
pub(super) async fn become_of(
    database: &mut SqliteConnection,
    id: i64,
    state: &str,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE reminders SET state = $2, reason = $3 WHERE id = $1")
        .bind(id)
        .bind(state)
        .bind(reason)
        .execute(database)
        .await
        .map(drop)
}

/// Plans a reminder; one that is there already stays as it is.
pub(super) async fn add(
    database: &mut SqliteConnection,
    reminder: &Reminder,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO reminders (person, place, due, step, case_number, next_try, of_plan)
         VALUES ($1, $2, $3, $4, $5, $3, $6) ON CONFLICT DO NOTHING",
    )
    .bind(number(reminder.to.person))
    .bind(reminder.to.place.0.cast_signed())
    .bind(micros(reminder.due))
    .bind(reminder.what.to_string())
    .bind(reminder.run)
    .bind(reminder.is_of_plan())
    .execute(database)
    .await
    .map(drop)
}
