import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Server } from '../create-server.ts';
import { seedAccounts } from './accounts.ts';
import { publishFirstRelease } from './first-release.ts';
import { seedFiles, seedLeaflets } from './leaflets/seed-leaflets.ts';
import { seedEvents } from './seed-events.ts';

/** What the demo decides: secrets that must not be in the code. */
export const demoFileSchema = z.object({
  /** 64 hex digits. */
  communityKey: z.string().regex(/^[0-9a-f]{64}$/),
  adminPassword: z.string().min(8),
});
export type DemoFile = z.infer<typeof demoFileSchema>;

/** The leaflets of the seed, written by one and approved by another, as people would. */
async function publishSeed({ leaflets, blobs, contentFiles }: Server): Promise<void> {
  if (blobs === null || (await leaflets.versions(seedLeaflets()[0]?.id ?? '')) !== null) return;
  for (const { path, file } of seedFiles()) {
    await blobs.put(createReadStream(path), 'server');
    await contentFiles.record(file, basename(path), 'editor');
  }
  for (const { id, content, draft } of seedLeaflets()) {
    const written = await leaflets.create('editor', content, null, id);
    if (!written.ok) throw new Error(`the seed's leaflet ${id} was not taken: ${JSON.stringify(written.error)}`);
    if (draft) continue;
    const submitted = await leaflets.submit(written.value);
    if (submitted.ok) await leaflets.approve('reviewer', submitted.value);
  }
}

/** Makes the accounts known, and fills an empty log with the community's seed. Safe to run again. */
export async function prepareDemo(server: Server, demo: DemoFile, now: () => number): Promise<void> {
  for (const account of seedAccounts) await server.accounts.save(account, demo.adminPassword);
  if ((await server.log.lastSeq()) === 0) await server.log.append(seedEvents({ communityKey: demo.communityKey }));
  await publishSeed(server);
  await publishFirstRelease(server, demo.adminPassword, now);
}
