import type { Server } from '#server/create-server.ts';
import { ALWAYS } from '#shared/content/leaflet.ts';
import type { ContentReport } from '#shared/contract/content.ts';

const MANIFEST = 'ab'.repeat(32);
const LEAFLET = '01990000-0000-7000-8000-000000000007';
const SECOND = 1000;

const refused = { state: 'refused', release: 1, why: 'no-room', leaflet: null, detail: '41 MB are free' } as const;
const downloading = { state: 'downloading', release: 1, bytes: 1_500_000, total: 4_800_000 } as const;

/** What some terminals have signed, so many seconds ago; the others never reported. */
const SAID = [
  ['CH-1', 3, { showing: null, progress: downloading, screen: 'idle' }],
  ['DC-1', 12, { progress: { state: 'current' }, screen: 'leaflets' }],
  ['LD-1', 8, { progress: { state: 'current' }, screen: 'idle' }],
  ['LF-1', 400, { progress: { state: 'current' }, screen: 'sheet' }],
  ['YR-1', 20, { showing: null, progress: refused, screen: 'idle', stale: true }],
] as const satisfies readonly (readonly [string, number, Partial<ContentReport>])[];

/** Terminals that have reported, and one more leaflet to be published. */
export async function fillReleases(server: Server, clock: { setBack(ms: number): void; now(): number }): Promise<void> {
  const known = new Set((await server.terminals.list()).map(({ id }) => id));
  for (const [id, ago, said] of SAID) {
    if (!known.has(id)) continue;
    clock.setBack(ago * SECOND);
    await server.releases.reports.take(
      { id, station: id.slice(0, 2) },
      {
        seq: 1,
        atMs: clock.now(),
        showing: { release: 1, manifest: MANIFEST },
        stale: false,
        readings: [{ day: '2026-11-22', leaflet: LEAFLET, version: 1, shown: 40, opened: 6, seconds: 410 }],
        receipts: [],
        ...said,
      },
    );
  }
  clock.setBack(0);
  await server.leaflets.saveGroup({
    group: 'south',
    name: { zh: '南边三个园', en: 'The three gardens in the south' },
    stations: ['CH', 'LD', 'LF'],
  });
  const notice = {
    title: { zh: '周六测血压', en: 'Blood pressure on Saturday' },
    summary: { zh: '上午九点，驿站里，不用预约', en: 'At nine at the station, no appointment' },
    category: 'health',
    tags: [],
    priority: 'normal',
    audience: { kind: 'stations', stations: ['LD', 'LF'] },
    window: ALWAYS,
    body: { kind: 'notice', text: { zh: '周六上午九点，社区医生来驿站测血压。' } },
  } as const;
  const content = { ...notice, tags: [], audience: { kind: 'stations' as const, stations: ['LD', 'LF'] } };
  const draft = await server.leaflets.create('editor', content, null);
  if (!draft.ok) throw new Error(JSON.stringify(draft.error));
  const submitted = await server.leaflets.submit(draft.value);
  if (submitted.ok) await server.leaflets.approve('reviewer', submitted.value);
}
