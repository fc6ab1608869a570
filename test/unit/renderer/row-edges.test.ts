import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeBelow, edgeToShow, fillingRow, roomAfter } from '#renderer/kiosk/row-edges.ts';

/** Six rows of 100 px, of which three and a half are seen. */
const SIX = { edges: [0, 100, 200, 300, 400, 500], content: 600, height: 350, top: 0 };
const row = (index: number) => ({ top: index * 100, bottom: index * 100 + 100 });

describe('a row is brought into view', () => {
  test('under whole rows only, as many as there is room for', () => {
    expect(edgeToShow(SIX, row(5), 20)).toBe(300);
    expect(edgeToShow(SIX, row(3), 20)).toBe(100);
  });

  test('and nothing moves where it is seen already', () => {
    expect(edgeToShow(SIX, row(2), 20)).toBe(0);
    expect(edgeToShow({ ...SIX, top: 200 }, row(3), 20)).toBe(200);
  });

  test('from below, too: then it is the row on top', () => {
    expect(edgeToShow({ ...SIX, top: 300 }, row(1), 20)).toBe(100);
  });

  test('from between two edges, where a finger left it', () => {
    expect(edgeToShow({ ...SIX, top: 130 }, row(2), 20)).toBe(100);
  });

  test('with its beginning, where it is higher than the view', () => {
    const high = { edges: [0, 100], content: 700, height: 350, top: 0 };
    expect(edgeToShow(high, { top: 100, bottom: 700 }, 20)).toBe(100);
  });
});

describe('one press', () => {
  test('shows what was not seen, and what was read last on top', () => {
    expect(edgeBelow(SIX)).toBe(200);
    expect(edgeBelow({ ...SIX, top: 200 })).toBe(400);
  });

  test('goes on by one row where rows are high', () => {
    expect(edgeBelow({ ...SIX, height: 120 })).toBe(100);
  });

  test('stays where there is nothing more', () => {
    expect(edgeBelow({ ...SIX, top: 500 })).toBe(500);
  });
});

describe('after the last row', () => {
  test('there is room for a whole row on top when it is scrolled to its end', () => {
    expect(roomAfter(SIX)).toBe(50);
    expect(SIX.content + roomAfter(SIX) - SIX.height).toBe(300);
  });

  test('there is none where all is seen, or the end is an edge already', () => {
    expect(roomAfter({ ...SIX, height: 600 })).toBe(0);
    expect(roomAfter({ ...SIX, height: 300 })).toBe(0);
  });
});

describe('rows of tiles', () => {
  const size = fc.integer({ min: 1, max: 2000 });
  const tiles = fc.record({ heights: fc.array(size, { minLength: 1, maxLength: 12 }), gap: fc.nat(50), height: size });
  const contentOf = (heights: readonly number[], gap: number) =>
    heights.reduce((sum, height) => sum + height + gap, -gap);

  test('fill the view, as many as can be seen whole; a high one further down takes nothing from them', () => {
    expect(fillingRow({ content: 700, height: 350, heights: [100, 100, 100, 160, 160], gap: 10 })).toBe(110);
  });

  test('are never lower than they have to be, and end where the view ends', () => {
    fc.assert(
      fc.property(tiles, ({ heights, gap, height }) => {
        const filled = fillingRow({ content: contentOf(heights, gap), height, heights, gap });
        fc.pre(filled !== null);
        const whole = (height + gap) / (filled + gap);
        expect(whole).toBeCloseTo(Math.round(whole));
        expect(filled).toBeGreaterThanOrEqual(Math.max(...heights.slice(0, Math.round(whole))) - 1);
      }),
    );
  });

  test('stay as they are where all are seen, or not even one', () => {
    expect(fillingRow({ content: 350, height: 350, heights: [170, 170], gap: 10 })).toBeNull();
    expect(fillingRow({ content: 700, height: 90, heights: [100, 100], gap: 10 })).toBeNull();
  });
});
