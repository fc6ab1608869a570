import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDevices } from '#electron/core/devices.ts';
import { machineSchema } from '#electron/core/settings.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import { createPseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';

const UID = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);
/** As hex, and as the decimal forms print it (device notes 3). */
const SAID = /0063e9ae|6547886|99,?59822/i;

test.each(['rdm6300', 'id-12'] as const satisfies readonly IcCardProtocolName[])(
  'a reader of staff cards by its settings (%s): the kiosk hears of a card once, and nobody of its number',
  async (protocol) => {
    const folder = mkdtempSync(join(tmpdir(), 'red-sail-ic-'));
    const path = join(folder, 'tty');
    const line = createPseudoTerminal({ path });
    await line.plug();
    const emulator = createIcCardReaderEmulator({
      line,
      protocol: IC_CARD_PROTOCOLS[protocol],
      every(ms, run) {
        const timer = setInterval(run, ms);
        return () => clearInterval(timer);
      },
    });
    const logged: unknown[] = [];
    const note = (...parts: unknown[]) => void logged.push(parts);
    const heard: unknown[] = [];
    let conditions: KioskView['devices'] | null = null;
    const devices = createDevices({
      settings: machineSchema.parse({
        scanner: { kind: 'keyboard' },
        cardReader: { path: join(folder, 'no-such-reader') },
        icCardReader: { path, protocol },
      }),
      monotonic: () => performance.now(),
      log: { info: note, warn: note, error: note, debug: note },
      kiosk: {
        scanned: (text) => void heard.push(['scanned', text]),
        cardShown: (card) => void heard.push(['card', card]),
        cardUnreadable: () => void heard.push(['unreadable']),
        otherCardShown: (...more: unknown[]) => void heard.push(['other', ...more]),
        devicesChanged: (next) => {
          conditions = next;
        },
      },
    });
    onTestFinished(async () => {
      emulator.lift();
      await devices.stop();
      await line.unplug();
      rmSync(folder, { recursive: true, force: true });
    });
    devices.start();
    await vi.waitFor(
      () => expect(conditions).toMatchObject({ icCardReader: 'ready', cardReader: 'no-device' }),
      10_000,
    );
    emulator.hold(UID);
    await vi.waitFor(() => expect(heard).toEqual([['other']]), 10_000);
    await line.unplug();
    await vi.waitFor(() => expect(conditions).toMatchObject({ icCardReader: 'no-device' }), 10_000);
    expect(heard).toEqual([['other']]);
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toMatch(SAID);
  },
);
