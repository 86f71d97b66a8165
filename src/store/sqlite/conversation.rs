//! Conversations, as they were left and as they go on.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::commit::Stop;
use super::plan::{self, Kept};
use super::rows::{micros, number};
use crate::message::{Address, PersonId, PlaceId};
use crate::store::{Effect, Stored, Version};
use crate::turn::Conversation;

/// A row: whose, which, how often it was changed, and what it holds.
type Row = (i64, i64, i64, i64, String);

/// The conversations of all these, and their plans in them.
pub(super) async fn load(
    pool: &SqlitePool,
    of: &[Address],
) -> Result<Vec<(Conversation, Version)>, sqlx::Error> {
    let mut database = pool.acquire().await?;
    let rows = kept(&mut database, of).await?;
    let plans = plan::kept(&mut database, of.iter().map(|of| of.person)).await?;
    let none = Kept::default();
    Ok(of
        .iter()
        .map(|of| {
            let plan = plans.get(&of.person).unwrap_or(&none);
            read(rows.get(&key(*of)).cloned().unwrap_or_default(), plan)
        })
        .collect())
}

async fn kept(
    database: &mut SqliteConnection,
    of: &[Address],
) -> Result<HashMap<(i64, i64), (Stored, String)>, sqlx::Error> {
    let asked = json!(of.iter().map(|of| key(*of)).collect::<Vec<_>>()).to_string();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT person, place, conversations.id, version, body
         FROM json_each($1) AS asked CROSS JOIN conversations
         WHERE person = asked.value ->> 0 AND place = asked.value ->> 1",
    )
    .bind(asked)
    .fetch_all(database)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(person, place, row, number, body)| ((person, place), (Stored { row, number }, body)))
        .collect())
}

/// What another version wrote and this one cannot read starts afresh.
fn read((stored, body): (Stored, String), plan: &Kept) -> (Conversation, Version) {
    let mut conversation: Conversation = serde_json::from_str(&body).unwrap_or_default();
    conversation.plan.clone_from(&plan.plan);
    (conversation, Version { conversation: stored, plan: plan.stored })
}

/// Most conversations of one person that are looked at.
const MOST: i64 = 20;

/// The latest conversations of a person, without their plan.
pub(super) async fn latest(
    pool: &SqlitePool,
    person: PersonId,
) -> Result<Vec<(PlaceId, Conversation)>, sqlx::Error> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT place, body FROM conversations WHERE person = $1
         ORDER BY changed DESC, id DESC LIMIT $2",
    )
    .bind(number(person))
    .bind(MOST)
    .fetch_all(pool)
    .await?;
    let read = |(place, body): (i64, String)| {
        let conversation = serde_json::from_str(&body).ok()?;
        Some((PlaceId(place.cast_unsigned()), conversation))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

fn key(of: Address) -> (i64, i64) {
    (number(of.person), of.place.0.cast_signed())
}

/// Keeps what these effects leave of the conversations, if each is still the one that was seen.
pub(super) async fn save(
    database: &mut SqliteConnection,
    effects: &[Effect<'_>],
    now: Timestamp,
) -> Result<(), Stop> {
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for Effect { seen, event, turn, .. } in effects {
        let body = serde_json::to_string(&turn.next)?;
        if seen.conversation == Stored::default() {
            let (person, place) = key(event.address());
            new.push(json!([person, place, body]));
        } else {
            known.push(json!([seen.conversation.row, seen.conversation.number, body]));
        }
    }
    write(database, INSERT, new, now).await?;
    write(database, UPDATE, known, now).await
}

const INSERT: &str = "INSERT INTO conversations (person, place, version, body, changed)
     SELECT value ->> 0, value ->> 1, 1, value ->> 2, $2 FROM json_each($1) WHERE true
     ON CONFLICT DO NOTHING";
const UPDATE: &str = "UPDATE conversations
     SET version = version + 1, body = next.value ->> 2, changed = $2
     FROM json_each($1) AS next
     WHERE conversations.id = next.value ->> 0 AND version = next.value ->> 1";

async fn write(
    database: &mut SqliteConnection,
    sql: &'static str,
    rows: Vec<Value>,
    now: Timestamp,
) -> Result<(), Stop> {
    let count = rows.len() as u64;
    if count == 0 {
        return Ok(());
    }
    let rows = Value::from(rows).to_string();
    let written = sqlx::query(sql).bind(rows).bind(micros(now)).execute(database).await?;
    if written.rows_affected() == count { Ok(()) } else { Err(Stop::Conflict) }
}
