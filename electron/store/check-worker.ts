import { parentPort, workerData } from 'node:worker_threads';
import { inspectDatabase } from './integrity.ts';

/** The thread of check-apart.ts: looks at one database, says what it found, and ends. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not to a window
parentPort?.postMessage(inspectDatabase(String(workerData), 'whole'));
