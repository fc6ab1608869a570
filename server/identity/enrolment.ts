import { randomInt } from 'node:crypto';
import {
  CODE_ALPHABET,
  CODE_LENGTH,
  type EnrolRefusal,
  type EnrolRequest,
  type EnrolResponse,
  readCode,
} from '#shared/contract/identity.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Kysely } from 'kysely';
import { createTries } from '../console/tries.ts';
import { newestRoot } from '../releases/repository.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import type { Terminals } from '../store/terminals.ts';
import { keyidOf } from './keys.ts';

const CODE_LIFE_MS = 15 * 60_000;
/** Codes are told apart from wrong ones for this long after their end. */
const REMEMBERED_MS = 24 * 3_600_000;
const PAUSE_MS = 15 * 60_000;
/** Codes tried from one address, and from all together, within a pause. */
const MOST_TRIES_OF_ADDRESS = 10;
const MOST_TRIES = 200;

export interface EnrolmentDeps {
  readonly database: ServerDatabase;
  readonly terminals: Terminals;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 64 hex digits; null where this server was not given it. */
  readonly communityKey: string | null;
}

/** A code as the console shows it, once: only its hash is kept. */
export interface IssuedCode {
  readonly code: string;
  readonly expiresMs: number;
}

export interface CodeFor {
  readonly station: string;
  /** A terminal that is to be enrolled anew, under its old name. */
  readonly terminal?: string;
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}

/** The next free name at a station: `LD-3`. A name under which events were written is never given to another device. */
async function freeName(transaction: Kysely<Tables>, station: string): Promise<string> {
  const known = await transaction.selectFrom('terminals').select('id').execute();
  const writers = await transaction.selectFrom('writers').select('writer as id').execute();
  const places = [...known, ...writers].flatMap(({ id }) => {
    const place = new RegExp(`^${station}-(\\d+)(?:-|$)`).exec(id)?.[1];
    return place === undefined ? [] : [Number(place)];
  });
  return `${station}-${Math.max(0, ...places) + 1}`;
}

/** Where a new terminal's trust in leaflets begins, if the ceremony was held. */
async function contentRoot(db: Kysely<Tables>): Promise<Pick<EnrolResponse, 'contentRoot'>> {
  const root = await newestRoot(db);
  return root === null ? {} : { contentRoot: root.text };
}

/** Codes by which devices become terminals: each good for one device and a quarter of an hour. */
export function createEnrolment({ database, terminals, now, communityKey }: EnrolmentDeps) {
  const triesOfAddress = createTries({ most: MOST_TRIES_OF_ADDRESS, pauseMs: PAUSE_MS, now });
  const tries = createTries({ most: MOST_TRIES, pauseMs: PAUSE_MS, now });

  return {
    async issue({ station, terminal }: CodeFor): Promise<IssuedCode> {
      const code = newCode();
      const expiresMs = now() + CODE_LIFE_MS;
      const { db } = database;
      await db
        .deleteFrom('enrolment_codes')
        .where('expires_ms', '<', now() - REMEMBERED_MS)
        .execute();
      await db
        .insertInto('enrolment_codes')
        .values({
          code_hash: sha256Text(code),
          station,
          terminal: terminal ?? null,
          expires_ms: expiresMs,
          used_ms: null,
          keyid: null,
        })
        .execute();
      return { code, expiresMs };
    },

    /** Takes a code and a key that its caller was seen to have. The same two again are answered as before. */
    async enrol(request: EnrolRequest, address: string): Promise<Result<EnrolResponse, EnrolRefusal>> {
      if (communityKey === null) return err('no-community-key');
      // Counted before the code is looked at: many tries at once are many tries.
      if (!triesOfAddress.take(address) || !tries.take('')) return err('too-many-tries');
      const code = readCode(request.code);
      if (code === null) return err('wrong-code');
      const { publicKey, keyStore } = request;
      const device = request.device.replaceAll(/\p{C}/gu, '').trim();
      const keyid = keyidOf(publicKey);
      const answer = await database.exclusive(async (transaction): Promise<Result<EnrolResponse, EnrolRefusal>> => {
        const row = await transaction
          .selectFrom('enrolment_codes')
          .selectAll()
          .where('code_hash', '=', sha256Text(code))
          .executeTakeFirst();
        if (row === undefined) return err('wrong-code');
        const { station } = row;
        if (row.used_ms !== null) {
          const known = row.keyid === keyid && row.terminal !== null ? row.terminal : null;
          const revocation = known === null ? null : await terminals.revocationOf(transaction, known);
          if (known === null || revocation === null) return err('used-code');
          return ok({ terminal: known, station, communityKey, revocation, ...(await contentRoot(transaction)) });
        }
        if (row.expires_ms <= now()) return err('expired-code');
        const id = row.terminal ?? (await freeName(transaction, station));
        const revocation = await terminals.register(transaction, { id, station, publicKey, keyid, device, keyStore });
        await transaction
          .updateTable('enrolment_codes')
          .set({ used_ms: now(), terminal: id, keyid })
          .where('code_hash', '=', row.code_hash)
          .execute();
        return ok({ terminal: id, station, communityKey, revocation, ...(await contentRoot(transaction)) });
      });
      if (answer.ok) triesOfAddress.forget(address);
      return answer;
    },
  };
}

export type Enrolment = ReturnType<typeof createEnrolment>;
