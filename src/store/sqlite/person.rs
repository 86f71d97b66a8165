//! What is kept of a person: shown, or erased.

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::rows::number;
use crate::message::{PersonId, PlaceId};
use crate::store::PrivatePlaces;

/// Everything kept of a person. Numbers of people and places are texts: JSON readers round them.
pub(super) async fn export(pool: &SqlitePool, person: PersonId) -> Result<Value, sqlx::Error> {
    let places = private_places(pool, person).await?;
    let shown = |place: Option<PlaceId>| place.map(|place| place.0.to_string());
    Ok(json!({
        "person": person.0.to_string(),
        "quiet": is_quiet(pool, person).await?,
        "direct": shown(places.direct),
        "talks_in": shown(places.talks_in),
        "conversations": rows(pool, person, CONVERSATIONS).await?,
        "plan": plan(pool, person).await?,
        "reminders": rows(pool, person, REMINDERS).await?,
        "unsent": rows(pool, person, UNSENT).await?,
        "answered": rows(pool, person, ANSWERED).await?,
    }))
}

/// Whether a person asked to be answered only when they speak to us.
pub(super) async fn is_quiet(pool: &SqlitePool, person: PersonId) -> Result<bool, sqlx::Error> {
    let quiet = sqlx::query_scalar("SELECT quiet FROM people WHERE person = $1");
    let quiet: Option<bool> = quiet.bind(number(person)).fetch_optional(pool).await?;
    Ok(quiet.unwrap_or_default())
}

/// Keeps that wish, or that it no longer holds.
pub(super) async fn set_quiet(
    database: &mut SqliteConnection,
    person: PersonId,
    quiet: bool,
) -> Result<(), sqlx::Error> {
    let kept = sqlx::query(
        "INSERT INTO people (person, quiet) VALUES ($1, $2)
         ON CONFLICT (person) DO UPDATE SET quiet = $2",
    );
    kept.bind(number(person)).bind(quiet).execute(database).await.map(drop)
}

/// Where a person talks with us in private.
pub(super) async fn private_places(
    pool: &SqlitePool,
    person: PersonId,
) -> Result<PrivatePlaces, sqlx::Error> {
    let row = sqlx::query_as("SELECT talks_in, direct FROM people WHERE person = $1");
    let row: Option<(Option<i64>, Option<i64>)> =
        row.bind(number(person)).fetch_optional(pool).await?;
    let (talks_in, direct) = row.unwrap_or_default();
    let place = |place: Option<i64>| place.map(|place| PlaceId(place.cast_unsigned()));
    Ok(PrivatePlaces { talks_in: place(talks_in), direct: place(direct) })
}

/// Keeps what is given of it.
pub(super) async fn note_private_places(
    pool: &SqlitePool,
    person: PersonId,
    places: PrivatePlaces,
) -> Result<(), sqlx::Error> {
    let number_of = |place: Option<PlaceId>| place.map(|place| place.0.cast_signed());
    sqlx::query(
        "INSERT INTO people (person, quiet, talks_in, direct) VALUES ($1, 0, $2, $3)
         ON CONFLICT (person) DO UPDATE
         SET talks_in = coalesce($2, talks_in), direct = coalesce($3, direct)
         WHERE talks_in IS NOT coalesce($2, talks_in) OR direct IS NOT coalesce($3, direct)",
    )
    .bind(number(person))
    .bind(number_of(places.talks_in))
    .bind(number_of(places.direct))
    .execute(pool)
    .await
    .map(drop)
}

/// The direct-message channels of all who have written to us there.
pub(super) async fn direct_channels(pool: &SqlitePool) -> Result<Vec<PlaceId>, sqlx::Error> {
    let channels = sqlx::query_scalar("SELECT direct FROM people WHERE direct IS NOT NULL");
    let channels: Vec<i64> = channels.fetch_all(pool).await?;
    Ok(channels.into_iter().map(|channel| PlaceId(channel.cast_unsigned())).collect())
}

// Each gives the place and the row as JSON; times are in seconds since 1970.
const CONVERSATIONS: &str =
    "SELECT place, json_object('changed', changed / 1000000, 'conversation', body)
     FROM conversations WHERE person = $1 ORDER BY id";
const REMINDERS: &str =
    "SELECT place, json_object('due', due / 1000000, 'step', step, 'case', case_number,
                               'state', state, 'reason', reason,
                               'message', cast(message AS TEXT))
     FROM reminders WHERE person = $1 ORDER BY due";
const UNSENT: &str =
    "SELECT place, json_object('reply', body) FROM outbox WHERE person = $1 ORDER BY id";
const ANSWERED: &str = "SELECT place, json_object('event', cast(event AS TEXT), 'at', at / 1000000)
     FROM handled WHERE person = $1 ORDER BY at";

/// What is JSON in a column; shown as the bare text where it is damaged.
const NESTED: [&str; 2] = ["conversation", "reply"];

/// A person's plan; shown as the bare text where it is damaged.
async fn plan(pool: &SqlitePool, person: PersonId) -> Result<Value, sqlx::Error> {
    let body = sqlx::query_scalar("SELECT body FROM plans WHERE person = $1");
    let body: Option<String> = body.bind(number(person)).fetch_optional(pool).await?;
    Ok(body.map_or(Value::Null, |body| serde_json::from_str(&body).unwrap_or(body.into())))
}

async fn rows(
    pool: &SqlitePool,
    person: PersonId,
    select: &'static str,
) -> Result<Vec<Value>, sqlx::Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as(select).bind(number(person)).fetch_all(pool).await?;
    Ok(rows.iter().map(|(place, row)| shown(*place, row)).collect())
}

fn shown(place: i64, row: &str) -> Value {
    let mut row: Value = serde_json::from_str(row).unwrap_or_default();
    row["place"] = place.cast_unsigned().to_string().into();
    for name in NESTED {
        let nested = row[name].as_str().and_then(|text| serde_json::from_str(text).ok());
        if let Some(nested) = nested {
            row[name] = nested;
        }
    }
    row
}

/// Erases all of it, in the file as well as in its log.
pub(super) async fn forget(pool: &SqlitePool, person: PersonId) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for erase in [
        "DELETE FROM conversations WHERE person = $1",
        "DELETE FROM reminders WHERE person = $1",
        "DELETE FROM plans WHERE person = $1",
        "DELETE FROM outbox WHERE person = $1",
        "DELETE FROM handled WHERE person = $1",
        "DELETE FROM people WHERE person = $1",
    ] {
        sqlx::query(erase).bind(number(person)).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await.map(drop)
}
