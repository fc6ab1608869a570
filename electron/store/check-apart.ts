import { Worker } from 'node:worker_threads';
import { describe, type Inspection } from './integrity.ts';

/** Looks at a whole database, which takes its time. */
export type Checker = (path: string, signal: AbortSignal) => Promise<Inspection>;

/** Beside this file, in the source and in the bundle alike. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './check-worker.ts' : './check-worker.js', import.meta.url);

/** The same as `inspectDatabase` of integrity.ts, in a thread of its own: the kiosk goes on meanwhile. */
export const checkApart: Checker = (path, signal) =>
  new Promise((resolve) => {
    const worker = new Worker(WORKER, { workerData: path });
    // A process that ends does not wait for a check.
    worker.unref();
    const end = () => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.once('message', (inspection: Inspection) => resolve(inspection));
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      resolve({ kind: 'cannot-open', detail: `the check ended with ${code}` });
    });
    worker.once('error', (error) => resolve({ kind: 'cannot-open', detail: describe(error) }));
  });
