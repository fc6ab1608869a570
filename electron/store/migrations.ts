/** Numbered by their place; each runs once, in one transaction. Never edit one that has landed: add another. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE events (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    terminal TEXT NOT NULL,
    n        INTEGER NOT NULL,
    hlc      TEXT NOT NULL,
    subject  TEXT NOT NULL,
    json     TEXT NOT NULL,
    UNIQUE (terminal, n)
  ) STRICT;
  CREATE INDEX events_by_subject ON events (subject, hlc, terminal, n);

  -- Projection of the log: what the events of a subject add up to, and the last of them in the ledger's order.
  CREATE TABLE subjects (
    subject  TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    hlc      TEXT NOT NULL,
    terminal TEXT NOT NULL,
    n        INTEGER NOT NULL,
    state    TEXT NOT NULL,
    type     TEXT,
    station  TEXT,
    status   TEXT,
    borrower TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX subjects_by_kind ON subjects (kind, station, type, status);
  CREATE INDEX subjects_by_borrower ON subjects (borrower) WHERE borrower IS NOT NULL;

  -- One row: where this terminal's chain, clock and sync stand.
  CREATE TABLE head (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    terminal  TEXT NOT NULL,
    n         INTEGER NOT NULL,
    hash      TEXT NOT NULL,
    hlc_ms    INTEGER NOT NULL,
    hlc_count INTEGER NOT NULL,
    acked     INTEGER NOT NULL,
    cursor    INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- An own event that the server holds in quarantine keeps its place in the chain, but is not folded (held = 1): the
  -- server's version of it, if there comes one, has the same id. seen: the round in which the server last sent an event.
  CREATE TABLE events_2 (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    terminal TEXT NOT NULL,
    n        INTEGER NOT NULL,
    hlc      TEXT NOT NULL,
    subject  TEXT NOT NULL,
    held     INTEGER NOT NULL DEFAULT 0,
    seen     INTEGER NOT NULL DEFAULT 0,
    json     TEXT NOT NULL,
    UNIQUE (terminal, n)
  ) STRICT;
  INSERT INTO events_2 (seq, id, terminal, n, hlc, subject, json)
    SELECT seq, id, terminal, n, hlc, subject, json FROM events;
  DROP TABLE events;
  ALTER TABLE events_2 RENAME TO events;
  CREATE UNIQUE INDEX events_by_id ON events (id) WHERE held = 0;
  CREATE INDEX events_by_subject ON events (subject) WHERE held = 0;

  -- base: 0 the whole history of the subject is in the log; 1 it began with the server's snapshot and goes on from there;
  -- 2 something came that lies before the snapshot's state: the history must be fetched.
  ALTER TABLE subjects ADD COLUMN base INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX subjects_by_base ON subjects (base) WHERE base > 0;

  -- Events of others that another one has taken the place of; the server is asked to keep them.
  CREATE TABLE strays (
    id   TEXT PRIMARY KEY,
    json TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE head_2 (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    writer    TEXT NOT NULL,
    n         INTEGER NOT NULL,
    hash      TEXT NOT NULL,
    hlc_ms    INTEGER NOT NULL,
    hlc_count INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    acked     INTEGER NOT NULL,
    epoch     TEXT NOT NULL,
    round     INTEGER NOT NULL,
    gave      INTEGER NOT NULL,
    cursor    TEXT NOT NULL,
    from_start INTEGER NOT NULL,
    snapshot  TEXT
  ) STRICT;
  INSERT INTO head_2 (one, writer, n, hash, hlc_ms, hlc_count, offset_ms, acked, epoch, round, gave, cursor, from_start, snapshot)
    SELECT one, terminal, n, hash, hlc_ms, hlc_count, offset_ms, acked, '', 1, 1, '', 1, NULL FROM head;
  DROP TABLE head;
  ALTER TABLE head_2 RENAME TO head;
  `,
  `
  -- Which fold made the states (shared/ledger/fold.ts).
  ALTER TABLE head ADD COLUMN fold INTEGER NOT NULL DEFAULT 1;
  `,
];
