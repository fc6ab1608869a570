import { unreachable } from '#shared/result.ts';
import type { Releases } from '../releases/releases.ts';
import type { SigningKeys } from '../releases/signing-keys.ts';
import type { Gated } from './gate.ts';

/** The calls of contract/releases.ts, each of them behind the gate. */
export function releaseCalls({ releases: calls }: Gated, releases: Releases, signingKeys: SigningKeys) {
  return {
    list: calls.list.handler(({ input }) => releases.list(input)),
    terminals: calls.terminals.handler(async () => ({ rows: await releases.reports.terminals() })),
    prepare: calls.prepare.handler(async ({ errors }) => {
      const prepared = await releases.prepare();
      if (prepared.ok) {
        const { added, removed, ...rest } = prepared.value;
        return {
          ...rest,
          added: added.map(({ leaflet, version, title, stations }) => ({
            leaflet,
            version,
            title,
            stations: [...stations],
          })),
          removed: removed.map(({ leaflet, version, title }) => ({ leaflet, version, title })),
        };
      }
      switch (prepared.error) {
        case 'nothing':
          throw errors.NOTHING_TO_PUBLISH();
        case 'no-root':
          throw errors.NO_ROOT();
        default:
          return unreachable(prepared.error);
      }
    }),
    publish: calls.publish.handler(async ({ input, context, errors }) => {
      const published = await releases.publish(context.account.account, input);
      if (published.ok) return published.value;
      switch (published.error) {
        case 'changed':
          throw errors.CHANGED();
        case 'wrong-signature':
          throw errors.WRONG_SIGNATURE();
        case 'files-gone':
          throw errors.FILES_GONE();
        default:
          return unreachable(published.error);
      }
    }),
    stop: calls.stop.handler(async ({ input, errors }) => {
      const stopped = await releases.stop(input.release);
      if (!stopped.ok) throw errors.CONFLICT();
      return stopped.value;
    }),
    rollBack: calls.rollBack.handler(async ({ input, errors }) => {
      const back = await releases.rollBack(input.release);
      if (!back.ok) throw errors.CONFLICT();
      return back.value;
    }),
    myKey: calls.myKey.handler(({ context }) => signingKeys.of(context.account.account)),
    saveMyKey: calls.saveMyKey.handler(({ input, context }) => signingKeys.save(context.account.account, input)),
  };
}
