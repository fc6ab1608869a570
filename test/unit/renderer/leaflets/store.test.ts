import { beforeEach, expect, test } from 'vitest';
import { ALL, HOME } from '#renderer/kiosk/leaflets/place.ts';
import { emergenciesOf, shownNow } from '#renderer/kiosk/leaflets/shown-now.ts';
import { partsOf } from '#renderer/kiosk/leaflets/spoken-parts.ts';
import { createLeafletsStore } from '#renderer/kiosk/leaflets/store.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import { leafletId, testLeaflet } from '../../../fixtures/leaflets.ts';

let now = 0;
let sent: ContentAction[] = [];

const content = (...numbers: readonly number[]): KioskContent => ({
  release: 1,
  leaflets: numbers.map((n) => testLeaflet(n)),
  stale: false,
  confirmed: [],
  toProve: null,
});

function open() {
  const leaflets = createLeafletsStore({ send: (action) => sent.push(action), monotonic: () => now });
  leaflets.contentCame(content(1, 2));
  return leaflets;
}

const HERE = { x: 500, y: 900 };

beforeEach(() => {
  now = 1_000_000;
  sent = [];
});

test('what is read is counted from opening to closing, and by nobody’s name', () => {
  const leaflets = open();
  leaflets.list(ALL);
  leaflets.open(leafletId(1));
  now += 12_400;
  leaflets.back();
  expect(sent).toEqual([
    { kind: 'opened', leaflet: leafletId(1), version: 1 },
    { kind: 'read', leaflet: leafletId(1), version: 1, seconds: 12 },
  ]);
  expect(leaflets.store.getState().place).toEqual(ALL);
});

test('a sheet that opens ends the reading; so does a leaflet that is gone', () => {
  const leaflets = open();
  leaflets.open(leafletId(1));
  leaflets.leave();
  expect(leaflets.store.getState().place).toBe(HOME);
  leaflets.list(ALL);
  leaflets.open(leafletId(2));
  leaflets.contentCame(content(1));
  expect(leaflets.store.getState().place).toEqual(ALL);
  expect(sent.filter(({ kind }) => kind === 'read')).toHaveLength(2);
});

test('a touch wakes slides, and keeps a reader’s place', () => {
  const leaflets = open();
  now += 61_000;
  leaflets.quiet(true);
  expect(leaflets.store.getState().place.kind).toBe('slides');
  leaflets.touched(HERE);
  expect(leaflets.store.getState().place).toBe(HOME);
  leaflets.open(leafletId(1));
  now += 59_000;
  leaflets.touched(HERE);
  now += 59_000;
  leaflets.quiet(true);
  expect(leaflets.store.getState().place.kind).toBe('leaflet');
});

test('the second tap of a double tap does not go on to what lies under the finger now; one elsewhere or later does', () => {
  const leaflets = open();
  const place = () => leaflets.store.getState().place.kind;
  leaflets.touched(HERE);
  leaflets.list(ALL);
  now += 250;
  leaflets.touched({ x: 510, y: 905 });
  leaflets.open(leafletId(1));
  expect(place()).toBe('list');
  now += 250;
  leaflets.touched({ x: 500, y: 300 });
  leaflets.open(leafletId(1));
  expect(place()).toBe('leaflet');
  now += 700;
  leaflets.touched({ x: 500, y: 300 });
  leaflets.back();
  expect(place()).toBe('list');
  now += 150;
  leaflets.touched({ x: 500, y: 300 });
  leaflets.back();
  expect(place()).toBe('list');
});

test('letters tapped fast are all taken: the place stays the same', () => {
  const leaflets = open();
  leaflets.touched(HERE);
  leaflets.list({ ...ALL, searching: true });
  now += 1000;
  for (const query of ['t', 'tt', 'ttt']) {
    now += 90;
    leaflets.touched(HERE);
    leaflets.list({ ...ALL, searching: true, query });
  }
  expect(leaflets.store.getState().place).toMatchObject({ query: 'ttt' });
});

test('a leaflet that is not here is not opened', () => {
  const leaflets = open();
  leaflets.open(leafletId(9));
  expect([leaflets.store.getState().place, sent]).toEqual([HOME, []]);
});

test('emergencies come first, then what is pinned, then what is new; only what is shown now', () => {
  const at = Date.parse('2026-11-24T08:00:00+08:00');
  const over = { from: null, until: '2026-11-24T07:59', weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };
  const all = [
    testLeaflet(1, [], { approvedMs: 1 }),
    testLeaflet(2, [], { approvedMs: 3 }),
    testLeaflet(3, [], { priority: 'pinned', approvedMs: 0 }),
    testLeaflet(4, [], { priority: 'emergency', approvedMs: 0 }),
    testLeaflet(5, [], { window: over, approvedMs: 9 }),
  ];
  const shown = shownNow(all, at, 'Asia/Shanghai');
  expect(shown.map(({ id }) => id)).toEqual([4, 3, 2, 1].map((n) => leafletId(n)));
  expect(emergenciesOf(shown, { confirmed: [] }).open).toHaveLength(1);
  const seen = emergenciesOf(shown, { confirmed: [`${leafletId(4)}/1`] });
  expect([seen.open.length, seen.seen.length]).toEqual([0, 1]);
  // Of another version somebody has to say it again.
  expect(emergenciesOf(shown, { confirmed: [`${leafletId(4)}/2`] }).open).toHaveLength(1);
});

test('what is read aloud is cut where one would breathe, and never long', () => {
  expect(partsOf(['第一句。第二句！', null, '  ', '标题'])).toEqual(['第一句。', '第二句！', '标题']);
  const parts = partsOf(['长'.repeat(500)]);
  expect(parts.join('')).toBe('长'.repeat(500));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(120);
});
