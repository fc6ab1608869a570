/** SW3, the reader's own status, decides what a reply means: GA 467, device notes 1.3. The names are ours. */
export const SW3 = {
  ok: 0x90,
  found: 0x9f,
  noContent: 0x91,
  noCard: 0x80,
  selectFailed: 0x81,
  badChecksum: 0x10,
  badLength: 0x11,
  badCommand: 0x21,
  notPermitted: 0x23,
  unnamedError: 0x24,
  cardRefusesSam: 0x31,
  samRefusesCard: 0x32,
  badInformation: 0x33,
  unknownCardType: 0x40,
  readFailed: 0x41,
  noRandomNumber: 0x47,
  selfTestFailed: 0x60,
  samUnauthorised: 0x66,
} as const;
export type SdtStatusName = keyof typeof SW3;

/**
 * What a status asks of the one who sent the command:
 * - `done`: go on;
 * - `nothing`: the card is well and has no such item;
 * - `idle`: no card lies there, which is no error;
 * - `resend`: the command came in damaged, the same one again (or another speed: device notes 5, "wrong baud");
 * - `retry`: the card slipped or the module stumbled, begin again at "find card";
 * - `refused`: this card will not be read however often it is tried, another may;
 * - `unsupported`: this reader has no such command, or not now; asking again changes nothing;
 * - `broken`: for good, until someone sees to the reader; not to be asked fast;
 * - `unknown`: a code that no source names; to be treated as `retry`.
 */
export type SdtCondition =
  'done' | 'nothing' | 'idle' | 'resend' | 'retry' | 'refused' | 'unsupported' | 'broken' | 'unknown';

const CONDITIONS: Readonly<Record<SdtStatusName, SdtCondition>> = {
  ok: 'done',
  found: 'done',
  noContent: 'nothing',
  noCard: 'idle',
  selectFailed: 'retry',
  badChecksum: 'resend',
  badLength: 'resend',
  badCommand: 'unsupported',
  notPermitted: 'unsupported',
  unnamedError: 'retry',
  cardRefusesSam: 'refused',
  samRefusesCard: 'refused',
  badInformation: 'refused',
  unknownCardType: 'refused',
  readFailed: 'retry',
  noRandomNumber: 'retry',
  selfTestFailed: 'broken',
  samUnauthorised: 'broken',
};

// Object.entries forgets that the keys are those of the table above.
const NAMES = new Map(Object.entries(SW3).map(([name, code]) => [code as number, name as SdtStatusName]));

export interface SdtStatus {
  /** Null for a code that no source names; FF, "communication fault", is a code of vendors' drivers, never of a reader. */
  readonly name: SdtStatusName | null;
  readonly condition: SdtCondition;
}

/** The meaning of a reply's third byte. Every byte has one. */
export function statusOf(sw3: number): SdtStatus {
  const name = NAMES.get(sw3) ?? null;
  return { name, condition: name === null ? 'unknown' : CONDITIONS[name] };
}
