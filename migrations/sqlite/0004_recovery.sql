-- A person's plan, wherever they are. As with conversations, `id` is never given twice. `way` is how
-- an adapter gets back to where it was agreed on, in the adapter's own words.
CREATE TABLE plans (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    person  INTEGER NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    way     TEXT,
    changed INTEGER NOT NULL
) STRICT;

-- What became of a reminder: planned, said (decided on, and on its way), sent (it arrived as
-- `message`), failed or skipped (`reason` says why), answered. A timer of a cramp goes once it was
-- said; a reminder of a plan stays until its plan is gone. `tried` is how often it was taken up.
DROP INDEX reminders_to_claim;
ALTER TABLE reminders ADD COLUMN of_plan INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reminders ADD COLUMN state TEXT NOT NULL DEFAULT 'planned';
ALTER TABLE reminders ADD COLUMN message INTEGER;
ALTER TABLE reminders ADD COLUMN reason TEXT;
ALTER TABLE reminders ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;

UPDATE reminders SET state = 'failed', reason = failure WHERE failure IS NOT NULL;
ALTER TABLE reminders DROP COLUMN failure;

UPDATE reminders SET step = 'let_go_3' WHERE step = '"let_go3"';
UPDATE reminders SET step = 'let_go_10' WHERE step = '"let_go10"';
UPDATE reminders SET step = 'let_go_15' WHERE step = '"let_go15"';

CREATE INDEX reminders_to_claim ON reminders ((person = 0), of_plan, next_try)
    WHERE state = 'planned';
CREATE INDEX reminders_that_failed ON reminders (due) WHERE state = 'failed';

-- The reminder that a reply brings, what it is for and when it was due, and how to reach the place
-- where its plan was agreed on: the place to fall back to, or the first to go to (`here`). `held`
-- says why it could not be brought; such a reply waits for the person's next word.
ALTER TABLE outbox ADD COLUMN reminder INTEGER;
ALTER TABLE outbox ADD COLUMN step TEXT;
ALTER TABLE outbox ADD COLUMN due INTEGER;
ALTER TABLE outbox ADD COLUMN fallback TEXT;
ALTER TABLE outbox ADD COLUMN here INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN held TEXT;
