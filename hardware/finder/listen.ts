import { LINE_PROTOCOLS } from '../protocol/line-protocols.ts';
import type { Transport } from '../transport/transport.ts';
import { type BurstDelays, createBursts } from './bursts.ts';
import { askAgain, type Learnt } from './finding.ts';
import { type Burst, judge, type Shown } from './judge.ts';
import { asSevenBits } from './seven-bits.ts';
import { scannerTraits } from './scanner-traits.ts';

/** As scanners and card readers leave the factory first (device notes 2.1 and 3). A line that is understood at none is tried anew. */
const LISTEN_SPEEDS = [9600, 115_200, 38_400, 19_200, 57_600] as const;
/** As many scans as somebody makes before asking somebody else. */
const MOST_BURSTS = 16;

export interface ListenOptions {
  readonly transportAt: (speed: number) => Transport;
  readonly delays: BurstDelays;
  /** Ends the listening. */
  readonly signal: AbortSignal;
  readonly shown: Shown;
  /** More is wanted of the person who scans; in words. */
  readonly onAsk: (words: string) => void;
}

/** What scans at one speed say, all together. */
function createHearing(speed: number, shown: Shown) {
  let bursts: Burst[] = [];
  return (heard: Burst): Learnt & { readonly kind: 'talker' } => {
    const seven = asSevenBits(heard);
    const burst = seven?.burst ?? heard;
    const framing = seven?.framing ?? null;
    const traits = scannerTraits(burst.bytes);
    const together = [...bursts, burst].slice(-MOST_BURSTS);
    const who = judge(together, LINE_PROTOCOLS, shown);
    bursts = together;
    if (who.kind !== 'unreadable') return { kind: 'talker', who, speed, framing, traits };
    // No protocol has said all of them: one was noise, so only the last counts.
    bursts = [burst];
    return { kind: 'talker', who: judge(bursts, LINE_PROTOCOLS, shown), speed, framing, traits };
  };
}

/** Listens at one speed until it is known who talks, or that this speed is wrong. */
async function listenAt(
  speed: number,
  first: Burst | null,
  { transportAt, delays, signal, shown, onAsk }: ListenOptions,
): Promise<Learnt> {
  const over = new AbortController();
  const hear = createHearing(speed, shown);
  let learnt: Learnt = { kind: 'silent' };

  function take(burst: Burst): void {
    const heard = hear(burst);
    learnt = heard;
    if (heard.who.kind === 'several') onAsk(askAgain(heard.who.protocols));
    else over.abort();
  }
  if (first !== null) take(first);
  const until = AbortSignal.any([over.signal, signal]);
  if (until.aborted) return learnt;

  const bursts = createBursts(delays, take);
  function onGone(): void {
    if (learnt.kind === 'silent') learnt = { kind: 'fault', fault: 'no-device', holder: null };
    over.abort();
  }
  const opened = await transportAt(speed).open({ onBytes: bursts.push, onGone });
  if (!opened.ok) return { kind: 'fault', fault: opened.error, holder: null };
  await new Promise<void>((resolve) => {
    if (until.aborted) resolve();
    else until.addEventListener('abort', () => resolve(), { once: true });
  });
  bursts.stop();
  await opened.value.close();
  return learnt;
}

/** Listens to a line that may be of any speed, while somebody scans. Sends nothing. `heard`: what has come already. */
export async function listen(
  heard: { readonly speed: number; readonly burst: Burst } | null,
  options: ListenOptions,
): Promise<Learnt> {
  const speeds = [...new Set([...(heard === null ? [] : [heard.speed]), ...LISTEN_SPEEDS])];
  let learnt: Learnt = { kind: 'silent' };
  for (let turn = 0; !options.signal.aborted || (turn === 0 && heard !== null); turn += 1) {
    const speed = speeds[turn % speeds.length] ?? LISTEN_SPEEDS[0];
    const here = await listenAt(speed, turn === 0 ? (heard?.burst ?? null) : null, options);
    if (here.kind === 'silent') break;
    learnt = here;
    if (here.kind !== 'talker' || here.who.kind !== 'unreadable') break;
    options.onAsk('that was not to be understood: scan it again, another speed is tried');
  }
  return learnt;
}
