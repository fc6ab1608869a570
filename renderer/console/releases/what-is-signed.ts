import { z } from 'zod';
import { sha256Text } from '#shared/ledger/chain.ts';

const targetsSchema = z.object({
  _type: z.literal('targets'),
  version: z.int(),
  targets: z.record(z.string(), z.unknown()),
});

interface Prepared {
  readonly release: number;
  readonly toSign: string;
  readonly hash: string;
}

/**
 * Whether what the server gave is what it said: TUF's targets metadata of this release, with this hash. An approver's key signs
 * nothing else.
 */
export function isWhatItSays({ release, toSign, hash }: Prepared): boolean {
  if (sha256Text(toSign) !== hash) return false;
  try {
    const parsed = targetsSchema.safeParse(JSON.parse(toSign));
    return (
      parsed.success &&
      parsed.data.version === release &&
      Object.keys(parsed.data.targets).some((path) => path.startsWith(`releases/${release}/`))
    );
  } catch {
    return false;
  }
}
