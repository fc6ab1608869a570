import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { manifestPath } from '#shared/content/release.ts';
import { beginWaves, splitIntoWaves, stopWaves } from '#shared/content/waves.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { markPublished, publishable } from '../leaflets/publishing.ts';
import { readStations } from '../leaflets/stations.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import { readChannels, setChannels } from './channels.ts';
import { compareTitles, type Composed, composeRelease, type ReleasedTitle, standingTitles } from './compose.ts';
import { isSignedBy, noteOf, signedTargets, type TargetNote, targetsText, targetsToSign } from './metadata.ts';
import type { OnlineKeys } from './online-keys.ts';
import { changeRelease, findRelease, insertRelease, newestRelease, type Release } from './release-rows.ts';
import { newestRoot, onlineState, putMetadata, putTarget, servedTargets, signAnew } from './repository.ts';
import { keyOf } from './signing-keys.ts';

export interface PublishDeps {
  readonly database: ServerDatabase;
  readonly keys: OnlineKeys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets all terminals read a file. False where it is not here. */
  readonly openFile: (hash: string) => Promise<boolean>;
}

export interface Prepared {
  readonly release: number;
  readonly toSign: string;
  readonly hash: string;
  readonly added: readonly ReleasedTitle[];
  readonly removed: readonly ReleasedTitle[];
  /** An emergency comes or goes: there are no waves. */
  readonly emergency: boolean;
}

export type PrepareFault = 'nothing' | 'no-root';
export type PublishFault = 'changed' | 'wrong-signature' | 'files-gone';

export interface Signed {
  readonly hash: string;
  readonly keyid: string;
  /** Ed25519, hex. */
  readonly signature: string;
  /** Sizes of the waves but the last. */
  readonly waves: readonly number[];
}

/** Releases before it that stay listed, so that stations can go back to them. */
const KEPT_RELEASES = 3;
/** Approved metadata that end within this time may be signed anew though nothing else has changed. */
const RENEW_WITHIN_MS = 60 * 86_400_000;

const manifestsSchema = z.record(z.string(), z.string());

/** What the next release would be, as things are now. */
async function compose(db: Kysely<Tables>, nowMs: number): Promise<Composed & { readonly release: number }> {
  const release = ((await newestRelease(db))?.release ?? 0) + 1;
  const { zones } = await readStations(db);
  return { release, ...composeRelease(release, await publishable(db, nowMs), [...zones.keys()]) };
}

/** The targets of releases that may still be shown or gone back to. */
async function listedBefore(db: Kysely<Tables>, release: number): Promise<Record<string, TargetNote>> {
  const state = await onlineState(db);
  const served = state === null ? null : await servedTargets(db, state.versions.targets);
  if (served === null) return {};
  const shown = new Set((await readChannels(db)).values());
  const isKept = (path: string) => {
    const number = Number(path.split('/')[1]);
    return number >= release - KEPT_RELEASES || shown.has(number);
  };
  return Object.fromEntries(
    Object.values(served.signed.targets)
      .filter(({ path }) => isKept(path))
      .map(({ path, length, hashes }) => [path, { length, hashes: { sha256: hashes['sha256'] ?? '' } }]),
  );
}

/** Whether what is served now would be signed the same way again: by a key that still counts, and not about to end. */
async function isServedWell(db: Kysely<Tables>, keys: OnlineKeys, nowMs: number): Promise<boolean> {
  const root = (await newestRoot(db))?.root;
  const state = await onlineState(db);
  const served = state === null ? null : await servedTargets(db, state.versions.targets);
  if (root === undefined || served === null) return false;
  return (
    isSignedBy(root, 'targets', served) &&
    served.signed.delegations?.keys[keys.stations.keyid] !== undefined &&
    Date.parse(served.signed.expires) > nowMs + RENEW_WITHIN_MS
  );
}

/**
 * What a new release is compared with: the newest one, or, where its stations were not all reached or went back from it, what they
 * are to show instead.
 */
async function titlesBefore(db: Kysely<Tables>, last: Release | null): Promise<readonly ReleasedTitle[]> {
  if (last === null) return [];
  if (last.state !== 'rolled-back' && last.state !== 'stopped') return last.titles;
  const channels = await readChannels(db);
  const titlesOf = new Map<number, readonly ReleasedTitle[]>();
  for (const number of new Set(channels.values())) {
    const release = number === null ? null : await findRelease(db, number);
    if (release !== null) titlesOf.set(release.release, release.titles);
  }
  return standingTitles(channels, titlesOf);
}

/** An emergency comes to all at once, and goes from all at once. */
function isUrgent({ added, removed }: ReturnType<typeof compareTitles>): boolean {
  return [...added, ...removed].some(({ emergency }) => emergency);
}

/** From what is approved to a signed release on its way. */
export function createPublishing({ database, keys, now, openFile }: PublishDeps) {
  const { db, exclusive } = database;

  async function prepareIn(transaction: Transaction<Tables>): Promise<Result<Prepared, PrepareFault>> {
    if ((await newestRoot(transaction)) === null) return err('no-root');
    const { release, manifests, titles } = await compose(transaction, now());
    const last = await newestRelease(transaction);
    const news = compareTitles(await titlesBefore(transaction, last), titles);
    const { added, removed } = news;
    const isSame = added.length === 0 && removed.length === 0 && last !== null && last.state !== 'rolled-back';
    if ((isSame && (await isServedWell(transaction, keys, now()))) || (last === null && titles.length === 0)) {
      return err('nothing');
    }
    const targets = await listedBefore(transaction, release);
    for (const [station, json] of manifests) targets[manifestPath(release, station)] = noteOf(json);
    const toSign = targetsToSign({ version: release, nowMs: now(), targets, stations: keys.stations });
    const hash = sha256Text(toSign);
    await transaction
      .insertInto('release_drafts')
      .values({
        hash,
        release,
        to_sign: toSign,
        manifests: JSON.stringify(Object.fromEntries(manifests)),
        leaflets: JSON.stringify(titles),
        made_ms: now(),
      })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
    return ok({ release, toSign, hash, added, removed, emergency: isUrgent(news) });
  }

  /** What was signed, if it is still what would be signed now. */
  async function draftOf(transaction: Transaction<Tables>, hash: string) {
    const row = await transaction.selectFrom('release_drafts').selectAll().where('hash', '=', hash).executeTakeFirst();
    if (row === undefined) return null;
    const { release, manifests, titles } = await compose(transaction, now());
    const drafted = manifestsSchema.parse(JSON.parse(row.manifests));
    const isStill =
      row.release === release &&
      manifests.size === Object.keys(drafted).length &&
      [...manifests].every(([station, json]) => drafted[station] === json);
    return isStill ? { release, toSign: row.to_sign, manifests, titles } : null;
  }

  /** Those that can prove it come first, then by their codes. */
  async function stationsInOrder(transaction: Transaction<Tables>, stations: Iterable<string>): Promise<string[]> {
    const heard = await transaction
      .selectFrom('content_reports')
      .select(['station', 'received_ms'])
      .orderBy('received_ms', 'desc')
      .execute();
    const lastMs = new Map(heard.map(({ station, received_ms }) => [station, received_ms]));
    return [...stations].sort((a, b) => (lastMs.get(b) ?? 0) - (lastMs.get(a) ?? 0) || (a < b ? -1 : 1));
  }

  async function publishIn(
    transaction: Transaction<Tables>,
    account: string,
    { hash, keyid, signature, waves: sizes }: Signed,
  ): Promise<Result<{ readonly release: Release; readonly poked: ReadonlySet<string> }, PublishFault>> {
    const draft = await draftOf(transaction, hash);
    if (draft === null) return err('changed');
    const { release, toSign, manifests, titles } = draft;
    const root = (await newestRoot(transaction))?.root;
    const own = await keyOf(transaction, account);
    const metadata = signedTargets(toSign, keyid, signature);
    if (root === undefined || own?.keyid !== keyid || !isSignedBy(root, 'targets', metadata)) {
      return err('wrong-signature');
    }
    for (const [station, json] of manifests) {
      await putTarget(transaction, { path: manifestPath(release, station), station, json });
    }
    await putMetadata(transaction, { [`${release}.targets.json`]: targetsText(metadata) });
    if (!(await markPublished(release, titles, transaction))) throw new Error('what is publishable was just read');

    const last = await newestRelease(transaction);
    const isAtOnce = isUrgent(compareTitles(await titlesBefore(transaction, last), titles));
    if (last?.state === 'rolling') {
      await changeRelease(transaction, last, { state: 'replaced', waves: stopWaves(last.waves) });
    }
    const before = await readChannels(transaction);
    const order = await stationsInOrder(transaction, manifests.keys());
    const inWaves = splitIntoWaves(order, isAtOnce ? [] : sizes);
    const waves = beginWaves(inWaves, now());
    const first = waves[0]?.stations ?? [];
    const all = new Map(order.map((station) => [station, before.get(station) ?? null]));
    await setChannels(transaction, new Map([...all, ...first.map((station) => [station, release] as const)]));
    const row: Release = {
      release,
      approver: account,
      publishedMs: now(),
      hash: sha256Text(toSign),
      state: 'rolling',
      waves,
      fault: null,
      titles,
      before: Object.fromEntries(all),
    };
    await insertRelease(transaction, row);
    await signAnew(transaction, { nowMs: now(), keys, targets: release });
    await transaction.deleteFrom('release_drafts').execute();
    return ok({ release: row, poked: new Set(first) });
  }

  return {
    /** What publishing now would sign. It is kept, so that what comes back signed is known. */
    prepare: (): Promise<Result<Prepared, PrepareFault>> => exclusive(prepareIn),

    /** Makes the release, all of it or nothing. `poked`: stations that are to show it now. */
    async publish(account: string, signed: Signed) {
      // Files are opened first: a release never names what a terminal can't have.
      const { files } = await compose(db, now());
      for (const { hash } of files) if (!(await openFile(hash))) return err('files-gone' as const);
      return exclusive((transaction) => publishIn(transaction, account, signed));
    },
  };
}
