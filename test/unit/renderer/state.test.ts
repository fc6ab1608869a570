import { beforeEach, describe, expect, test } from 'vitest';
import type { BridgeListener } from '#renderer/kiosk/bridge.ts';
import { createKioskStore, DISPLAY_AT_START, DISPLAY_KEPT_MS } from '#renderer/kiosk/state.ts';
import type { KioskAction } from '#shared/contract/kiosk.ts';
import { KIOSK_VIEWS } from '../../fixtures/kiosk-views.ts';

let now = 0;
let sent: KioskAction[] = [];
let core: BridgeListener;
let coreIsAway = false;

function openKiosk() {
  const kiosk = createKioskStore({
    monotonic: () => now,
    onContent: () => {},
    bridge: {
      watch(listener) {
        core = listener;
        return () => {};
      },
      async act(action) {
        if (coreIsAway) throw new Error('the core is away');
        sent.push(action);
      },
      async contentAct() {},
    },
  });
  kiosk.start();
  return kiosk;
}

beforeEach(() => {
  now = 1_000_000;
  sent = [];
  coreIsAway = false;
});

test('shows the last view and when it came', () => {
  const { store } = openKiosk();
  expect(store.getState()).toMatchObject({ view: null, connected: false });
  core.onView(KIOSK_VIEWS.card);
  core.onConnected(true);
  now += 50;
  core.onView(KIOSK_VIEWS.borrow);
  expect(store.getState()).toMatchObject({ view: KIOSK_VIEWS.borrow, connected: true, receivedAt: 1_000_050 });
});

describe('the display belongs to the person in front', () => {
  test('it stays while they borrow and is forgotten when the sheet is over', () => {
    const kiosk = openKiosk();
    core.onView(KIOSK_VIEWS.idle);
    kiosk.switchLanguage();
    kiosk.switchLargeText();
    kiosk.switchHighContrast();
    core.onView(KIOSK_VIEWS.borrow);
    core.onView(KIOSK_VIEWS.receipt);
    expect(kiosk.store.getState().display).toEqual({ language: 'en', largeText: true, highContrast: true });
    core.onView(KIOSK_VIEWS.idle);
    expect(kiosk.store.getState().display).toEqual(DISPLAY_AT_START);
  });

  test('a switch is undone by itself', () => {
    const kiosk = openKiosk();
    kiosk.switchLanguage();
    kiosk.switchLanguage();
    expect(kiosk.store.getState().display).toEqual(DISPLAY_AT_START);
  });

  test('on the idle page it is forgotten some time after the last touch', () => {
    const kiosk = openKiosk();
    core.onView(KIOSK_VIEWS.idle);
    kiosk.touched();
    kiosk.switchLanguage();
    now += DISPLAY_KEPT_MS - 1;
    kiosk.forget();
    expect(kiosk.store.getState().display.language).toBe('en');
    now += 1;
    kiosk.forget();
    expect(kiosk.store.getState().display.language).toBe('zh');
  });

  test('an open sheet keeps it, however long it takes', () => {
    const kiosk = openKiosk();
    core.onView(KIOSK_VIEWS.borrow);
    kiosk.switchLargeText();
    now += 10 * DISPLAY_KEPT_MS;
    kiosk.forget();
    expect(kiosk.store.getState().display.largeText).toBe(true);
  });
});

describe('touches keep a sheet open', () => {
  test('once a second at most', () => {
    const kiosk = openKiosk();
    core.onView(KIOSK_VIEWS.borrow);
    for (let touch = 0; touch < 25; touch += 1) {
      kiosk.touched();
      now += 100;
    }
    expect(sent).toEqual([{ kind: 'stay' }, { kind: 'stay' }, { kind: 'stay' }]);
  });

  test('on the idle page there is nothing to keep', () => {
    const kiosk = openKiosk();
    kiosk.touched();
    core.onView(KIOSK_VIEWS.idle);
    kiosk.touched();
    expect(sent).toEqual([]);
  });
});

test('a double tap on "done" does not wave the receipt away', () => {
  const kiosk = openKiosk();
  core.onView(KIOSK_VIEWS.borrow);
  now += 5000;
  kiosk.leave('done');
  core.onView(KIOSK_VIEWS.receipt);
  now += 250;
  kiosk.leave('done');
  expect(sent).toEqual([{ kind: 'done' }]);
  now += 1000;
  kiosk.leave('done');
  expect(sent).toEqual([{ kind: 'done' }, { kind: 'done' }]);
});

test('a tap on a line gives that line back', () => {
  const kiosk = openKiosk();
  core.onView(KIOSK_VIEWS.borrow);
  kiosk.takeBack('2');
  expect(sent).toEqual([{ kind: 'take-back', line: '2' }]);
});

test('a tap while the core is away is forgotten, not done later', async () => {
  const kiosk = openKiosk();
  core.onView(KIOSK_VIEWS.borrow);
  coreIsAway = true;
  kiosk.takeBack('2');
  await Promise.resolve();
  coreIsAway = false;
  core.onView(KIOSK_VIEWS.idle);
  expect(sent).toEqual([]);
});
