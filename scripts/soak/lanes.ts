import { idNumberCheck } from '#shared/people/id-number.ts';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import type { PseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import type { SerialServer } from '#hardware/emulator/serial-server.ts';
import { createWire, type Wire, type WireManner } from '#hardware/emulator/wire.ts';
import { RDM6300 } from '#hardware/protocol/rdm6300.ts';
import { uidOf } from '#hardware/protocol/ic-card.ts';
import type { IdCard } from '#hardware/protocol/sdt-card.ts';
import type { Lane } from './words.ts';

/** A device on its line as the soak plays it. */
export interface Player {
  readonly lane: Lane;
  readonly wire: Wire;
  readonly plug: () => Promise<void>;
  readonly unplug: () => Promise<void>;
  /** Whether a damaged frame is always known as such; a barcode has no check of its own. */
  readonly isChecked: boolean;
  /** Ways of the wire by which a reading still comes whole. */
  readonly whole: readonly WireManner[];
  /** Whether it is asked, so that nothing from it shows as `silent`. */
  readonly isAsked: boolean;
  /** Shows the thing of this number, distinct from all others; returns what the driver should say of it. */
  readonly show: (number: number) => string;
  /** Takes it away again. */
  readonly lift: () => void;
}

interface Surroundings {
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

function wireOf(line: PseudoTerminal, { sleep, random }: Surroundings): Wire {
  return createWire({ line, sleep, random, unplug: () => line.unplug() });
}

export function scannerPlayer(line: PseudoTerminal, around: Surroundings): Player {
  const wire = wireOf(line, around);
  return {
    lane: 'scanner',
    wire,
    plug: () => line.plug(),
    unplug: () => line.unplug(),
    ...scanning(wire, 'HF'),
  };
}

/** The scanner behind a serial server: its plug is the server's connection. */
export function tcpScannerPlayer(server: SerialServer, { sleep, random }: Surroundings): Player {
  const unplug = () => server.stopListening();
  const wire = createWire({ line: server, sleep, random, unplug });
  return { lane: 'tcpScanner', wire, plug: () => server.listen(), unplug, ...scanning(wire, 'TC') };
}

function scanning(wire: Wire, prefix: string) {
  const emulator = createScannerEmulator({ line: wire });
  return {
    isChecked: false,
    isAsked: false,
    whole: ['correct', 'slow', 'split'],
    show(number: number) {
      // Said twice, the second time as its complement: a line of a scanner has no check, and one turned bit must not make
      // another code of the soak out of this one.
      const digits = (value: number) => String(value).padStart(6, '0');
      const code = `${prefix}-${digits(number)}-${digits(999_999 - number)}`;
      emulator.scan(code);
      return code;
    },
    lift: () => {},
  } as const;
}

export function icCardPlayer(line: PseudoTerminal, around: Surroundings): Player {
  const wire = wireOf(line, around);
  const emulator = createIcCardReaderEmulator({ line: wire, protocol: RDM6300, every: () => () => {} });
  return {
    lane: 'icCardReader',
    wire,
    plug: () => line.plug(),
    unplug: () => line.unplug(),
    isChecked: true,
    isAsked: false,
    whole: ['correct', 'slow', 'split'],
    show(number) {
      const uid = Uint8Array.of(0x0a, 0, (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
      emulator.touch(uid);
      return uidOf(uid);
    },
    lift: () => {},
  };
}

/** Somebody who does not exist: the region code is not allotted. 999 a day from 1990 on. */
function person(number: number): IdCard {
  const born = new Date(Date.UTC(1990, 0, 1 + Math.floor(number / 999))).toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `370899${born}${String(1 + (number % 999)).padStart(3, '0')}`;
  return {
    type: 'citizen',
    name: '王示春',
    sex: number % 2 === 0 ? 'male' : 'female',
    nation: '汉',
    birth: born,
    address: '济东新村 3 号楼 2 单元',
    number: first17 + idNumberCheck(first17),
    authority: '示例市公安局',
    validFrom: '20200101',
    validTo: '长期',
  };
}

export function cardReaderPlayer(line: PseudoTerminal, { sleep, random }: Surroundings): Player {
  const wire = createWire({ line, sleep, random, unplug: () => line.unplug(), baud: 115_200, heardBaud: 9600 });
  const emulator = createCardReaderEmulator({ line: wire });
  return {
    lane: 'cardReader',
    wire,
    plug: () => line.plug(),
    unplug: () => line.unplug(),
    isChecked: true,
    isAsked: true,
    whole: ['correct', 'slow', 'split', 'echoing'],
    show(number) {
      const card = person(number);
      emulator.placeCard(card);
      return card.number;
    },
    lift: () => emulator.liftCard(),
  };
}
