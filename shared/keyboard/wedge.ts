/**
 * A scanner that pretends to be a keyboard types faster and more evenly than a person and ends with Enter or Tab (device
 * notes 2.4). Whether a key is a scanner's shows only by the keys behind it, so each character is held back: at most until
 * a pause or until the run is too slow, then it is given back to where it would have gone.
 *
 * All times are milliseconds of one clock that never goes back, when the key was pressed (`KeyboardEvent.timeStamp`), not
 * when it was handled: a page that was busy handles a person's keys all at once.
 */
export interface WedgeKey {
  /** One character, or a named key, as in DOM keyboard events. */
  readonly key: string;
  readonly at: number;
  /** The key is held down and repeats by itself: scanners let go. */
  readonly repeat?: boolean;
  /** Pressed together with Ctrl, Alt or Meta. */
  readonly shortcut?: boolean;
}

/** Judgement of device notes 2.4, as sources disagree: scanners 7-60 ms, people 100-200 ms. */
export interface WedgeOptions {
  readonly meanGapMs: number;
  readonly longestGapMs: number;
  /** Characters of the shortest scan. */
  readonly shortest: number;
  /** Characters of the longest scan. More at such a pace are no person's, and no code: they are dropped. */
  readonly longest: number;
  readonly terminators: readonly string[];
}

export const WEDGE_DEFAULTS: WedgeOptions = {
  meanGapMs: 40,
  longestGapMs: 100,
  shortest: 4,
  longest: 1024,
  terminators: ['Enter', 'Tab'],
};

export interface WedgeStep<Key> {
  /** Held keys that turned out to be a person's, in order: they go to the page now, before this key. */
  readonly givenBack: readonly Key[];
  /** This key: the page has it at once, or not yet, or never. */
  readonly verdict: 'pass' | 'hold' | 'swallow';
  /** `text` is as typed, an AIM identifier included. */
  readonly result:
    { readonly kind: 'scan'; readonly text: string } | { readonly kind: 'error'; readonly code: 'too-long' } | null;
}

/** They come before the character that they change and say nothing about who types. */
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock']);

function isCharacter(key: string): boolean {
  return key.length === 1 ? key >= ' ' && key !== '\u007f' : key.length === 2 && (key.codePointAt(0) ?? 0) > 0xffff;
}

/**
 * Keys with times -> a scan, or a person's typing. A scan is a run of at least `shortest` characters and a terminator
 * with no gap over `longestGapMs`, a mean gap of at most `meanGapMs` and, so that a person is not kept waiting, at no key
 * later than that mean by more than one longest gap. Never throws; times that go back or are no numbers end a run.
 */
export function createWedge<Key extends WedgeKey>(options: WedgeOptions = WEDGE_DEFAULTS) {
  const { meanGapMs, longestGapMs, shortest, longest } = options;
  const terminators = new Set(options.terminators);
  let held: Key[] = [];
  /** Time of the run's first and newest key. */
  let firstAt = 0;
  let newestAt = 0;
  let isTooLong = false;
  /** Time of the terminator that ended a scan, until another key comes. */
  let endedAt: number | null = null;
  let dropped = 0;

  function release(): Key[] {
    const released = held;
    held = [];
    isTooLong = false;
    return released;
  }

  function isClose(from: number, to: number): boolean {
    return to - from >= 0 && to - from <= longestGapMs;
  }

  function isRunning(): boolean {
    return held.length > 0 || isTooLong;
  }

  function onTerminator(at: number, givenBack: Key[], previousEnd: number | null): WedgeStep<Key> {
    if (isTooLong) {
      release();
      endedAt = at;
      return { givenBack, verdict: 'swallow', result: null };
    }
    if (held.length >= shortest && at - firstAt <= meanGapMs * held.length) {
      endedAt = at;
      const text = release()
        .map(({ key }) => key)
        .join('');
      return { givenBack, verdict: 'swallow', result: { kind: 'scan', text } };
    }
    // The second half of a CR LF suffix.
    if (held.length === 0 && previousEnd !== null && isClose(previousEnd, at)) {
      endedAt = at;
      return { givenBack, verdict: 'swallow', result: null };
    }
    return { givenBack: [...givenBack, ...release()], verdict: 'pass', result: null };
  }

  function onCharacter(key: Key, givenBack: Key[]): WedgeStep<Key> {
    newestAt = key.at;
    if (isTooLong) {
      dropped += 1;
      return { givenBack, verdict: 'swallow', result: null };
    }
    const isTooSlow = held.length > 0 && key.at - firstAt > meanGapMs * held.length + longestGapMs;
    const released = isTooSlow ? [...givenBack, ...release()] : givenBack;
    if (held.length === 0) firstAt = key.at;
    held.push(key);
    if (held.length <= longest) return { givenBack: released, verdict: 'hold', result: null };
    dropped += release().length;
    isTooLong = true;
    return { givenBack: released, verdict: 'swallow', result: { kind: 'error', code: 'too-long' } };
  }

  return {
    /** The next key. */
    press(key: Key): WedgeStep<Key> {
      if (MODIFIERS.has(key.key)) return { givenBack: [], verdict: 'pass', result: null };
      const previousEnd = endedAt;
      endedAt = null;
      const givenBack = isRunning() && !isClose(newestAt, key.at) ? release() : [];
      const isAlone = key.repeat !== true && key.shortcut !== true;
      if (isAlone && terminators.has(key.key)) return onTerminator(key.at, givenBack, previousEnd);
      if (isAlone && isCharacter(key.key)) return onCharacter(key, givenBack);
      return { givenBack: [...givenBack, ...release()], verdict: 'pass', result: null };
    },

    /**
     * It is now `now` and no key has come: the held keys that are a person's by now. Keys that were pressed before and
     * are still on their way are not held to it: a busy page may call with an earlier time.
     */
    tick(now: number): Key[] {
      return isRunning() && now - newestAt > longestGapMs ? release() : [];
    },

    /** After which time `tick` gives keys back, if no key comes; null where nothing is held. */
    holdsUntil: (): number | null => (isRunning() ? newestAt + longestGapMs : null),

    /** Gives all held keys back: the page goes away, or the field they were typed into. */
    release,

    /** Keys that were part of no scan and are a person's neither, so far. */
    dropped: (): number => dropped,
  };
}
