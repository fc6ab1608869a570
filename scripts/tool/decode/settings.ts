/** What a scanner is set to, and what is no stream of bytes. Left out is as the product has it. */
export interface DecodeSettings {
  /** `line`: texts around each code. */
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** `line`: hex of the bytes that end a code. */
  readonly terminator?: string | undefined;
  /** `line`: `drops` or `ends`. */
  readonly pause?: string | undefined;
  /** `hid-pos`: `64`, `62` or `microscan`. */
  readonly layout?: string | undefined;
  /** `hid-pos`: hex of the report descriptor. */
  readonly descriptor?: string | undefined;
  /** `wedge`: `A@0 1@10 Enter@20`, keys as in DOM keyboard events with milliseconds; `Space` is the space bar. */
  readonly keys?: string | undefined;
  /** Readers of IC cards: the number printed on the card, as somebody reads it. */
  readonly printed?: string | undefined;
}

/** Options of the command line, as `parseArgs` wants them. */
export const SETTING_OPTIONS = {
  prefix: { type: 'string' },
  suffix: { type: 'string' },
  terminator: { type: 'string' },
  pause: { type: 'string' },
  layout: { type: 'string' },
  descriptor: { type: 'string' },
  keys: { type: 'string' },
  printed: { type: 'string' },
} as const;
