import { Secret, TOTP } from 'otpauth';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';

/** RFC 6238: steps of 30 s (section 5.2), SHA-1 and 6 digits, which is what every authenticator app can. */
const STEP_MS = 30_000;
/** Steps to either side that still count: clocks of phones and people's slowness (section 6). */
const WINDOW = 1;
/** Bytes of a secret (RFC 4226, section 4, R6). */
const SECRET_BYTES = 20;
const RECOVERY_CODES = 8;
const RECOVERY_LETTERS = 12;
/** Without what looks like another: 31 letters, almost 5 bits each. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer: 'Red Sail Station', label, secret: Secret.fromBase32(secret), period: 30, digits: 6 });

/** A text that people copy by hand, in groups of four: `letters` of almost 5 bits each, out of a secret of 256 random bits. */
export function copiedText(random: string, letters: number): string {
  const bytes = [...Buffer.from(random, 'base64url')].slice(0, letters);
  const text = bytes.map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return text.replaceAll(/.{4}(?=.)/g, '$&-');
}

function newTotpSecret(random: string): string {
  const bytes = new Uint8Array(Buffer.from(random, 'base64url')).slice(0, SECRET_BYTES);
  return new Secret({ buffer: bytes.buffer }).base32;
}

/** What the QR code of an enrolment says (the otpauth key URI format). */
function totpUri(secret: string, account: string): string {
  return totpOf(secret, account).toString();
}

/** The step whose code this is, or null where it is none of those that count now. */
function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code.replaceAll(/\s/g, ''), timestamp: nowMs, window: WINDOW });
  return delta === null ? null : Math.floor(nowMs / STEP_MS) + delta;
}

export interface SecondFactorDeps {
  readonly database: ServerDatabase;
  readonly now: () => number;
  readonly newSecret: () => string;
}

/** Codes of accounts that have a second step. Each code lets in once. */
export function createSecondFactor({ database: { db, exclusive }, now, newSecret }: SecondFactorDeps) {
  const hashOf = (account: string, code: string) =>
    sha256Text(`${account} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);

  /** Uses a code up: of the app, or one of those for recovery. False where it is neither, or was used before. */
  async function use(account: string, code: string): Promise<boolean> {
    const row = await db.selectFrom('accounts').select('totp_secret').where('account', '=', account).executeTakeFirst();
    const secret = row?.totp_secret ?? null;
    if (secret === null) return false;
    const step = stepOfCode(secret, code, now());
    if (step === null) {
      const used = await db
        .deleteFrom('recovery_codes')
        .where('code_hash', '=', hashOf(account, code))
        .executeTakeFirst();
      return used.numDeletedRows > 0n;
    }
    const taken = await db
      .updateTable('accounts')
      .set({ totp_step: step })
      .where('account', '=', account)
      .where('totp_step', '<', step)
      .executeTakeFirst();
    return taken.numUpdatedRows > 0n;
  }

  return {
    use,

    /** A new secret that counts once a code of it has been given. */
    async begin(account: string): Promise<{ secret: string; uri: string }> {
      const secret = newTotpSecret(newSecret());
      await db.updateTable('accounts').set({ totp_pending: secret }).where('account', '=', account).execute();
      return { secret, uri: totpUri(secret, account) };
    },

    /** The new secret counts from now on, with new codes for recovery; null where the code is not of it. */
    async confirm(account: string, code: string): Promise<string[] | null> {
      return exclusive(async (transaction) => {
        const row = await transaction
          .selectFrom('accounts')
          .select('totp_pending')
          .where('account', '=', account)
          .executeTakeFirst();
        const secret = row?.totp_pending ?? null;
        const step = secret === null ? null : stepOfCode(secret, code, now());
        if (step === null) return null;
        const codes = Array.from({ length: RECOVERY_CODES }, () => copiedText(newSecret(), RECOVERY_LETTERS));
        await transaction
          .updateTable('accounts')
          .set({ totp_secret: secret, totp_pending: null, totp_step: step })
          .where('account', '=', account)
          .execute();
        await transaction.deleteFrom('recovery_codes').where('account', '=', account).execute();
        await transaction
          .insertInto('recovery_codes')
          .values(codes.map((each) => ({ account, code_hash: hashOf(account, each) })))
          .execute();
        return codes;
      });
    },

    /** One step is enough again. */
    async drop(account: string): Promise<void> {
      await exclusive(async (transaction) => {
        await transaction
          .updateTable('accounts')
          .set({ totp_secret: null, totp_pending: null })
          .where('account', '=', account)
          .execute();
        await transaction.deleteFrom('recovery_codes').where('account', '=', account).execute();
      });
    },
  };
}

export type SecondFactor = ReturnType<typeof createSecondFactor>;
