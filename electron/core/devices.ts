import { createBarcodeScanner, createHidPosScanner } from '#hardware/device/barcode-scanner.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import { createIcCardReader } from '#hardware/device/ic-card-reader.ts';
import { DEVICE_DELAYS, type Driver } from '#hardware/device/driver.ts';
import { createKeyboardScanner } from '#hardware/device/keyboard-scanner.ts';
import { createTransport } from '#hardware/transport/device-transport.ts';
import type { Kiosk } from './kiosk.ts';
import type { Log } from './log.ts';
import type { Machine } from './settings.ts';

export interface DevicesDeps {
  readonly settings: Pick<Machine, 'scanner' | 'cardReader' | 'icCardReader'>;
  readonly monotonic: () => number;
  readonly log: Log;
  readonly kiosk: Pick<Kiosk, 'scanned' | 'cardShown' | 'cardUnreadable' | 'otherCardShown' | 'devicesChanged'>;
}

/** The scanner and the card readers of these settings. */
export function createDevices({ settings, monotonic, log, kiosk }: DevicesDeps) {
  const onCondition = () =>
    kiosk.devicesChanged({
      scanner: scanner.condition(),
      cardReader: cardReader.condition(),
      icCardReader: icCardReader?.condition() ?? null,
    });
  const device = { delays: DEVICE_DELAYS, random: Math.random, log, monotonic, onCondition };
  const onReading = ({ text }: { readonly text: string }) => kiosk.scanned(text);

  const keyboard = createKeyboardScanner({ ...device, onReading });
  const scanner = pluggedScanner() ?? keyboard;
  const cardReader = createCardReader({
    ...device,
    transport: createTransport(settings.cardReader, log),
    onReading: (reading) => (reading.kind === 'id-card' ? kiosk.cardShown(reading.card) : kiosk.cardUnreadable()),
  });

  const icCardReader = pluggedIcCardReader();

  function pluggedIcCardReader(): Driver | null {
    const { icCardReader: at } = settings;
    if (at === undefined) return null;
    return createIcCardReader({
      ...device,
      transport: createTransport(at, log),
      protocol: at.protocol,
      // Whose card it is nobody has to know: its number goes no further.
      onReading: () => kiosk.otherCardShown(),
    });
  }

  function pluggedScanner(): Driver | null {
    const { scanner: at } = settings;
    if (at.kind === 'keyboard') return null;
    const options = { ...device, transport: createTransport(at, log), onReading };
    if (at.kind === 'hid') return createHidPosScanner(options);
    const { prefix, suffix, pause } = at;
    return createBarcodeScanner({ ...options, prefix, suffix, pause });
  }

  return {
    start(): void {
      scanner.start();
      cardReader.start();
      icCardReader?.start();
    },
    async stop(): Promise<void> {
      await Promise.all([scanner.stop(), cardReader.stop(), icCardReader?.stop()]);
    },
    /** The page says that a keyboard typed a scan. Where the scanner is no keyboard, somebody else's was plugged in. */
    typed(text: string): void {
      if (scanner === keyboard) keyboard.typed(text);
      else log.warn({ length: text.length }, 'a scan was typed, but no such scanner is set up');
    },
  };
}
