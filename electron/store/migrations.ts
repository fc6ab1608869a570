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
];
