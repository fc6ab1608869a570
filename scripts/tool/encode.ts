import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { encodeCard } from '#hardware/protocol/sdt-card.ts';
import { cardData, encodeReply, SW3 } from '#hardware/protocol/sdt-message.ts';
import { toHex } from './hex.ts';

const cardSchema = z.object({
  type: z.enum(['citizen', 'J', 'I', 'Y']).default('citizen'),
  name: z.string(),
  sex: z.enum(['male', 'female', 'unknown']),
  nation: z.string().default(''),
  birth: z.string().regex(/^\d{8}$/),
  address: z.string().default(''),
  number: z.string(),
  authority: z.string().default(''),
  validFrom: z.string().default(''),
  validTo: z.string().default(''),
});

/** `encode --protocol sdt --card FILE.json`: the frame with which a reader would answer "read text + photo". */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({ args, options: { protocol: { type: 'string' }, card: { type: 'string' } } });
  if (values.protocol !== 'sdt') throw new Error('--protocol wants sdt');
  if (values.card === undefined) throw new Error('--card FILE.json is missing');
  const card = cardSchema.parse(JSON.parse(readFileSync(values.card, 'utf8')));
  out({ hex: toHex(encodeReply(SW3.ok, cardData(encodeCard(card)))) });
  return 0;
}
