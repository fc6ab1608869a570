import { setTimeout as sleep } from 'node:timers/promises';
import { LINE_PROTOCOLS } from '../protocol/line-protocols.ts';
import { encodeCommand } from '../protocol/sdt-command.ts';
import { createSdtParser } from '../protocol/sdt-frame.ts';
import { parseReply } from '../protocol/sdt-message.ts';
import type { LineFault, Transport } from '../transport/transport.ts';
import { type BurstDelays, createBursts } from './bursts.ts';
import { type Burst, judge } from './judge.ts';
import { scannerTraits } from './scanner-traits.ts';

export interface AskDelays extends BurstDelays {
  /** Listened before anything is sent: who speaks by itself is not asked. */
  readonly quiet: number;
  /** A card reader answers within this (device notes 5, "wrong baud": 500). */
  readonly answer: number;
}

/** `spoke`: somebody talks there by itself, and must not be asked. */
export type Answer =
  | { readonly kind: 'fault'; readonly fault: LineFault }
  | { readonly kind: 'reply'; readonly sw3: number }
  | { readonly kind: 'spoke'; readonly burst: Burst }
  | { readonly kind: 'silent' };

/** What a reply at a wrong speed does not look like by chance: a right checksum, or a text with its terminator. */
function isTalk(burst: Burst): boolean {
  const who = judge([burst], LINE_PROTOCOLS);
  if (who.kind === 'unreadable') return false;
  return (who.kind === 'ic-card' && who.isChecked) || scannerTraits(burst.bytes).terminator !== 'none';
}

/** Asks a line for the status of a card reader, `11 FF`, after it was quiet for a while. Nothing else is ever sent. */
export async function askStatus(transport: Transport, delays: AskDelays, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return { kind: 'silent' };
  const over = new AbortController();
  const parser = createSdtParser();
  let hasAsked = false;
  let hasSpoken = false;
  let answer: Answer = { kind: 'silent' };

  function end(with_: Answer): void {
    if (answer.kind === 'silent') answer = with_;
    over.abort();
  }
  const bursts = createBursts(delays, (burst) => {
    if (hasSpoken || isTalk(burst)) end({ kind: 'spoke', burst });
  });
  function onBytes(bytes: Uint8Array): void {
    if (!hasAsked) hasSpoken = true;
    bursts.push(bytes);
    for (const result of parser.push(bytes)) {
      const reply = result.kind === 'payload' ? parseReply(result.payload) : null;
      if (reply !== null && hasAsked && !hasSpoken) end({ kind: 'reply', sw3: reply.sw3 });
    }
  }
  const until = AbortSignal.any([over.signal, signal]);
  const wait = (ms: number) => sleep(ms, undefined, { signal: until }).catch(() => {});

  const opened = await transport.open({ onBytes, onGone: () => end({ kind: 'fault', fault: 'no-device' }) });
  if (!opened.ok) return { kind: 'fault', fault: opened.error };
  await wait(delays.quiet);
  if (!hasSpoken && !until.aborted) {
    hasAsked = true;
    opened.value.send(encodeCommand('samStatus'));
    await wait(delays.answer);
  }
  // What has begun is heard to its end.
  await wait(hasSpoken ? delays.longest + delays.pause : delays.pause);
  bursts.stop();
  await opened.value.close();
  return answer;
}
