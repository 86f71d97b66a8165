//! A file in trouble, and several processes on one file.
#![expect(clippy::disallowed_methods, reason = "a test looks at the files it made")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use charley::courier::Route;
use charley::plan::{Reminder, What};
use charley::store::{Claim, Opening, Sqlite, Store, StoreError, Version};
use charley::turn::Conversation;
use charley::vocabulary::Timer;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;

use super::{at, commit, falls_due, hello, keeps, member, noon, plans, reminder, said, says};

/// A database that was in use, closed, and everything in its folder.
struct Used {
    folder: TempDir,
    file: PathBuf,
}

impl Used {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("charley.db");
        let store = Sqlite::open(&file, Opening::default()).await.unwrap();
        for person in 1..40 {
            let turn = plans(&[reminder(member(person), 3)]);
            commit(&store, &said(person, member(person), "hello", noon(0)), &turn).await;
        }
        store.close().await;
        Self { folder, file }
    }

    /// Another program does this to it.
    async fn meddle(&self, sql: &str) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(&self.file);
        let mut other = options.connect().await.unwrap();
        for statement in sql.split(';') {
            let statement = sqlx::query(AssertSqlSafe(statement.to_owned()));
            statement.execute(&mut other).await.unwrap();
        }
        other
    }

    /// The file and its log, byte for byte.
    fn bytes(&self) -> (Vec<u8>, Option<Vec<u8>>) {
        let log = self.folder.path().join("charley.db-wal");
        (fs::read(&self.file).unwrap(), fs::read(log).ok())
    }

    /// Opening is refused with these words, and leaves everything as it was.
    async fn refuses(&self, words: &str) -> StoreError {
        let before = self.bytes();
        let error = Sqlite::open(&self.file, hasty()).await.unwrap_err();
        assert!(self.bytes() == before, "the database was changed: {error}");
        let message = error.to_string();
        assert!(message.contains(words), "`{words}` is not in: {message}");
        assert!(message.contains(&self.file.display().to_string()), "no path in: {message}");
        error
    }
}

/// Gives up soon on a locked file.
fn hasty() -> Opening {
    Opening { patience: Duration::from_millis(20), ..Opening::default() }
}

#[tokio::test]
async fn a_locked_database_is_left_alone() {
    let used = Used::new().await;
    let other = used.meddle("BEGIN EXCLUSIVE").await;
    let error = used.refuses("close that program or wait until it is done").await;
    assert!(matches!(error, StoreError::Locked(_)));
    other.close().await.unwrap();
    assert!(Sqlite::open(&used.file, Opening::default()).await.is_ok());
}

#[tokio::test]
async fn a_database_that_is_locked_later_says_so_and_goes_on_afterwards() {
    let used = Used::new().await;
    let store = Sqlite::open(&used.file, hasty()).await.unwrap();
    let (_, seen) = store.load(member(1)).await.unwrap();
    let other = used.meddle("BEGIN IMMEDIATE").await;

    let refused = store.commit(seen, &hello(99), &keeps(), None, noon(0)).await;
    assert!(matches!(refused, Err(StoreError::Locked(_))), "{refused:?}");

    other.close().await.unwrap();
    assert!(store.commit(seen, &hello(99), &keeps(), None, noon(0)).await.is_ok());
}

#[tokio::test]
async fn when_a_transaction_was_ended_by_a_full_disk_the_next_one_goes_on() {
    let used = Used::new().await;
    let store = Sqlite::open(&used.file, Opening::default()).await.unwrap();
    let (_, seen) = store.load(member(1)).await.unwrap();
    let mut other = used.meddle("SELECT 1").await;
    // As a full disk does it: the whole transaction is gone, not only the statement.
    let full = "CREATE TRIGGER full BEFORE INSERT ON handled
                BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";
    sqlx::query(full).execute(&mut other).await.unwrap();
    for _ in 0..3 {
        let refused = store.commit(seen, &hello(99), &keeps(), None, noon(0)).await;
        assert!(refused.unwrap_err().to_string().contains("the disk is full"));
    }

    sqlx::query("DROP TRIGGER full").execute(&mut other).await.unwrap();
    assert!(store.commit(seen, &hello(99), &keeps(), None, noon(0)).await.is_ok());
    assert_eq!(store.claim_due(at(3)).await.unwrap().len(), 39);
    assert_eq!(store.claim_unsent(at(3)).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_write_protected_database_is_left_alone() {
    let used = Used::new().await;
    let mut permissions = fs::metadata(&used.file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&used.file, permissions).unwrap();
    let error = used.refuses("make the file and its folder writable").await;
    assert!(matches!(error, StoreError::ReadOnly(_)));
}

#[tokio::test]
async fn what_is_no_database_is_left_alone() {
    let used = Used::new().await;
    fs::write(&used.file, "my calf diary\n".repeat(100)).unwrap();
    let error = used.refuses("restore it from a backup, or move it away").await;
    assert!(matches!(error, StoreError::Corrupt(_)));
}

#[tokio::test]
async fn a_damaged_database_is_left_alone() {
    for damage in [wreck_a_page, cut_short] {
        let used = Used::new().await;
        damage(&used.file);
        let error = used.refuses("is damaged").await;
        assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    }
}

fn wreck_a_page(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    fs::write(file, bytes).unwrap();
}

fn cut_short(file: &Path) {
    let bytes = fs::read(file).unwrap();
    fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

const NEWER: &str = "INSERT INTO _sqlx_migrations VALUES (9999, 'later', '', true, x'00', 0)";

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let used = Used::new().await;
    used.meddle(NEWER).await.close().await.unwrap();
    let error = used.refuses("its tables are version 9999, this one knows").await;
    assert!(matches!(error, StoreError::Newer(_)));
}

#[tokio::test]
async fn a_newer_database_in_use_is_left_alone_with_its_log() {
    let used = Used::new().await;
    let other = used.meddle(NEWER).await;
    assert!(used.bytes().1.is_some_and(|log| !log.is_empty()));
    let error = used.refuses("install that version").await;
    assert!(matches!(error, StoreError::Newer(_)));
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_newer_database_after_a_crash_is_left_alone_with_its_log() {
    let used = Used::new().await;
    let other = used.meddle(NEWER).await;
    let crashed = Used { folder: tempfile::tempdir().unwrap(), file: PathBuf::new() };
    let crashed = Used { file: crashed.folder.path().join("charley.db"), ..crashed };
    for end in ["", "-wal"] {
        let from = format!("{}{end}", used.file.display());
        fs::copy(from, format!("{}{end}", crashed.file.display())).unwrap();
    }
    crashed.refuses("version 9999").await;
    other.close().await.unwrap();
}

#[tokio::test]
async fn another_programs_database_is_left_alone() {
    let used = Used::new().await;
    fs::remove_file(&used.file).unwrap();
    let options = SqliteConnectOptions::new().filename(&used.file).create_if_missing(true);
    options.connect().await.unwrap().close().await.unwrap();
    used.meddle("CREATE TABLE races (name TEXT)").await.close().await.unwrap();
    let error = used.refuses("belongs to another program").await;
    assert!(matches!(error, StoreError::Foreign(_)));
}

#[tokio::test]
async fn a_path_that_leads_nowhere_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/charley.db");
    for (path, cause) in [(nowhere.as_path(), "there is no folder"), (folder.path(), "a folder")] {
        let error = Sqlite::open(path, Opening::default()).await.unwrap_err();
        assert!(matches!(error, StoreError::Unreachable(_)));
        assert!(error.to_string().contains(cause), "{error}");
    }
    assert!(!folder.path().join("no").exists());
}

#[tokio::test]
async fn an_empty_file_is_a_new_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("charley.db");
    fs::write(&file, "").unwrap();
    commit(&Sqlite::open(&file, Opening::default()).await.unwrap(), &hello(1), &keeps()).await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_a_new_database_and_its_log() {
    use std::os::unix::fs::PermissionsExt;
    let (store, folder) = super::sqlite_store().await;
    commit(&store, &hello(1), &keeps()).await;
    for file in fs::read_dir(folder.path()).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[tokio::test]
async fn many_can_open_a_new_database_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("charley.db");
    let open = || {
        let file = file.clone();
        tokio::spawn(async move { Sqlite::open(&file, Opening::default()).await })
    };
    let opening: Vec<_> = std::iter::repeat_with(open).take(8).collect();
    for opened in opening {
        assert_eq!(opened.await.unwrap().map(drop), Ok(()));
    }
}

#[tokio::test]
async fn each_reminder_goes_to_one_of_many_workers() {
    let used = Used::new().await;
    let worker = || {
        let file = used.file.clone();
        tokio::spawn(async move {
            let store = Sqlite::open(&file, Opening::default()).await.unwrap();
            let mut mine = Vec::new();
            loop {
                let some = Claim { most: 3, ..at(3) };
                let claimed = store.claim_due(some).await.unwrap();
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|reminder| reminder.to.person.0));
            }
        })
    };
    let workers: Vec<_> = std::iter::repeat_with(worker).take(4).collect();
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    claimed.sort_unstable();
    assert_eq!(claimed, (1..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn leases_are_taken_over_only_from_processes_that_are_gone() {
    let used = Used::new().await;
    let open = async || Sqlite::open(&used.file, Opening::default()).await.unwrap();
    let (first, second) = (open().await, open().await);
    assert_eq!(first.take_over(Route::Members, noon(3)).await, Ok(true));
    assert_eq!(first.claim_due(at(3)).await.unwrap().len(), 39);

    assert_eq!(second.take_over(Route::Members, noon(3)).await, Ok(false));
    assert_eq!(second.claim_due(at(3)).await.unwrap(), []);
    assert_eq!(second.take_over(Route::Terminal, noon(3)).await, Ok(true));

    first.close().await;
    second.close().await;
    let third = open().await;
    assert_eq!(third.take_over(Route::Members, noon(3)).await, Ok(true));
    assert_eq!(third.claim_due(at(3)).await.unwrap().len(), 39);
}

#[tokio::test]
async fn to_die_again_and_again_is_no_reason_to_give_up() {
    let used = Used::new().await;
    let open = async || Sqlite::open(&used.file, Opening::default()).await.unwrap();
    let store = open().await;
    commit(&store, &said(50, member(50), "hello", noon(0)), &says("stretch")).await;
    store.close().await;
    for start in 0..150 {
        let store = open().await;
        store.take_over(Route::Members, noon(60 * start)).await.unwrap();
        let unsent = store.claim_unsent(at(60 * start)).await.unwrap();
        assert_eq!(unsent.len(), 1, "start {start}");
        store.close().await;
    }
}

#[tokio::test]
async fn of_many_that_start_at_once_nobody_takes_what_another_holds() {
    let used = Used::new().await;
    let worker = || {
        let file = used.file.clone();
        tokio::spawn(async move {
            let store = Sqlite::open(&file, Opening::default()).await.unwrap();
            store.take_over(Route::Members, noon(3)).await.unwrap();
            let claimed = store.claim_due(at(3)).await.unwrap();
            (store, claimed.len())
        })
    };
    let workers: Vec<_> = std::iter::repeat_with(worker).take(6).collect();
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.push(worker.await.unwrap());
    }
    assert_eq!(claimed.iter().map(|(_, count)| count).sum::<usize>(), 39);
}

#[tokio::test]
async fn a_row_nobody_can_read_is_set_aside_and_holds_up_nobody() {
    let used = Used::new().await;
    let bad = "UPDATE reminders SET step = 'dance' WHERE person = 1";
    used.meddle(bad).await.close().await.unwrap();
    let store = Sqlite::open(&used.file, Opening::default()).await.unwrap();

    assert_eq!(store.claim_due(at(3)).await.unwrap().len(), 38);
    let then = Claim { due: noon(60), now: noon(60), ..at(3) };
    assert_eq!(store.claim_due(then).await.unwrap().len(), 38);
    let kept = store.export(member(1).person).await.unwrap();
    assert_eq!(kept["reminders"][0]["step"], "dance");
    assert_eq!(kept["reminders"][0]["state"], "failed");
}

/// What a database of before the plans held: a conversation, a timer, one that was set aside, and a
/// reply on its way.
const BEFORE_PLANS: &str = r#"
    INSERT INTO conversations VALUES (3, 1, 7, 2, '{"number":4}', 9);
    INSERT INTO reminders (person, place, due, step, case_number, next_try)
        VALUES (1, 7, 1772366580000000, '"let_go3"', 4, 1772366580000000),
               (1, 7, 1772367000000000, '"let_go10"', 4, 1772367000000000);
    INSERT INTO reminders (person, place, due, step, case_number, next_try, failure)
        VALUES (2, 7, 5, '"dance"', 1, 5, 'cannot be read by this version');
    INSERT INTO outbox (person, place, body, next_try, event, way, posted)
        VALUES (1, 7,
            '{"kind":"notice","urgency":"none","text":"Hello.","choices":[]}', 5, 11, 'way', 5)
"#;

#[tokio::test]
async fn what_was_kept_before_there_were_plans_is_kept_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let old = Used { file: folder.path().join("charley.db"), folder };
    let options = SqliteConnectOptions::new().filename(&old.file).create_if_missing(true);
    options.connect().await.unwrap().close().await.unwrap();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for file in ["0001_conversations", "0002_people", "0003_delivery"] {
        let sql = fs::read_to_string(migrations.join(file).with_extension("sql")).unwrap();
        let lines = sql.lines().filter(|line| !line.starts_with("--"));
        let statements = lines.collect::<Vec<_>>().join("\n");
        old.meddle(statements.trim().trim_end_matches(';')).await.close().await.unwrap();
    }
    let applied = "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY,
            description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT current_timestamp, success BOOLEAN NOT NULL,
            checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
        INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (1, '', true, x'00', 0), (2, '', true, x'00', 0), (3, '', true, x'00', 0)";
    old.meddle(applied).await.close().await.unwrap();
    old.meddle(BEFORE_PLANS).await.close().await.unwrap();

    let store = Sqlite::open(&old.file, Opening::default()).await.unwrap();
    assert_eq!(store.load(member(1)).await.unwrap().0.number, 4);
    let timer = |timer, minutes| Reminder {
        what: What::Timer(timer),
        run: 4,
        ..reminder(member(1), minutes)
    };
    let due = store.claim_due(at(60)).await.unwrap();
    assert_eq!(due, [timer(Timer::LetGo3, 3), timer(Timer::LetGo10, 10)]);
    let unsent = store.claim_unsent(at(60)).await.unwrap();
    assert_eq!((unsent[0].answers, unsent[0].reminder.as_ref()), (Some(11), None));
    let aside = store.export(member(2).person).await.unwrap();
    let aside = &aside["reminders"][0];
    assert_eq!(aside["reason"], "cannot be read by this version");
    assert_eq!((&aside["state"], &aside["step"]), (&"failed".into(), &"\"dance\"".into()));
}

#[tokio::test]
async fn a_plan_of_another_version_is_left_to_that_with_its_reminders() {
    let (store, folder) = super::sqlite_store().await;
    let plan = plans::plan(1, &[10]);
    commit(&store, &hello(1), &plans::leaves(Some(&plan))).await;
    let used = Used { file: folder.path().join("charley.db"), folder };
    let later = "UPDATE plans SET body = '{\"later\":true}'";
    used.meddle(later).await.close().await.unwrap();

    assert_eq!(store.load(member(1)).await.unwrap().0.plan, None);
    commit(&store, &hello(2), &plans::leaves(None)).await;
    let due = falls_due(&plans::check_in(&plan, 0));
    commit(&store, &due, &plans::leaves(None)).await;
    let kept = store.export(member(1).person).await.unwrap();
    assert_eq!(kept["plan"]["later"], true);
    let state = plans::states(&store, 1).await;
    assert_eq!(state, ["failed cannot be read by this version"]);
}

#[tokio::test]
async fn a_conversation_nobody_can_read_starts_afresh() {
    let used = Used::new().await;
    used.meddle("UPDATE conversations SET body = '{'").await.close().await.unwrap();
    let store = Sqlite::open(&used.file, Opening::default()).await.unwrap();
    let kept = store.export(member(1).person).await.unwrap();
    assert_eq!(kept["conversations"][0]["conversation"], "{");
    assert_eq!(store.load(member(1)).await.unwrap().0, Conversation::default());
    commit(&store, &hello(99), &keeps()).await;
}

#[tokio::test]
async fn what_was_settled_or_erased_is_nowhere_in_the_folder() {
    let (store, folder) = super::sqlite_store().await;
    let turn = says("PRIVATE-1");
    let sent = store.commit(Version::default(), &hello(1), &turn, None, noon(0)).await.unwrap();
    assert!(is_in(folder.path(), "PRIVATE-1"));
    commit(&store, &hello(2), &says("PRIVATE-2")).await;

    store.settle(&[sent[0].id]).await.unwrap();
    store.forget(member(1).person).await.unwrap();

    assert!(!is_in(folder.path(), "PRIVATE-1"));
    assert!(!is_in(folder.path(), "PRIVATE-2"));
}

fn is_in(folder: &Path, words: &str) -> bool {
    let mut files = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()));
    files.any(|bytes| bytes.unwrap().windows(words.len()).any(|at| at == words.as_bytes()))
}
