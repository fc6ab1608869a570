/** Tables of the community server; the same on SQLite and PostgreSQL. Times are milliseconds since 1970. */
interface EventsTable {
  /** The server's own order, from 1, no gaps. */
  seq: number;
  id: string;
  terminal: string;
  n: number;
  hlc: string;
  subject: string;
  type: string;
  scope: string;
  station: string | null;
  received_ms: number;
  /** The event in canonical JSON, as it was hashed. */
  json: string;
}

/** Projection of the log: a subject's state, its last event, and columns to search by. */
export interface SubjectsTable {
  subject: string;
  kind: string;
  hlc: string;
  terminal: string;
  n: number;
  state: string;
  /** Small letters: what a search looks into. */
  words: string;
  type: string | null;
  station: string | null;
  status: string | null;
  lent_ms: number | null;
  due_ms: number | null;
  /** Number of open exceptions. */
  exceptions: number;
}

interface TerminalsTable {
  id: string;
  station: string;
  /** SHA-256, hex, of its token. */
  token_hash: string;
  /** n and hash of the last event held without a gap. */
  acked: number;
  head_hash: string;
  heard_ms: number | null;
}

/** What was sent and not taken: kept as it came, with the reason. */
interface QuarantineTable {
  /** SHA-256, hex, of terminal, code and raw text: sent twice, kept once. */
  key: string;
  terminal: string;
  code: string;
  raw: string;
  received_ms: number;
}

interface AccountsTable {
  account: string;
  name: string;
  /** JSON array of roles. */
  roles: string;
  /** argon2id, encoded. */
  verifier: string;
}

interface SessionsTable {
  /** SHA-256, hex, of the cookie's secret. */
  secret_hash: string;
  account: string;
  created_ms: number;
  seen_ms: number;
}

export interface Tables {
  events: EventsTable;
  subjects: SubjectsTable;
  terminals: TerminalsTable;
  quarantine: QuarantineTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
}
