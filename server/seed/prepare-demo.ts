import { z } from 'zod';
import type { Server } from '../create-server.ts';
import { seedAccounts } from './accounts.ts';
import { seedEvents } from './seed-events.ts';

/** What the demo decides: secrets that must not be in the code. */
export const demoFileSchema = z.object({
  /** 64 hex digits. */
  communityKey: z.string().regex(/^[0-9a-f]{64}$/),
  adminPassword: z.string().min(8),
});
export type DemoFile = z.infer<typeof demoFileSchema>;

/** Makes the accounts known, and fills an empty log with the community's seed. Safe to run again. */
export async function prepareDemo(server: Server, demo: DemoFile): Promise<void> {
  for (const account of seedAccounts) await server.accounts.save(account, demo.adminPassword);
  if ((await server.log.lastSeq()) === 0) await server.log.append(seedEvents({ communityKey: demo.communityKey }));
}
