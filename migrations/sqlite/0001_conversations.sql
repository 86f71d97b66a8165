-- Marks the file as ours ("Chly"), so that another program's database is never changed.
PRAGMA application_id = 1130916985;

-- Times are microseconds since 1970; persons and places are the chat service's numbers, bit for bit.

-- One row a person and place. `id` is never given twice, so that a turn which began before somebody
-- was erased cannot bring the erased conversation back.
CREATE TABLE conversations (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    person  INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    changed INTEGER NOT NULL,
    UNIQUE (person, place)
) STRICT;

-- `next_try` is `due`, and the end of the lease once somebody has claimed it.
-- `failure` says why a row was set aside; such a row holds up nobody.
CREATE TABLE reminders (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    person      INTEGER NOT NULL,
    place       INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    step        TEXT    NOT NULL,
    case_number INTEGER NOT NULL,
    next_try    INTEGER NOT NULL,
    failure     TEXT,
    UNIQUE (person, place, due, step, case_number)
) STRICT;

-- Person 0 is the one at the terminal, who has a scheduler of their own.
CREATE INDEX reminders_to_claim ON reminders ((person = 0), next_try) WHERE failure IS NULL;

-- Charley's own words on their way out; deleted once they have arrived.
CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    person   INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    next_try INTEGER NOT NULL,
    failure  TEXT
) STRICT;

CREATE INDEX outbox_to_claim ON outbox ((person = 0), next_try) WHERE failure IS NULL;
CREATE INDEX outbox_by_person ON outbox (person);

-- Which messages and presses were answered, so that a repeat is not answered again.
CREATE TABLE handled (
    person INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, place, event)
) STRICT, WITHOUT ROWID;

-- Small things that an adapter has to remember, such as the terminal's clock.
CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
