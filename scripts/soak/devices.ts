import { join } from 'node:path';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import { createPseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { uidOf } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { itemKey, itemLabel } from '#shared/lending/item-code.ts';
import { idNumberCheck } from '#shared/people/id-number.ts';
import { T10_CARD } from '../../test/fixtures/cards.ts';
import type { DeviceName } from './contract.ts';
import type { SoakDevice } from './device-life.ts';

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** Emulators of the three devices on the lines of a folder; every thing they are shown is another one. */
export function createSoakDevices(folder: string): Readonly<Record<DeviceName, SoakDevice>> {
  const lineOf = (name: DeviceName) => createPseudoTerminal({ path: join(folder, name) });
  const [scannerLine, cardLine, icCardLine] = [lineOf('scanner'), lineOf('cardReader'), lineOf('icCardReader')];
  const scanner = createScannerEmulator({ line: scannerLine });
  const cardReader = createCardReaderEmulator({ line: cardLine });
  const icCardReader = createIcCardReaderEmulator({ line: icCardLine, protocol: IC_CARD_PROTOCOLS.rdm6300, every });

  const labelOf = (n: number) => itemLabel(itemKey(n % 999_999));
  const cardOf = (n: number) => {
    const first17 = `11010519491231${String(n % 1000).padStart(3, '0')}`;
    return { ...T10_CARD, number: `${first17}${idNumberCheck(first17)}` };
  };
  const tagOf = (n: number) => Uint8Array.of(1, n >> 24, n >> 16, n >> 8, n);
  return {
    scanner: {
      line: scannerLine,
      show: (n) => {
        scanner.scan(labelOf(n));
        return { what: labelOf(n), takeAway: () => {} };
      },
      half: (n) => scanner.halfFrame(labelOf(n)),
    },
    cardReader: {
      line: cardLine,
      show: (n) => {
        cardReader.placeCard(cardOf(n));
        return { what: cardOf(n).number, takeAway: () => cardReader.liftCard() };
      },
      half: (n) => cardReader.halfFrame(cardOf(n)),
    },
    icCardReader: {
      line: icCardLine,
      show: (n) => {
        icCardReader.hold(tagOf(n));
        return { what: uidOf(tagOf(n)), takeAway: () => icCardReader.lift() };
      },
      half: (n) => icCardReader.halfFrame(tagOf(n)),
    },
  };
}
