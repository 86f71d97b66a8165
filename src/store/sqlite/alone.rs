//! Who else works on the file: a lock beside it, which everybody who sends holds together, and who
//! gets it alone is the only one.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::open::private;
use crate::courier::Route;

/// The locks of this process, one a route. They end with it, whatever ends it.
#[derive(Clone, Debug, Default)]
pub(super) struct Presence(Arc<Mutex<Vec<File>>>);

impl Presence {
    /// Holds the lock of a route together with the others from now on.
    pub(super) fn stays(&self, lock: File) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(lock);
    }

    /// Lets go of all locks.
    pub(super) fn ends(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// What a look at the lock of a route tells.
pub(super) enum Company {
    /// Nobody else is there, and nobody comes in before we have joined.
    Nobody,
    /// Others are there.
    Others,
    /// This file system has no locks: what others may have claimed waits for the end of its lease.
    Unknown,
}

/// The lock of a route, and who else is there.
pub(super) async fn look(database: &Path, route: Route) -> io::Result<(File, Company)> {
    let path = beside(database, route);
    blocking(move || {
        let lock = private().create_new(false).create(true).truncate(false).open(path)?;
        let company = match lock.try_lock() {
            Ok(()) => Company::Nobody,
            Err(TryLockError::WouldBlock) => Company::Others,
            Err(TryLockError::Error(_)) => Company::Unknown,
        };
        Ok((lock, company))
    })
    .await
}

/// From now on together with others; waits for whoever looks just now.
pub(super) async fn join(lock: File) -> io::Result<File> {
    blocking(move || {
        lock.unlock()?;
        lock.lock_shared()?;
        Ok(lock)
    })
    .await
}

fn beside(database: &Path, route: Route) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(match route {
        Route::Members => "-members.lock",
        Route::Terminal => "-terminal.lock",
    });
    path.into()
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
