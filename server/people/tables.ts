import type { Kysely, RawBuilder } from 'kysely';

/** What keeps guessers out: tries by account and by address. */
interface SignInTriesTable {
  /** `account:` or `address:` and the SHA-256 of the name: whoever reads the table doesn't learn who was tried. */
  key: string;
  tries: number;
  last_ms: number;
  locked_until_ms: number;
}

interface RecoveryCodesTable {
  /** SHA-256 of account and code; a code has 60 random bits. The row goes when it is used. */
  code_hash: string;
  account: string;
}

export interface PeopleTables {
  sign_in_tries: SignInTriesTable;
  recovery_codes: RecoveryCodesTable;
}

interface ColumnTypes {
  readonly text: RawBuilder<unknown>;
  readonly whole: RawBuilder<unknown>;
}

/** The migration `0010-people`. */
export const makePeopleTables =
  ({ text, whole }: ColumnTypes) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await db.schema.alterTable('accounts').addColumn('disabled_ms', whole).execute();
    await db.schema
      .alterTable('accounts')
      .addColumn('must_change', whole, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('accounts').addColumn('signed_in_ms', whole).execute();
    await db.schema.alterTable('accounts').addColumn('totp_secret', text).execute();
    await db.schema.alterTable('accounts').addColumn('totp_pending', text).execute();
    await db.schema
      .alterTable('accounts')
      .addColumn('totp_step', whole, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('sign_in_tries')
      .addColumn('key', text, (column) => column.primaryKey())
      .addColumn('tries', whole, (column) => column.notNull())
      .addColumn('last_ms', whole, (column) => column.notNull())
      .addColumn('locked_until_ms', whole, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('recovery_codes')
      .addColumn('code_hash', text, (column) => column.primaryKey())
      .addColumn('account', text, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sessions_by_account').on('sessions').column('account').execute();
  };
