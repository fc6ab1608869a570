import type { SentAround } from '../device/barcode-scanner.ts';
import { LINE_PROTOCOLS } from '../protocol/line-protocols.ts';
import { statusOf, SW3 } from '../protocol/sdt-status.ts';
import type { DeviceSettings } from '../transport/device-transport.ts';
import type { LineFault } from '../transport/transport.ts';
import type { Judgement } from './judge.ts';
import type { SevenBits } from './seven-bits.ts';
import type { ScannerTraits } from './scanner-traits.ts';

/**
 * By what a port's name is its own: the serial number of its device, the USB port it is plugged into, the only one of its
 * model, or nothing that lasts (`node`: another after the next plug).
 */
export type NamedBy = 'serial-number' | 'usb-port' | 'model' | 'node';

/** What was found out about a place where a device may be. */
export type Learnt =
  | { readonly kind: 'card-reader'; readonly sw3: number; readonly speed: number | null }
  | {
      readonly kind: 'talker';
      readonly who: Judgement;
      readonly speed: number;
      /** Null: 8 data bits, no parity. */
      readonly framing: SevenBits | null;
      readonly traits: ScannerTraits;
    }
  /** Says by its usage page that it is a scanner (device notes 2.3). */
  | { readonly kind: 'hid-scanner'; readonly wasHeard: boolean }
  /** Neither answered nor spoke. */
  | { readonly kind: 'silent' }
  /** `holder`: who has it open, where that is known. */
  | { readonly kind: 'fault'; readonly fault: LineFault; readonly holder: string | null };

/** One line of the set-up: what is at a port, what to write into the settings, and what to do. No value that was scanned. */
export interface Finding {
  readonly kind: 'finding';
  readonly port: string;
  readonly namedBy: NamedBy;
  readonly what: 'id-card-reader' | 'barcode-scanner' | 'ic-card-reader' | 'unclear' | 'unknown';
  readonly condition: 'ready' | 'silent' | LineFault;
  /** Bits a second; null where the line has no speed, or none was right. */
  readonly speed: number | null;
  readonly settings: (DeviceSettings & SentAround & { readonly protocol?: string }) | null;
  readonly evidence: readonly string[];
  /** What somebody has to do; null where all is well. */
  readonly todo: string | null;
}

/** Where a device may be, under the name that the settings will have. */
export interface Place {
  readonly port: string;
  readonly namedBy: NamedBy;
  /** The settings with this speed, where there is one. */
  readonly settingsAt: (speed: number) => DeviceSettings;
}

const RULES = 'install packaging/linux/70-redsail-devices.rules';

function faultTodo(fault: LineFault, holder: string | null): string {
  switch (fault) {
    case 'no-permission':
      return `add this user to the group redsail (usermod -aG redsail USER, then log in anew); where there is no such group, ${RULES}; then pull the plug and put it in again`;
    case 'busy':
      return `another program has it open: ${holder ?? 'fuser or lsof would say which'}. End it, or the terminal if that is it, and look again`;
    case 'no-device':
      return 'it was there and is gone: look at plug and cable';
    default:
      return 'it can’t be opened: pull the plug and put it in again; if that does not help, see the words on stderr';
  }
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');

function cardReader(sw3: number): Pick<Finding, 'condition' | 'evidence' | 'todo'> {
  const { name } = statusOf(sw3);
  const evidence = [`answers 11 FF with status ${hex(sw3)}${name === null ? '' : ` (${name})`}`];
  if (sw3 === SW3.ok) return { condition: 'ready', evidence, todo: null };
  if (sw3 === SW3.selfTestFailed) {
    const todo =
      'its self-test has failed: take its power away for a minute; if it says so again, it goes to the vendor';
    return { condition: 'broken', evidence, todo };
  }
  if (sw3 === SW3.samUnauthorised) {
    const todo = 'its security module (SAM) is not authorised: only the vendor can mend that';
    return { condition: 'broken', evidence, todo };
  }
  return { condition: 'ready', evidence, todo: 'an unusual status: try it with a card' };
}

function scannerEvidence({ terminator, startsWithStx, sendsAim, around }: ScannerTraits): string[] {
  return [
    `terminator: ${terminator}`,
    ...(startsWithStx ? ['STX in front'] : []),
    sendsAim ? 'sends AIM identifiers' : 'sends no AIM identifier',
    around === null
      ? 'prefix and suffix: only a label of ours would tell'
      : `prefix ${JSON.stringify(around.prefix)}, suffix ${JSON.stringify(around.suffix)}`,
  ];
}

function scannerTodo({ terminator }: ScannerTraits): string | null {
  if (terminator !== 'none') return null;
  return 'it works as it is; safer is to set the scanner to send CR behind each code (a code in its manual), and to look again';
}

/** What the terminal has to know of what a scanner sends around a code; nothing where it sends CR and no more. */
function sentAround({ terminator, around }: ScannerTraits): SentAround {
  return {
    ...(around === null || around.prefix === '' ? {} : { prefix: around.prefix }),
    ...(around === null || around.suffix === '' ? {} : { suffix: around.suffix }),
    ...(terminator === 'none' ? { pause: 'pause-ends' } : {}),
  };
}

/** What a person is asked for, where more than one protocol says the same. */
export function askAgain(protocols: readonly string[]): string {
  const isScannerLikely = protocols.includes(LINE_PROTOCOLS.barcode.name);
  return isScannerLikely
    ? `could be ${protocols.join(', ')}. Scan a label of ours, or hold up another card; if that doesn't tell, look again with --shown label or --shown card`
    : `could be ${protocols.join(', ')}. Hold up other cards; if that doesn't tell, the number printed on one does: npm run -s tool -- decode --protocol P --hex ".." --printed N`;
}

function talker(
  who: Judgement,
  speed: number,
  traits: ScannerTraits,
): Pick<Finding, 'what' | 'condition' | 'speed' | 'evidence' | 'todo'> {
  switch (who.kind) {
    case 'barcode':
      return {
        what: 'barcode-scanner',
        condition: 'ready',
        speed,
        evidence: scannerEvidence(traits),
        todo: scannerTodo(traits),
      };
    case 'ic-card':
      return {
        what: 'ic-card-reader',
        condition: 'ready',
        speed,
        evidence: [`protocol ${who.protocol}`, who.isChecked ? 'its checksum is right' : 'no other protocol says this'],
        todo: null,
      };
    case 'several':
      return {
        what: 'unclear',
        condition: 'ready',
        speed,
        evidence: who.protocols.map((name) => `can be ${name}`),
        todo: askAgain(who.protocols),
      };
    default:
      return {
        what: 'unknown',
        condition: 'ready',
        speed: null,
        evidence: ['it speaks, and at no speed that was tried is it to be understood'],
        todo: 'scan again, several times, a second apart: each scan tries another speed. If that does not help: 8 data bits with parity can’t be heard from here, its manual says how to switch that off',
      };
  }
}

/** The line that says what was learnt. */
export function findingOf(place: Place, learnt: Learnt): Finding {
  const { port, namedBy, settingsAt } = place;
  const base = { kind: 'finding', port, namedBy } as const;
  switch (learnt.kind) {
    case 'card-reader': {
      const { sw3, speed } = learnt;
      const settings = settingsAt(speed ?? 0);
      return { ...base, what: 'id-card-reader', speed, settings, ...cardReader(sw3) };
    }
    case 'talker': {
      const said = talker(learnt.who, learnt.speed, learnt.traits);
      const isKnown = said.what === 'barcode-scanner' || said.what === 'ic-card-reader';
      const protocol = learnt.who.kind === 'ic-card' ? { protocol: learnt.who.protocol } : {};
      const framing = learnt.framing ?? {};
      const evidence = [
        ...said.evidence,
        ...(learnt.framing === null ? [] : [`7 data bits, ${learnt.framing.parity} parity`]),
      ];
      const around = said.what === 'barcode-scanner' ? sentAround(learnt.traits) : {};
      const settings = isKnown ? { ...settingsAt(learnt.speed), ...framing, ...around, ...protocol } : null;
      return { ...base, ...said, evidence, settings };
    }
    case 'hid-scanner':
      return {
        ...base,
        what: 'barcode-scanner',
        condition: 'ready',
        speed: null,
        settings: settingsAt(0),
        evidence: ['usage page 8C, usage 02', learnt.wasHeard ? 'a scan was heard' : 'no scan was heard'],
        todo: learnt.wasHeard ? null : 'scan something with it, to be sure',
      };
    case 'silent':
      return {
        ...base,
        what: 'unknown',
        condition: 'silent',
        speed: null,
        settings: null,
        evidence: ['no answer to 11 FF at any speed', 'nothing was scanned'],
        todo: 'scan or hold something before it while this looks; if it stays silent: has it power, is it the right cable, is the scanner set to be a keyboard or to USB-COM?',
      };
    default: {
      const { fault, holder } = learnt;
      const evidence = [`can’t be opened: ${fault}`];
      const todo = faultTodo(fault, holder);
      return { ...base, what: 'unknown', condition: fault, speed: null, settings: null, evidence, todo };
    }
  }
}
