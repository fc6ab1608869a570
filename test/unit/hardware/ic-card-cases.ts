import { readFileSync } from 'node:fs';
import { z } from 'zod';

const form = z.enum(['8H10D', '6H8D', '2H4H', '4H4H', 'WG26', 'WG34']);
const protocol = z.enum([
  'rdm6300',
  'id-12',
  'idteck',
  'hex-line',
  'decimal-8h10d',
  'decimal-6h8d',
  'decimal-2h4h',
  'decimal-4h4h',
]);
const why = z.string();
const casesSchema = z.strictObject({
  frames: z.array(z.strictObject({ why, protocol, hex: z.string(), uid: z.string() })),
  wrongFrames: z.array(z.strictObject({ why, protocol, hex: z.string(), error: z.string() })),
  numbers: z.array(z.strictObject({ why, uid: z.string(), forms: z.partialRecord(form, z.string()) })),
  printed: z.array(z.strictObject({ why, uid: z.string(), printed: z.string(), bears: z.boolean() })),
});

/** What an expert of these cards can read and correct: test/cases/ic-cards.json. */
export const icCardCases = casesSchema.parse(
  JSON.parse(readFileSync(new URL('../../cases/ic-cards.json', import.meta.url), 'utf8')),
);
