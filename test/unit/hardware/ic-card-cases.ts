import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';

const form = z.enum(['8H10D', '6H8D', '2H4H', '4H4H', 'WG26', 'WG34']);
// Object.keys has lost the type of the keys.
const protocol = z.enum(Object.keys(IC_CARD_PROTOCOLS) as IcCardProtocolName[]);
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
