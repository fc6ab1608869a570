import type { Generated } from 'kysely';
import type { LeafletTables } from '../leaflets/tables.ts';
import type { PeopleTables } from '../people/tables.ts';
import type { ReleaseTables } from '../releases/tables.ts';

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
  /** Who may pull it: `*` every terminal, a station's code its terminals, `-` nobody. */
  audience: string;
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
  /** What people call the machine. */
  device: string;
  /** Who keeps the private key there: `os` or `file`. */
  key_store: string;
  /** Null where it was known before there were keys, and has none. */
  enrolled_ms: number | null;
  heard_ms: number | null;
  revoked_ms: number | null;
  /** The word that proves to the terminal that it is revoked; the terminal has its hash. */
  revocation: string;
}

/** Each terminal's public key, and while one takes over from another, both. */
interface TerminalKeysTable {
  /** JWK thumbprint (contract/identity.ts). */
  keyid: string;
  terminal: string;
  /** 32 bytes, base64url. */
  public_key: string;
  made_ms: number;
  /** 1 where it is announced and was not used yet, else 0. */
  next: number;
}

interface EnrolmentCodesTable {
  /** SHA-256, hex. */
  code_hash: string;
  station: string;
  /** The terminal that it is for, or that it was used for; null before, where it is for a new one. */
  terminal: string | null;
  expires_ms: number;
  used_ms: number | null;
  /** The key that used it. */
  keyid: string | null;
}

/** The chains of all writers but the server's own. */
interface WritersTable {
  writer: string;
  /** n and hash of the last link that is held, in the log or in quarantine. */
  acked: number;
  head_hash: string;
}

/** What the server knows of its own log. */
interface LogTable {
  one: number;
  /** Name of this log; another after it was put back from an older backup. */
  epoch: string;
  /** The name under which the server writes its own events. */
  writer: string;
  /** Which fold made the states (shared/ledger/fold.ts). */
  fold: number;
}

/** Events that the server had lost and a terminal has given back: they wait until their own writer has had its say. */
interface ReturnedTable {
  id: string;
  /** The device that wrote it. */
  owner: string;
  writer: string;
  n: number;
  json: string;
  received_ms: number;
}

/** What was sent and not taken: kept as it came, with the reason. */
interface QuarantineTable {
  /** SHA-256, hex, of terminal, code and raw text: sent twice, kept once. */
  key: string;
  /** The device that sent it. */
  terminal: string;
  /** Where it keeps its place in a chain: whose, which, and its hash. All null where it keeps none. */
  writer: string | null;
  n: number | null;
  hash: string | null;
  event_id: string | null;
  code: string;
  raw: string;
  received_ms: number;
  /** When a person let it in; null while it waits for one. */
  settled_ms: number | null;
  /** Whose account that was. */
  settled_by: string | null;
}

interface AccountsTable {
  account: string;
  name: string;
  /** JSON array of roles. */
  roles: string;
  /** argon2id, encoded. */
  verifier: string;
  disabled_ms: Generated<number | null>;
  /** 1: the password is one that somebody else chose. */
  must_change: Generated<number>;
  signed_in_ms: Generated<number | null>;
  /** Base32; null: there is no second step. */
  totp_secret: Generated<string | null>;
  /** One that has not been proved yet. */
  totp_pending: Generated<string | null>;
  /** The last step whose code was used: neither it nor one before it lets in again. */
  totp_step: Generated<number>;
}

interface SessionsTable {
  /** SHA-256, hex, of the cookie's secret. */
  secret_hash: string;
  account: string;
  created_ms: number;
  seen_ms: number;
}

/** What was done at the console, and what was refused: a chain. */
export interface AuditTable {
  seq: number;
  at_ms: number;
  account: string;
  /** A call of the console by its path. */
  act: string;
  /** JSON object of strings. */
  about: string;
  address: string;
  outcome: string;
  /** Hash of the entry before; zeros for the first. */
  prev: string;
  /** SHA-256, hex (server/audit/audit.ts). */
  hash: string;
}

/** What has run, with its time: the table of kysely's own Migrator, with which the first versions worked. */
interface MigrationsTable {
  name: string;
  timestamp: string;
}

export interface Tables extends LeafletTables, ReleaseTables, PeopleTables {
  kysely_migration: MigrationsTable;
  events: EventsTable;
  subjects: SubjectsTable;
  terminals: TerminalsTable;
  terminal_keys: TerminalKeysTable;
  enrolment_codes: EnrolmentCodesTable;
  writers: WritersTable;
  log: LogTable;
  returned: ReturnedTable;
  quarantine: QuarantineTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
  audit: AuditTable;
}
