import type { FastifyBaseLogger } from 'fastify';

export interface ClockTask {
  /** For the log, where it fails. */
  readonly name: string;
  readonly everyMs: number;
  /** Also when the server starts. */
  readonly atOnce: boolean;
  readonly run: () => Promise<void>;
}

/** What is done now and then, one task after the other. Returns how to stop it; what runs has ended then. */
export function startClock(tasks: readonly ClockTask[], logger: FastifyBaseLogger): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const timers = tasks.map(({ name, everyMs, atOnce, run }) => {
    const go = () => {
      last = last
        .then(run)
        .catch((error: unknown) => logger.error({ err: error, task: name }, 'a task of the clock failed'));
    };
    if (atOnce) go();
    return setInterval(go, everyMs);
  });
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await last;
  };
}
