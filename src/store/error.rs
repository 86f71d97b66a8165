//! What can go wrong with a store, each with its remedy.

use thiserror::Error;

/// Which database it was, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The database: the path of its file, or its address.
    pub at: String,
    /// What went wrong, in the words of the database or the system.
    pub cause: String,
}

/// Why the store did not do what it was asked. In each case but `Other` the database is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Somebody else holds the database for longer than we wait.
    #[error(
        "the database `{at}` is locked by another program ({cause}); \
         close that program or wait until it is done, then try again",
        at = .0.at, cause = .0.cause
    )]
    Locked(Fault),
    /// It can be read only.
    #[error(
        "the database `{at}` is read-only ({cause}); \
         make the file and its folder writable, or name another file in `DATABASE_URL`",
        at = .0.at, cause = .0.cause
    )]
    ReadOnly(Fault),
    /// It is damaged, or no database at all.
    #[error(
        "the database `{at}` is damaged ({cause}) and was left as it is; \
         restore it from a backup, or move it away to start with an empty one",
        at = .0.at, cause = .0.cause
    )]
    Corrupt(Fault),
    /// It is sound, but not Charley's.
    #[error(
        "the database `{at}` belongs to another program ({cause}) and was left as it is; \
         name another file in `DATABASE_URL`",
        at = .0.at, cause = .0.cause
    )]
    Foreign(Fault),
    /// A newer version of this program has changed its tables.
    #[error(
        "the database `{at}` was made by a newer charley ({cause}) and was left as it is; \
         install that version, or name another file in `DATABASE_URL`",
        at = .0.at, cause = .0.cause
    )]
    Newer(Fault),
    /// There is no room left.
    #[error(
        "the disk of the database `{at}` is full ({cause}); free some space, then try again",
        at = .0.at, cause = .0.cause
    )]
    Full(Fault),
    /// It cannot be opened at all.
    #[error(
        "the database `{at}` cannot be opened ({cause}); \
         name in `DATABASE_URL` a file that you may read and write, in a folder that is there",
        at = .0.at, cause = .0.cause
    )]
    Unreachable(Fault),
    /// The conversation changed after it was loaded.
    #[error("somebody else changed the conversation meanwhile; try again")]
    Conflict,
    /// The event was answered before.
    #[error("this was answered before; nothing is left to do")]
    AlreadyHandled,
    /// Anything else.
    #[error(
        "the database `{at}` failed ({cause}); \
         try again, and report it with this line if it stays",
        at = .0.at, cause = .0.cause
    )]
    Other(Fault),
}
