//! A club whose members all agreed to a plan.

use std::path::Path;
use std::sync::Arc;

use charley::bot::Bot;
use charley::courier::{Outgoing, Route};
use charley::message::{Address, Message, PersonId, PlaceId};
use charley::responses::disk;
use charley::store::{Opening, Sqlite, Store};
use charley::turn::{Event, Press};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;

/// The first of them.
const FIRST: Address = Address { person: PersonId(1), place: PlaceId(7) };

/// What they say.
const SORE: &str = "my left calf cramped at km 35 of my marathon today, it let go after 5 minutes \
                    but now its sore and im limping";

/// What they press, whichever of it is on offer.
const ANSWERS: [&str; 3] = ["Yes, check on me", "None of these", "No"];

/// A database, and what is said from it.
pub(crate) struct Club {
    pub(crate) store: Arc<Sqlite>,
    bot: Arc<Bot>,
    due: Timestamp,
    folder: TempDir,
}

impl Club {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("charley.db");
        let store = Arc::new(Sqlite::open(&file, Opening::default()).await.unwrap());
        let responses = disk::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("responses"));
        let responses = responses.unwrap_or_else(|problems| panic!("{problems}"));
        let bot = Arc::new(Bot::new(Arc::new(responses), store.clone()));
        let due = "2026-06-06T09:00:00Z".parse().unwrap();
        Self { store, bot, due, folder }
    }

    /// So many planned reminders, 500 of them due.
    pub(crate) async fn of(planned: u32) -> Self {
        let club = Self::new().await;
        let due = club.due.as_microsecond();
        club.does(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {planned})
             INSERT INTO reminders (person, place, due, step, case_number, next_try, of_plan)
             SELECT i, 7, at, 'check_in/day_1/0', 5, at, 1 FROM
                 (SELECT i, {due} + iif(i <= 500, 0, 31536000000000 + i * 1000000) AS at FROM n)"
        ))
        .await;
        club
    }

    /// So many members who agreed to a plan, and whose first check-in is due at the same time.
    pub(crate) async fn of_people(count: u64) -> Self {
        let mut club = Self::new().await;
        club.agree().await;
        for copy in [
            "INSERT INTO conversations (person, place, version, body, changed)
             SELECT i, place, 1, body, changed FROM conversations, n",
            "INSERT INTO plans (person, version, body, way, changed)
             SELECT i, 1, json_set(body, '$.to.person', i), way, changed FROM plans, n",
            "INSERT INTO reminders (person, place, due, step, case_number, next_try, of_plan)
             SELECT i, place, due, step, case_number, next_try, of_plan FROM reminders, n",
        ] {
            let others =
                format!("n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {count})");
            club.does(&format!("WITH RECURSIVE {others} {copy} WHERE person = 1")).await;
        }
        club.due = club.store.next_due(Route::Members).await.unwrap().unwrap();
        club
    }

    pub(crate) fn bot(&self) -> Arc<Bot> {
        Arc::clone(&self.bot)
    }

    /// When the first are due.
    pub(crate) fn due(&self) -> Timestamp {
        self.due
    }

    /// The first member tells of a cramp, and wants to be looked after.
    async fn agree(&self) {
        let at = self.due;
        let message = Message {
            id: 1,
            from: FIRST,
            text: SORE.to_owned(),
            at,
            addressed: true,
            in_public: false,
            within: None,
        };
        let mut said = self.happens(&Event::Said(message)).await;
        for id in 2.. {
            let choices = || said.iter().flat_map(|one| &one.reply.choices);
            let on_offer = |label: &&str| choices().find(|choice| choice.label == **label);
            let Some(choice) = ANSWERS.iter().find_map(on_offer).cloned() else {
                break;
            };
            let press = Press { id, from: FIRST, choice: choice.id, at, in_public: false };
            said = self.happens(&Event::Pressed(press)).await;
        }
        let plan = self.store.load(FIRST).await.unwrap().0.plan;
        assert!(plan.is_some(), "no plan was agreed to: {said:?}");
    }

    async fn happens(&self, event: &Event) -> Vec<Outgoing> {
        let said = self.bot.handle(event, self.due).await.unwrap();
        let ids: Vec<_> = said.iter().map(|outgoing| outgoing.id).collect();
        self.store.settle(&ids).await.unwrap();
        said
    }

    /// Does something to the database.
    async fn does(&self, sql: &str) {
        let file = self.folder.path().join("charley.db");
        let mut other = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut other).await.unwrap();
        other.close().await.unwrap();
    }
}
