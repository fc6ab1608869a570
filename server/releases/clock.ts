import type { FastifyBaseLogger } from 'fastify';
import type { Releases } from './releases.ts';

/** Waves go on with reports; of terminals that fell silent nobody hears, so they are looked at now and then. */
const STEP_EVERY_MS = 5000;
const RENEW_EVERY_MS = 600_000;

/** Lets time count for releases: waves, and metadata that end. Returns how to stop it; what runs has ended then. */
export function startReleaseClock(releases: Releases, logger: FastifyBaseLogger): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const run = (task: () => Promise<void>) => () => {
    last = last.then(task).catch((error: unknown) => logger.error({ err: error }, 'releases could not be looked at'));
  };
  const renew = run(() => releases.renew());
  renew();
  const timers = [
    setInterval(
      run(() => releases.step()),
      STEP_EVERY_MS,
    ),
    setInterval(renew, RENEW_EVERY_MS),
  ];
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await last;
  };
}
