import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import type { AskDelays } from '#hardware/finder/ask.ts';
import type { Finding } from '#hardware/finder/finding.ts';
import { type FinderPlace, findDevices } from '#hardware/finder/find-devices.ts';
import type { Shown } from '#hardware/finder/judge.ts';
import type { PseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createSerialTransport } from '#hardware/transport/serial-line.ts';
import { bareWire, SILENT_LOG, until, WATCH_MS } from './device-bench.ts';

/** The waits of the product, each shorter. */
export const SHORT: AskDelays = { quiet: 30, answer: 100, pause: 60, longest: 400 };
/** `11 FF`, device notes T1. */
const STATUS = 'aaaaaa9669000311ffed';

export const placeAt = (path: string): FinderPlace => ({
  kind: 'serial',
  port: path,
  namedBy: 'node',
  settingsAt: (baud) => ({ path, baud }),
  transportAt: (baud) => createSerialTransport({ path, baud, watchMs: WATCH_MS, log: SILENT_LOG }),
});

/** A line on which what comes is kept. `asked`: how often a status was asked. */
export async function wire() {
  const line = bareWire();
  let sent = '';
  let next: (bytes: Uint8Array) => void = () => {};
  line.onBytes((bytes) => {
    sent += Buffer.from(bytes).toString('hex');
    next(bytes);
  });
  await line.plug();
  const far = { ...line, onBytes: (listener: (bytes: Uint8Array) => void) => void (next = listener) };
  return {
    path: line.path,
    line: far satisfies PseudoTerminal,
    asked: () => sent.length / STATUS.length,
    /** Whether nothing but whole commands for the status has come. */
    wasOnlyAsked: () => sent === STATUS.repeat(sent.length / STATUS.length),
    /** Waits until the asking is over and somebody listens, at any speed that a listener tries. */
    isListenedTo: () => until(() => sent.length / STATUS.length === 5, 'the asking'),
  };
}

/** At what speed the line is now open; a pseudo-terminal keeps it without heeding it. */
export const speedOf = (path: string) =>
  Number(/speed (\d+) baud/.exec(execFileSync('stty', ['-F', path, '-a'], { encoding: 'utf8' }))?.[1]);

/** Looks at these until all is known, or until `end` is called. */
export function find(places: readonly FinderPlace[], shown: Shown = null, delays: AskDelays = SHORT) {
  const over = new AbortController();
  const findings: Finding[] = [];
  const asks: string[] = [];
  const done = findDevices({
    places,
    delays,
    signal: over.signal,
    shown,
    holderOf: async () => 'pid 7 (somebody)',
    onFinding: (finding) => findings.push(finding),
    onAsk: (_port, words) => asks.push(words),
  });
  onTestFinished(async () => {
    over.abort();
    await done;
  });
  return { findings, asks, done, end: () => over.abort() };
}
