import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { FAULTS, type Finding } from './target.ts';

export interface RunOptions {
  /** A module with `TARGETS`, and the name of the one that is meant. */
  readonly module: URL;
  readonly name: string;
  readonly seed: number;
  /** As long as this at most, and as many inputs. */
  readonly ms: number;
  readonly most?: number;
  /** This input and no other, as a finding says it. */
  readonly again?: string;
  /** A decoder that is at one input, or at its growth, for so long is taken to hang, milliseconds. */
  readonly hangsAfterMs: number;
}

export interface RunResult {
  readonly inputs: number;
  readonly findings: readonly Finding[];
}

/** In the memory that is shared with the worker: how many inputs there were, how long the current one is, and it. */
export const SHARED = { turnAt: 0, lengthAt: 4, inputAt: 8, inputBytes: 64 * 1024 } as const;

const doneSchema = z.object({
  inputs: z.int(),
  findings: z.array(
    z.object({
      target: z.string(),
      what: z.enum(FAULTS),
      detail: z.string(),
      input: z.string().nullable(),
    }),
  ),
});

/** One target in a thread of its own, so that one that never comes back can be ended. */
export async function runTarget({ module, name, seed, ms, most, again, hangsAfterMs }: RunOptions): Promise<RunResult> {
  const shared = new SharedArrayBuffer(SHARED.inputAt + SHARED.inputBytes);
  const turn = new Int32Array(shared, SHARED.turnAt, 1);
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: {
      module: module.href,
      name,
      seed,
      ms,
      most: most ?? Number.MAX_SAFE_INTEGER,
      again: again ?? null,
      shared,
    },
  });
  const hang = new AbortController();
  let [lastTurn, since] = [-1, performance.now()];
  const watch = setInterval(() => {
    const now = Atomics.load(turn, 0);
    if (now !== lastTurn) [lastTurn, since] = [now, performance.now()];
    else if (performance.now() - since > hangsAfterMs) hang.abort();
  }, hangsAfterMs / 10);
  try {
    const [message]: unknown[] = await Promise.race([
      once(worker, 'message', { signal: hang.signal }),
      once(worker, 'exit', { signal: hang.signal }).then(([code]) => {
        throw new Error(`the thread ended by itself with ${String(code)}`);
      }),
    ]);
    return doneSchema.parse(message);
  } catch (error) {
    const length = new Int32Array(shared, SHARED.lengthAt, 1)[0];
    const input = Buffer.from(new Uint8Array(shared, SHARED.inputAt, length)).toString();
    // Nothing is written down while memory is measured.
    const what = hang.signal.aborted ? 'hangs' : 'dies';
    const detail = hang.signal.aborted ? 'at this input' : String(error);
    return {
      inputs: Math.max(0, lastTurn),
      findings: [{ target: name, what, detail, input: input === '' ? null : input }],
    };
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
