/**
 * A terminal of the storm: is enrolled, syncs once, writes its events offline, says `ready`; told to go, syncs as in the product
 * until it is told to stop. Messages: messages.ts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { seqOf } from '#server/store/cursor.ts';
import type { Fetch } from '#electron/core/identity/signing-fetch.ts';
import { createExchange } from '#electron/core/sync/exchange.ts';
import { createSync, SYNC_DELAYS } from '#electron/core/sync/sync.ts';
import { writeOffline } from '../offline-events.ts';
import { BENCH_LOG, openTerminal } from '../terminal.ts';
import { orderSchema, type Report, taskSchema } from './messages.ts';

const say = (report: Report) => process.send?.(report);
const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const answers: Record<string, number> = {};
let unanswered = 0;
let again = 0;
let stopping = false;

const countingFetch: Fetch = async (url, init) => {
  try {
    const response = await fetch(url, init);
    answers[response.status] = (answers[response.status] ?? 0) + 1;
    return response;
  } catch (error) {
    if (!stopping) unanswered += 1;
    throw error;
  }
};

const { ledger, link, station, close } = await openTerminal({ ...task, fetch: countingFetch });
const monotonic = () => performance.now();
const first = await createExchange({ ledger, link, monotonic, onSending() {}, log: BENCH_LOG })(
  AbortSignal.timeout(60_000),
);
if (first !== null) throw new Error(`no first exchange: ${JSON.stringify(first)}`);
writeOffline(ledger, station, task.items, task.events);

const sync = createSync({
  ledger,
  link,
  delays: SYNC_DELAYS,
  now: Date.now,
  monotonic,
  random: Math.random,
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
  onStatus({ state, unsent }) {
    if (state === 'synced') say({ kind: 'synced', unsent, seq: seqOf(ledger.head().cursor) });
    if (state === 'saved-here') again += 1;
  },
  log: BENCH_LOG,
});

async function stop(): Promise<void> {
  stopping = true;
  await sync.stop();
  close();
  process.send?.({ kind: 'ended', answers, unanswered, again } satisfies Report, () => process.exit(0));
}

process.on('message', (message) => {
  if (orderSchema.parse(message).order === 'go') sync.start();
  else void stop();
});
process.once('disconnect', () => process.exit(0));
say({ kind: 'ready', seq: seqOf(ledger.head().cursor) });
