import type { Transaction } from 'kysely';
import { stepWaves, stopWaves, type WaveTerminal } from '#shared/content/waves.ts';
import { OFFLINE_AFTER_MS } from '#shared/contract/content.ts';
import type { ReleaseRow } from '#shared/contract/releases.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Tables } from '../store/schema.ts';
import { readChannels, setChannels } from './channels.ts';
import { createPublishing, type PublishDeps, type PublishFault, type Signed } from './publish.ts';
import {
  changeRelease,
  findRelease,
  listReleases,
  newestRelease,
  type Release,
  releasesIn,
  told,
} from './release-rows.ts';
import { createReports, readReports } from './reports.ts';
import { GOOD_FOR_MS } from './metadata.ts';
import { onlineState, signAnew } from './repository.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** Called with the stations whose word has changed. */
export type Poke = (stations: ReadonlySet<string>) => void;

/** The server's own metadata are signed anew when half of their time is over. */
const RENEW_BEFORE_MS = GOOD_FOR_MS.timestamp / 2;

/** Releases: published, in waves, stopped, gone back from; and what terminals say of them. */
export function createReleases(deps: PublishDeps) {
  const { database, keys, now } = deps;
  const { db, exclusive } = database;
  const publishing = createPublishing(deps);
  const reports = createReports(database, now);
  const pokes = new Set<Poke>();

  function poke(stations: ReadonlySet<string>): void {
    if (stations.size > 0) for (const each of pokes) each(stations);
  }

  async function terminalsNow(transaction: Transaction<Tables>): Promise<WaveTerminal[]> {
    const known = await readReports(transaction);
    return known.map(({ terminal, station, report, onlineSinceMs }) => ({
      terminal,
      station,
      onlineSinceMs,
      online: report !== null && now() - report.receivedMs <= OFFLINE_AFTER_MS,
      showing: report?.showing?.release ?? null,
      progress: report?.progress ?? null,
    }));
  }

  /** All stations that are to show it show what they showed before; that is not replaced any more. */
  async function goBack(transaction: Transaction<Tables>, release: Release): Promise<ReadonlySet<string>> {
    const begun = release.waves.filter(({ state }) => state !== 'waiting').flatMap(({ stations }) => stations);
    const back = new Map(begun.map((station) => [station, release.before[station] ?? null]));
    await setChannels(transaction, back);
    await signAnew(transaction, { nowMs: now(), keys });
    for (const number of new Set((await readChannels(transaction)).values())) {
      const again = number === null ? null : await findRelease(transaction, number);
      if (again?.state !== 'replaced') continue;
      const isWhole = again.waves.every(({ state }) => state === 'healthy');
      await changeRelease(transaction, again, { state: isWhole ? 'everywhere' : 'stopped' });
    }
    return new Set(back.keys());
  }

  async function stepIn(transaction: Transaction<Tables>): Promise<ReadonlySet<string>> {
    const [rolling] = await releasesIn(transaction, 'rolling');
    if (rolling === undefined) return new Set();
    const { release, waves } = rolling;
    const step = stepWaves({ release, waves, terminals: await terminalsNow(transaction), nowMs: now() });
    switch (step.kind) {
      case 'wait':
        return new Set();
      case 'back': {
        const stations = await goBack(transaction, rolling);
        await changeRelease(transaction, rolling, { state: 'rolled-back', waves: step.waves, fault: step.fault });
        return stations;
      }
      case 'on': {
        await changeRelease(transaction, rolling, { waves: step.waves, state: step.done ? 'everywhere' : 'rolling' });
        if (step.done) {
          for (const old of await releasesIn(transaction, 'everywhere')) {
            if (old.release < release) await changeRelease(transaction, old, { state: 'replaced' });
          }
          return new Set();
        }
        const next = step.waves.find(({ state }) => state === 'running')?.stations ?? [];
        await setChannels(transaction, new Map(next.map((station) => [station, release])));
        await signAnew(transaction, { nowMs: now(), keys });
        return new Set(next);
      }
      default:
        return step satisfies never;
    }
  }

  return {
    prepare: publishing.prepare,

    async publish(account: string, signed: Signed): Promise<Result<ReleaseRow, PublishFault>> {
      const published = await publishing.publish(account, signed);
      if (!published.ok) return published;
      poke(published.value.poked);
      return ok(told(published.value.release));
    },

    list: (query: { readonly page: number; readonly pageSize: number }) => listReleases(db, query),

    /** Looks at what terminals say, and lets the waves go on or back. To be called after reports and now and then. */
    async step(): Promise<void> {
      if ((await releasesIn(db, 'rolling')).length === 0) return;
      poke(await exclusive(stepIn));
    },

    /** Ends the waves: no further station gets it. */
    stop(release: number): Promise<Result<ReleaseRow, 'conflict'>> {
      return exclusive(async (transaction) => {
        const found = await findRelease(transaction, release);
        if (found?.state !== 'rolling') return err('conflict');
        return ok(told(await changeRelease(transaction, found, { state: 'stopped', waves: stopWaves(found.waves) })));
      });
    },

    /** All of its stations go back to what they showed before. Only from the newest one: what came later has its own way back. */
    async rollBack(release: number): Promise<Result<ReleaseRow, 'conflict'>> {
      const done = await exclusive(async (transaction) => {
        const found = await newestRelease(transaction);
        if (found?.release !== release || !told(found).canGoBack) return null;
        const stations = await goBack(transaction, found);
        const after = await changeRelease(transaction, found, { state: 'rolled-back', waves: stopWaves(found.waves) });
        return { stations, row: told(after) };
      });
      if (done === null) return err('conflict');
      poke(done.stations);
      return ok(done.row);
    },

    /** Signs the server's own metadata anew where they are about to end. To be called now and then. */
    async renew(): Promise<void> {
      await exclusive(async (transaction) => {
        const state = await onlineState(transaction);
        if (state === null || state.freshUntilMs - now() > RENEW_BEFORE_MS) return;
        await signAnew(transaction, { nowMs: now(), keys });
      });
    },

    reports,
    whereabouts: (leaflet: string) => whereaboutsOf(db, leaflet),

    /** Returns how to stop listening. */
    onPoke(listener: Poke): () => void {
      pokes.add(listener);
      return () => pokes.delete(listener);
    },
  };
}

export type Releases = ReturnType<typeof createReleases>;
