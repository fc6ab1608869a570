/**
 * Boot reports of keyboards, and of scanners that pretend to be one: 8 bytes, modifiers, a reserved byte, six key usages
 * (HID 1.11, appendix B.1; device notes 2.4). Characters are those of a US keyboard, whatever layout the host has, and
 * Caps Lock is the host's: it changes nothing here.
 */
export type BootKeyResult =
  /** `key` is one character, or `Enter`, `Tab`, `Backspace`, `Escape`, named as in DOM keyboard events. */
  | { readonly kind: 'key'; readonly key: string }
  /** `rollover`: too many keys at once, the report says none. `no-character`: a key that types nothing. */
  | { readonly kind: 'error'; readonly code: 'rollover' | 'no-character' | 'half-report' };

const REPORT_BYTES = 8;
const FIRST_KEY_AT = 2;
const LEFT_SHIFT = 0x02;
const SHIFTS = 0x22;
/** ErrorRollOver, POSTFail and ErrorUndefined stand in place of all keys; 0 is no key (HID Usage Tables, page 07). */
const FIRST_KEY_USAGE = 0x04;

const SPECIAL_KEYS: readonly (readonly [usage: number, key: string])[] = [
  [0x28, 'Enter'],
  [0x29, 'Escape'],
  [0x2a, 'Backspace'],
  [0x2b, 'Tab'],
  [0x2c, ' '],
  [0x58, 'Enter'],
];

/** Runs of usages: the first, the characters without shift, those with it. */
const CHARACTER_RUNS: readonly (readonly [usage: number, plain: string, shifted: string])[] = [
  [0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0x1e, '1234567890', '!@#$%^&*()'],
  [0x2d, '-=[]\\', '_+{}|'],
  [0x33, ";'`,./", ':"~<>?'],
  // The keypad as with Num Lock, in which a scanner types digits.
  [0x54, '/*-+', '/*-+'],
  [0x59, '1234567890.', '1234567890.'],
];

const keyOf = new Map<number, readonly [plain: string, shifted: string]>([
  ...SPECIAL_KEYS.map(([usage, key]) => [usage, [key, key]] as const),
  ...CHARACTER_RUNS.flatMap(([first, plain, shifted]) =>
    Array.from(plain).map((key, index) => [first + index, [key, shifted[index] ?? key]] as const),
  ),
]);

interface Stroke {
  readonly usage: number;
  readonly shift: boolean;
}

/** The first key that makes a character, so not the keypad's. */
const strokeOf = new Map<string, Stroke>();
for (const [usage, [plain, shifted]] of keyOf) {
  if (!strokeOf.has(plain)) strokeOf.set(plain, { usage, shift: false });
  if (!strokeOf.has(shifted)) strokeOf.set(shifted, { usage, shift: true });
}

/**
 * Boot reports in any chunks -> keys newly pressed. A release report may be missing between two different keys, so a key
 * counts when it is in a report and was not in the one before; two in one report have no order of their own (HID 1.11,
 * appendix C) and are taken as they stand. Never throws. Reports have no mark at which to begin anew: only `pause` does.
 */
export function createBootReportParser() {
  let report: number[] = [];
  let pressed: ReadonlySet<number> = new Set();
  let dropped = 0;

  function take(bytes: readonly number[]): BootKeyResult[] {
    const modifiers = bytes[0] ?? 0;
    const keys = new Set(bytes.slice(FIRST_KEY_AT).filter((usage) => usage !== 0));
    if ([...keys].some((usage) => usage < FIRST_KEY_USAGE)) {
      // Which keys are down is not said: they are still those that were.
      dropped += REPORT_BYTES;
      return [{ kind: 'error', code: 'rollover' }];
    }
    const fresh = [...keys].filter((usage) => !pressed.has(usage));
    pressed = keys;
    return fresh.map((usage) => {
      const [plain, shifted] = keyOf.get(usage) ?? [];
      const key = (modifiers & SHIFTS) === 0 ? plain : shifted;
      // With Ctrl, Alt or GUI it is a shortcut.
      const isTyped = key !== undefined && (modifiers & ~SHIFTS) === 0;
      if (isTyped) return { kind: 'key', key };
      dropped += 1;
      return { kind: 'error', code: 'no-character' };
    });
  }

  return {
    push(chunk: Uint8Array): BootKeyResult[] {
      const results: BootKeyResult[] = [];
      for (const byte of chunk) {
        report.push(byte);
        if (report.length < REPORT_BYTES) continue;
        results.push(...take(report));
        report = [];
      }
      return results;
    },

    /** Nothing has come for a while: the next byte begins a report. Keys that are down stay down. */
    pause(): BootKeyResult[] {
      if (report.length === 0) return [];
      dropped += report.length;
      report = [];
      return [{ kind: 'error', code: 'half-report' }];
    },

    /** Whether a report has begun and not ended. */
    isInside: (): boolean => report.length > 0,

    /** Bytes of half reports and rollover reports, and single keys without a character, so far. */
    dropped: (): number => dropped,
  };
}

/** A press and a release report for each key, named as in the results; null where a key is on no US keyboard. */
export function encodeBootReports(keys: readonly string[]): Uint8Array[] | null {
  const strokes = keys.map((key) => strokeOf.get(key));
  return strokes.every((stroke) => stroke !== undefined)
    ? strokes.flatMap(({ usage, shift }) => [
        Uint8Array.of(shift ? LEFT_SHIFT : 0, 0, usage, 0, 0, 0, 0, 0),
        new Uint8Array(REPORT_BYTES),
      ])
    : null;
}
