import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type EndedReport, type Report, reportSchema, type Task } from './messages.ts';

/** Starts a terminal of the storm as a process of its own. One that ends before it was told to is an error. */
export function startTerminalProcess(task: Task) {
  const child = fork(join(import.meta.dirname, 'process.ts'), [JSON.stringify(task)]);
  const listeners = new Set<(report: Report) => void>();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for a report hears of it.
  failed.catch(() => {});
  child.on('message', (message) => {
    const report = reportSchema.parse(message);
    for (const listener of listeners) listener(report);
  });
  child.once('exit', (code) => fail(new Error(`a terminal ended with ${code}`)));

  function reported<T extends Report>(is: (report: Report) => report is T): Promise<T> {
    const heard = new Promise<T>((resolve) => {
      const listener = (report: Report) => {
        if (!is(report)) return;
        listeners.delete(listener);
        resolve(report);
      };
      listeners.add(listener);
    });
    return Promise.race([heard, failed]);
  }

  return {
    ready: reported((report): report is Extract<Report, { kind: 'ready' }> => report.kind === 'ready'),

    /** Lets it reconnect; resolves when it has sent all it has, and has all that the server has up to `seq`. */
    async quiet(seq: number): Promise<void> {
      const quiet = reported(
        (report): report is Report => report.kind === 'synced' && report.unsent === 0 && report.seq >= seq,
      );
      child.send({ order: 'go' });
      await quiet;
    },

    async stop(): Promise<EndedReport> {
      const ended = reported((report): report is EndedReport => report.kind === 'ended');
      child.send({ order: 'stop' });
      return ended;
    },

    kill(): void {
      child.kill('SIGKILL');
    },
  };
}
