import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The first stations that a demo opens, in this order. */
export const DEMO_STATIONS = ['LD', 'LF', 'QH', 'DC', 'YR', 'CH', 'DX', 'XY', 'MX', 'JL', 'XG', 'YJ'] as const;

const communitySchema = z.object({
  communityKey: z.string(),
  adminPassword: z.string(),
});
export type DemoCommunity = z.infer<typeof communitySchema>;

/**
 * The demo's secrets, made once and kept beside its databases: with another key the same card would be another
 * borrower.
 */
export function demoCommunity(folder: string): { community: DemoCommunity; file: string } {
  const file = join(folder, 'community.json');
  if (existsSync(file)) return { community: communitySchema.parse(JSON.parse(readFileSync(file, 'utf8'))), file };
  const community: DemoCommunity = {
    communityKey: randomBytes(32).toString('hex'),
    adminPassword: `hongfan-${randomBytes(3).toString('hex')}`,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(community, null, 2), { mode: 0o600 });
  return { community, file };
}
