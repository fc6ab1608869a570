import type { ServerOptions } from '#server/create-server.ts';
import type { DatabaseChoice } from '#server/store/database.ts';
import type { SeenVersion } from '#server/leaflets/leaflets.ts';
import { ALWAYS, fileSchema, type LeafletContent, type LeafletFile } from '#shared/content/leaflet.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import type { Result } from '#shared/result.ts';
import { seedDrafts } from '../../../fixtures/ledger-world.ts';
import { startServer } from '../server-world.ts';

/** A server that knows the stations LD and LF. */
export async function leafletServer(database: DatabaseChoice, options: Partial<ServerOptions> = {}) {
  const world = await startServer(database, options);
  await world.server.log.append(seedDrafts());
  return { ...world, leaflets: world.server.leaflets };
}

/** A notice for everybody, always. */
export function notice(zh: string, changed: Partial<LeafletContent> = {}): LeafletContent {
  return {
    title: { zh },
    summary: { zh: '一句话' },
    category: 'services',
    tags: [],
    priority: 'normal',
    audience: { kind: 'all' },
    window: ALWAYS,
    body: { kind: 'notice', text: { zh } },
    ...changed,
  };
}

/** A file as if it had been uploaded; `mark` makes its hash. */
export function madeUpFile(type: LeafletFile['type'], mark: string): LeafletFile {
  const about = { hash: mark.repeat(64), bytes: 100 };
  if (type === 'application/pdf') return fileSchema.parse({ type, ...about, pages: 3 });
  if (type === 'video/mp4' || type === 'video/webm') return fileSchema.parse({ type, ...about });
  return fileSchema.parse({ type, ...about, width: 640, height: 480 });
}

/** The version, where there was no fault. */
export function done(outcome: Result<LeafletVersion, unknown>): LeafletVersion {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

export function seen({ leaflet, version, revision }: LeafletVersion): SeenVersion {
  return { leaflet, version, revision };
}

type Leaflets = Awaited<ReturnType<typeof leafletServer>>['leaflets'];

/** Written by `editor`, approved by `reviewer`. */
export async function approved(
  leaflets: Leaflets,
  content: LeafletContent,
  leaflet: string | null = null,
): Promise<LeafletVersion> {
  const draft = done(await leaflets.create('editor', content, leaflet));
  return done(await leaflets.approve('reviewer', seen(done(await leaflets.submit(seen(draft))))));
}
