-- `event` is what the reply answers. `way` is how its adapter brings it there, in the adapter's own
-- words; it holds no word of a member. `posted` is when it was decided on, `attempts` how often it
-- was taken up again after its sender had given up.
ALTER TABLE outbox ADD COLUMN event INTEGER;
ALTER TABLE outbox ADD COLUMN way TEXT;
ALTER TABLE outbox ADD COLUMN posted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

-- The message that answered it, and whether nobody had asked us: it goes when the question goes.
ALTER TABLE handled ADD COLUMN reply INTEGER;
ALTER TABLE handled ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;

CREATE INDEX handled_by_event ON handled (event) WHERE reply IS NOT NULL;

-- Where somebody's private conversation goes on, and their direct-message channel.
ALTER TABLE people ADD COLUMN talks_in INTEGER;
ALTER TABLE people ADD COLUMN direct INTEGER;
