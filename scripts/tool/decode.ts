import { parseArgs } from 'node:util';
import type { Out } from './decode/protocol.ts';
import { PROTOCOLS } from './decode/protocols.ts';
import { SETTING_OPTIONS } from './decode/settings.ts';
import { fromHex } from './hex.ts';

/** `decode --protocol P --hex ".." [--hex ..] [--reveal] [SETTINGS]`: each `--hex` is one chunk for the real decoder. */
export async function run(args: string[], out: Out): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      protocol: { type: 'string', default: '' },
      hex: { type: 'string', multiple: true, default: [] },
      reveal: { type: 'boolean', default: false },
      ...SETTING_OPTIONS,
    },
  });
  const { protocol, hex, reveal, ...settings } = values;
  const decode = PROTOCOLS.get(protocol);
  if (decode === undefined) throw new Error(`--protocol wants one of ${[...PROTOCOLS.keys()].join(', ')}`);
  const thisYear = new Date().getFullYear();
  out({ kind: 'end', dropped: decode({ chunks: hex.map(fromHex), reveal, thisYear, settings }, out) });
  return 0;
}
