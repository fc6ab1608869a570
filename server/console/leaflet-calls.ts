import { type Result, unreachable } from '#shared/result.ts';
import type { LeafletFault, Leaflets } from '../leaflets/leaflets.ts';
import type { Gated } from './gate.ts';

interface Refusals {
  readonly NOT_FOUND: () => Error;
  readonly CONFLICT: () => Error;
  readonly OWN_WORK?: () => Error;
  readonly UNKNOWN_FILE?: () => Error;
  readonly UNSAFE_TEXT?: () => Error;
}

/** What became of a leaflet, or the error of the contract. */
function changed<T>(result: Result<T, LeafletFault>, errors: Refusals): T {
  if (result.ok) return result.value;
  switch (result.error) {
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'own-work':
      throw errors.OWN_WORK?.() ?? new Error('nobody approved anything');
    case 'unknown-file':
      throw errors.UNKNOWN_FILE?.() ?? new Error('nothing was written');
    case 'unsafe-text':
      throw errors.UNSAFE_TEXT?.() ?? new Error('nothing was written');
    case 'conflict':
      throw errors.CONFLICT();
    default:
      return unreachable(result.error);
  }
}

/** The calls of contract/leaflets.ts, each of them behind the gate. */
export function leafletCalls({ leaflets: calls }: Gated, leaflets: Leaflets) {
  return {
    list: calls.list.handler(({ input }) => leaflets.list(input)),
    versions: calls.versions.handler(async ({ input }) => ({ versions: await leaflets.versions(input.leaflet) })),
    create: calls.create.handler(async ({ input, context, errors }) =>
      changed(await leaflets.create(context.account.account, input.content, { leaflet: input.leaflet }), errors),
    ),
    save: calls.save.handler(async ({ input, context, errors }) =>
      changed(await leaflets.save(context.account.account, input, input.content), errors),
    ),
    discard: calls.discard.handler(async ({ input, context, errors }) => {
      changed(await leaflets.discard(context.account.account, input), errors);
      return {};
    }),
    submit: calls.submit.handler(async ({ input, context, errors }) =>
      changed(await leaflets.submit(context.account.account, input), errors),
    ),
    sendBack: calls.sendBack.handler(async ({ input, context, errors }) =>
      changed(await leaflets.sendBack(context.account.account, input, input.remark), errors),
    ),
    approve: calls.approve.handler(async ({ input, context, errors }) =>
      changed(await leaflets.approve(context.account.account, input), errors),
    ),
    withdraw: calls.withdraw.handler(async ({ input, context, errors }) =>
      changed(await leaflets.withdraw(context.account.account, input, input.remark), errors),
    ),
  };
}
