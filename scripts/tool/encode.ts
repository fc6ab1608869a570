import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { decodeCard, encodeCard, type IdCard } from '#hardware/protocol/sdt-card.ts';
import { cardData, encodeReply } from '#hardware/protocol/sdt-message.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
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

/** What does not come out of the text block as it went in: too long for its field, or not on this type of card. */
function lostFields(card: IdCard, block: Uint8Array): string[] {
  const back = decodeCard(block);
  const fields = ['name', 'birth', 'address', 'number', 'authority', 'validFrom', 'validTo'] as const;
  return fields.filter((field) => back?.[field] !== card[field].trimEnd());
}

/** `encode --protocol sdt --card FILE.json`: the frame with which a reader would answer "read text + photo". */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({ args, options: { protocol: { type: 'string' }, card: { type: 'string' } } });
  if (values.protocol !== 'sdt') throw new Error('--protocol wants sdt');
  if (values.card === undefined) throw new Error('--card FILE.json is missing');
  const card = cardSchema.parse(JSON.parse(readFileSync(values.card, 'utf8')));
  const block = encodeCard(card);
  const lost = lostFields(card, block);
  if (lost.length > 0) throw new Error(`does not fit on a card of type ${card.type}: ${lost.join(', ')}`);
  out({ hex: toHex(encodeReply(SW3.ok, cardData(block))) });
  return 0;
}
