import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBootReportParser, encodeBootReports } from '#hardware/protocol/keyboard-boot-report.ts';
import { createWedge, WEDGE_DEFAULTS, type WedgeKey, type WedgeOptions } from '#shared/keyboard/wedge.ts';

/** Keys with the gap before each. */
type Strokes = readonly (readonly [key: string, gap: number])[];

function timed(strokes: Strokes, from = 1000): WedgeKey[] {
  let at = from;
  return strokes.map(([key, gap]) => {
    at += gap;
    return { key, at };
  });
}

const chars = (text: string): string[] => Array.from(text);
const evenly = (keys: readonly string[], gap: number): Strokes => keys.map((key) => [key, gap]);

/** What a page, its ear and the wedge make of keys; `attentive` asks the clock between any two of them. */
function type(keys: readonly WedgeKey[], { options = WEDGE_DEFAULTS, attentive = false, ends = true } = {}) {
  const wedge = createWedge(options);
  const page: WedgeKey[] = [];
  const scans: string[] = [];
  const errors: string[] = [];
  const verdicts = keys.map((key, index) => {
    const before = keys[index - 1]?.at ?? key.at;
    if (attentive) {
      page.push(...wedge.tick((before + key.at) / 2));
      page.push(...wedge.tick(key.at));
    }
    const { givenBack, verdict, result } = wedge.press(key);
    page.push(...givenBack);
    if (verdict === 'pass') page.push(key);
    if (result?.kind === 'scan') scans.push(result.text);
    if (result?.kind === 'error') errors.push(result.code);
    return verdict;
  });
  if (ends) page.push(...wedge.release());
  return { page, scans, errors, verdicts, dropped: wedge.dropped() };
}

const names = (keys: readonly WedgeKey[]) => keys.map(({ key }) => key).join(' ');

describe('a scan', () => {
  const code = ['H', 'F', '-', '0', '1'];

  it.each([['Enter'], ['Tab']])('ends with %s and leaves nothing to the page', (terminator) => {
    const scan = timed(evenly([...code, terminator], 8));
    expect(type(scan)).toMatchObject({ page: [], scans: ['HF-01'], dropped: 0 });
    expect(type(scan).verdicts).toEqual(['hold', 'hold', 'hold', 'hold', 'hold', 'swallow']);
  });

  it('may have two terminators, and the second is not the page’s', () => {
    const scan = timed(evenly([...code, 'Enter', 'Enter'], 8));
    expect(type(scan)).toMatchObject({ page: [], scans: ['HF-01'] });
    const later = timed([...evenly([...code, 'Enter'], 8), ['Enter', 101]]);
    expect(names(type(later).page)).toBe('Enter');
  });

  it('has only terminators for its second one: another key between makes Enter a person’s', () => {
    const scan = timed(evenly([...code, 'Enter', 'Backspace', 'Enter'], 8));
    expect([type(scan).scans, names(type(scan).page)]).toEqual([['HF-01'], 'Backspace Enter']);
  });

  it('may come right behind another', () => {
    const twice = [...code, 'Enter', ...code, 'Enter'];
    expect(type(timed(evenly(twice, 8)))).toMatchObject({ page: [], scans: ['HF-01', 'HF-01'] });
  });

  it('has Shift between its characters, which says nothing', () => {
    const scan = type(timed(evenly(['Shift', 'H', 'Shift', 'F', '-', 'Shift', '0', '1', 'Enter'], 4)));
    expect([scan.scans, names(scan.page)]).toEqual([['HF-01'], 'Shift Shift Shift']);
  });

  it('stays one where the host stalls for 100 ms, wherever that is', () => {
    for (let stall = 1; stall < 6; stall += 1) {
      const strokes = evenly([...code, 'Enter'], 16).map(([key, gap], at) => [key, at === stall ? 100 : gap] as const);
      expect(type(timed(strokes))).toMatchObject({ page: [], scans: ['HF-01'] });
    }
  });

  it('may have characters of more than 16 bits', () => {
    expect(type(timed(evenly(['𠮷', '红', '帆', 'é', 'Enter'], 8))).scans).toEqual(['𠮷红帆é']);
  });

  it('is read from boot reports, by the time of each', () => {
    const parser = createBootReportParser();
    const reports = encodeBootReports(['H', 'F', '-', '0', '1', 'Enter']) ?? [];
    const keys = reports.flatMap((report, index) =>
      parser.push(report).map((result) => ({ key: result.kind === 'key' ? result.key : '', at: index * 4 })),
    );
    expect(type(keys)).toMatchObject({ page: [], scans: ['HF-01'] });
  });
});

describe('a person', () => {
  it('sees each key at the next one, or when the clock is asked', () => {
    const wedge = createWedge();
    const [a, b] = timed([
      ['a', 0],
      ['b', 150],
    ]);
    expect(wedge.holdsUntil()).toBeNull();
    expect(wedge.press(a!)).toEqual({ givenBack: [], verdict: 'hold', result: null });
    expect(wedge.holdsUntil()).toBe(1100);
    expect(wedge.tick(1100)).toEqual([]);
    expect(wedge.press(b!)).toEqual({ givenBack: [a], verdict: 'hold', result: null });
    expect(wedge.tick(1250)).toEqual([]);
    expect(wedge.tick(1251)).toEqual([b]);
    expect([wedge.holdsUntil(), wedge.tick(9999)]).toEqual([null, []]);
  });

  it('may press Enter without a code, at once', () => {
    expect(type(timed(evenly(['Enter', 'Enter'], 50))).verdicts).toEqual(['pass', 'pass']);
  });

  it('gets short words back before their Enter', () => {
    const { page, scans } = type(timed(evenly(['o', 'k', '!', 'Enter'], 8)));
    expect([names(page), scans]).toEqual(['o k ! Enter', []]);
  });

  it('gets fast words without an end back, in order', () => {
    const { page, scans } = type(timed(evenly(['a', 'b', 'c', 'd', 'e'], 10)));
    expect([names(page), scans]).toEqual(['a b c d e', []]);
  });

  it('corrects: what is held comes before the key that corrects it', () => {
    const { page, verdicts } = type(timed(evenly(['a', 'b', 'Backspace', 'c', 'Enter'], 30)));
    expect([names(page), verdicts[2]]).toEqual(['a b Backspace c Enter', 'pass']);
  });

  it('holds a key down: that is no scan', () => {
    const keys = timed(evenly(['a', 'a', 'a', 'a', 'a', 'a', 'Enter'], 30));
    const repeated = keys.map((key, index) => ({ ...key, repeat: index > 0 && key.key === 'a' }));
    expect(type(repeated)).toMatchObject({ page: repeated, scans: [] });
  });

  it('presses shortcuts, which are no characters, and the terminator with Ctrl is none', () => {
    const keys = timed(evenly(['a', 'b', 'c', 'd', 'v', 'Enter'], 8));
    const shortcuts = keys.map((key, index) => ({ ...key, shortcut: index > 3 }));
    expect(type(shortcuts)).toMatchObject({ page: shortcuts, scans: [] });
  });

  it('is not kept waiting for more than some keys at 60 ms', () => {
    const { verdicts, page } = type(timed(evenly(chars('abcdefghij'), 60)), { ends: false });
    expect(verdicts).not.toContain('swallow');
    expect(names(page)).toBe('a b c d e f');
  });
});

describe('a flood', () => {
  const options: WedgeOptions = { ...WEDGE_DEFAULTS, longest: 20 };

  it('is dropped to its terminator or pause, and the next scan is read', () => {
    const flood = evenly(chars('x'.repeat(50)), 8);
    const scan = evenly([...chars('HF-01'), 'Enter'], 8);
    const ended = type(timed([...flood, ['Enter', 8], ...scan]), { options });
    expect(ended).toMatchObject({ page: [], scans: ['HF-01'], errors: ['too-long'], dropped: 50 });
    const paused = type(timed([...flood, ['H', 150], ...scan.slice(1)]), { options, attentive: true });
    expect(paused).toMatchObject({ page: [], scans: ['HF-01'], errors: ['too-long'], dropped: 50 });
  });

  it('the longest scan is none', () => {
    const longest = timed(evenly([...chars('x'.repeat(20)), 'Enter'], 8));
    expect(type(longest, { options }).scans).toEqual(['x'.repeat(20)]);
  });
});

describe('clocks', () => {
  it('that go back, or are none, make no scan of typing', () => {
    for (const at of [-3_600_000, Number.NaN, Infinity, -Infinity]) {
      const keys = [
        ...timed(evenly(chars('ab'), 150)),
        { key: 'c', at },
        ...timed(evenly([...chars('defg'), 'Enter'], 150), 2000),
      ];
      expect(type(keys, { attentive: true })).toMatchObject({ page: keys, scans: [] });
    }
  });

  it('that go back in the middle of fast typing make no scan of it', () => {
    const keys = [...timed(evenly(chars('ab'), 90), 5000), ...timed(evenly([...chars('cde'), 'Enter'], 90))];
    expect(type(keys)).toMatchObject({ page: keys, scans: [] });
  });
});

describe('thresholds', () => {
  const slow = timed(evenly([...chars('HF-01'), 'Enter'], 60));

  it('are settings: a scanner at 60 ms is one where the mean is set so', () => {
    expect(type(slow).scans).toEqual([]);
    expect(type(slow, { options: { ...WEDGE_DEFAULTS, meanGapMs: 60 } }).scans).toEqual(['HF-01']);
  });

  it('a code of 3 is a scan where the shortest is 3', () => {
    const short = timed(evenly([...chars('A12'), 'Enter'], 8));
    expect([type(short).scans, type(short, { options: { ...WEDGE_DEFAULTS, shortest: 3 } }).scans]).toEqual([
      [],
      ['A12'],
    ]);
  });
});

const character = fc.stringMatching(/^[ -~红帆]$/);
const personsKey = fc.oneof(
  { weight: 5, arbitrary: character },
  { weight: 1, arbitrary: fc.constantFrom('Enter', 'Tab', 'Backspace', 'ArrowLeft', 'F1', 'Escape') },
);
/** Each gap is over the mean of a scan: faster than any person, with two hands and both on the same word. */
const typing = fc.array(fc.tuple(personsKey, fc.integer({ min: 41, max: 400 })), { maxLength: 40 });
const scanned = fc
  .tuple(
    fc.array(character, { minLength: 4, maxLength: 60 }),
    fc.constantFrom('Enter', 'Tab'),
    fc.infiniteStream(fc.integer({ min: 8, max: 16 })),
  )
  .map(([text, end, gaps]) => ({
    text: text.join(''),
    strokes: [...text, end].map((key) => [key, gaps.next().value as number] as const),
  }));
const attentive = fc.boolean();

describe('any keys', () => {
  it('typing at a person’s speed is never a scan and is given back whole and in order', () => {
    fc.assert(
      fc.property(typing, attentive, (strokes, asks) => {
        const keys = timed(strokes);
        expect(type(keys, { attentive: asks })).toMatchObject({ page: keys, scans: [], errors: [], dropped: 0 });
      }),
      { numRuns: 300 },
    );
  });

  it('a scan at gaps of 8 to 16 ms is always one, and no key of it is given to the page', () => {
    fc.assert(
      fc.property(scanned, attentive, ({ text, strokes }, asks) => {
        const { page, scans } = type(timed(strokes), { attentive: asks });
        expect([page, scans]).toEqual([[], [text]]);
      }),
      { numRuns: 300 },
    );
  });

  it('scans between a person’s words: each scan is one, each word whole and in order', () => {
    const part = fc.oneof(
      typing.map((strokes) => ({ scan: null, strokes })),
      scanned.map(({ text, strokes }) => ({ scan: text, strokes })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), attentive, (parts, asks) => {
        const all = parts.flatMap(({ scan, strokes }) =>
          strokes.map(([key, gap], index) => ({ key, gap: index === 0 ? gap + 101 : gap, scan })),
        );
        const keys = timed(all.map(({ key, gap }) => [key, gap]));
        const { page, scans } = type(keys, { attentive: asks });
        expect(page).toEqual(keys.filter((_, index) => all[index]?.scan === null));
        expect(scans).toEqual(parts.flatMap(({ scan }) => scan ?? []));
      }),
      { numRuns: 300 },
    );
  });

  const anyStrokes = fc.array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: character }, { weight: 1, arbitrary: fc.constantFrom('Enter', 'Tab', 'F1') }),
      fc.oneof(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 250 }),
        fc.double({ min: 0, max: 200, noNaN: true }),
      ),
    ),
    { maxLength: 80 },
  );

  it('asking the clock makes no difference, however fast the keys are', () => {
    fc.assert(
      fc.property(anyStrokes, (strokes) => {
        const keys = timed(strokes);
        expect(type(keys, { attentive: true })).toEqual(type(keys));
      }),
      { numRuns: 300 },
    );
  });

  it('each character is the page’s or a scan’s, once, in order and never both', () => {
    fc.assert(
      fc.property(anyStrokes, (strokes) => {
        const keys = timed(strokes);
        const { page, scans } = type(keys);
        const isTyped = ({ key }: WedgeKey) => key.length === 1;
        const rest = keys.filter((key) => !page.includes(key));
        expect(page.map(({ at }) => at)).toEqual(page.map(({ at }) => at).toSorted((a, b) => a - b));
        expect(
          rest
            .filter((key) => isTyped(key))
            .map(({ key }) => key)
            .join(''),
        ).toBe(scans.join(''));
        expect(new Set(page).size).toBe(page.length);
      }),
      { numRuns: 300 },
    );
  });

  it('no keys and no times throw', () => {
    const anyKey = fc.record({
      key: fc.oneof(fc.string(), character, fc.constantFrom('Enter', 'Tab', 'Shift')),
      at: fc.oneof(fc.double(), fc.integer({ min: 0, max: 500 })),
      repeat: fc.boolean(),
      shortcut: fc.boolean(),
    });
    const options = { ...WEDGE_DEFAULTS, longest: 10 };
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 60 }), attentive, (keys, asks) => {
        const { page, verdicts } = type(keys, { options, attentive: asks });
        expect(verdicts).toHaveLength(keys.length);
        expect(page.length).toBeLessThanOrEqual(keys.length);
      }),
    );
  });
});
