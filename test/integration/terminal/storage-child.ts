/**
 * A process for the tests to kill. `restore PATH STEP`: starts on a damaged database and ends itself with -9 at that step of
 * mending it. `backup PATH`: lends and makes backups until it is killed, and prints each n that was acknowledged.
 */
import { createEventStore } from '#electron/store/event-store.ts';
import { v7 } from 'uuid';
import { createLedger } from '#electron/core/ledger.ts';
import { draftReturned } from '#electron/core/lending/drafts.ts';
import { backUp } from '#electron/store/backup.ts';
import { checkApart } from '#electron/store/check-apart.ts';
import { DEVICE, start } from './storage-world.ts';

const [what, path = '', step = '0'] = process.argv.slice(2);
if (what === 'restore') {
  let steps = 0;
  start(path, () => {
    steps += 1;
    if (steps === Number(step)) process.kill(process.pid, 'SIGKILL');
  });
} else {
  const { db } = start(path);
  const store = createEventStore(db, DEVICE);
  const monotonic = () => performance.now();
  const ledger = createLedger({ store, station: 'LD', now: Date.now, monotonic, newId: () => v7() });
  setInterval(() => {
    const [event] = ledger.append([draftReturned('HF-000001', 'LD', null, null)]);
    process.stdout.write(`${event?.n}\n`);
  }, 5);
  for (;;) {
    const made = await backUp(
      db,
      { now: Date.now, freeBytes: () => 1e12, check: checkApart },
      new AbortController().signal,
    );
    process.stdout.write(made.ok ? 'backup\n' : `failed ${JSON.stringify(made.error)}\n`);
  }
}
