import type { ContentFault, LeafletState } from '#shared/contract/leaflets.ts';
import { type Result, unreachable } from '#shared/result.ts';
import type { LeafletFault, Leaflets } from '../leaflets/leaflets.ts';
import type { Releases } from '../releases/releases.ts';
import type { Gated } from './gate.ts';

interface Refusals {
  readonly NOT_FOUND: () => Error;
  readonly CONFLICT: (options: { data: { state: LeafletState; revision: number } }) => Error;
  readonly CONTENT_REFUSED?: (options: { data: { faults: ContentFault[] } }) => Error;
  readonly OWN_WORK?: () => Error;
}

/** What became of a leaflet, or the error of the contract. */
function changed<T>(result: Result<T, LeafletFault>, errors: Refusals): T {
  if (result.ok) return result.value;
  const fault = result.error;
  switch (fault.code) {
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'conflict':
      throw errors.CONFLICT({ data: { state: fault.state, revision: fault.revision } });
    case 'content':
      throw errors.CONTENT_REFUSED?.({ data: { faults: [...fault.faults] } }) ?? new Error('nothing was written');
    case 'own-work':
      throw errors.OWN_WORK?.() ?? new Error('nobody approved anything');
    default:
      return unreachable(fault);
  }
}

/** The calls of contract/leaflets.ts, each of them behind the gate. */
export function leafletCalls({ leaflets: calls }: Gated, leaflets: Leaflets, releases: Releases) {
  return {
    list: calls.list.handler(({ input }) => leaflets.list(input)),
    versions: calls.versions.handler(async ({ input, errors }) => {
      const versions = await leaflets.versions(input.leaflet);
      if (versions === null) throw errors.NOT_FOUND();
      return { versions };
    }),
    create: calls.create.handler(async ({ input, context, errors }) =>
      changed(await leaflets.create(context.account.account, input.content, input.leaflet ?? null), errors),
    ),
    save: calls.save.handler(async ({ input, context, errors }) =>
      changed(await leaflets.save(context.account.account, input, input.content), errors),
    ),
    discard: calls.discard.handler(async ({ input, errors }) => {
      changed(await leaflets.discard(input), errors);
      return {};
    }),
    submit: calls.submit.handler(async ({ input, errors }) => changed(await leaflets.submit(input), errors)),
    sendBack: calls.sendBack.handler(async ({ input, errors }) =>
      changed(await leaflets.sendBack(input, input.remark), errors),
    ),
    approve: calls.approve.handler(async ({ input, context, errors }) =>
      changed(await leaflets.approve(context.account.account, input), errors),
    ),
    withdraw: calls.withdraw.handler(async ({ input, errors }) =>
      changed(await leaflets.withdraw(input.leaflet, input.remark), errors),
    ),
    reading: calls.reading.handler(async ({ input, errors }) => {
      if ((await leaflets.versions(input.leaflet)) === null) throw errors.NOT_FOUND();
      return releases.reports.reading(input.leaflet);
    }),
    whereabouts: calls.whereabouts.handler(async ({ input, errors }) => {
      if ((await leaflets.versions(input.leaflet)) === null) throw errors.NOT_FOUND();
      return { rows: (await releases.whereabouts(input.leaflet)) ?? [] };
    }),
    resolve: calls.resolve.handler(async ({ input }) => ({ stations: await leaflets.resolve(input) })),
    groups: calls.groups.handler(async () => ({ groups: await leaflets.groups() })),
    saveGroup: calls.saveGroup.handler(async ({ input, errors }) => {
      if (!(await leaflets.saveGroup(input))) throw errors.UNKNOWN_STATION();
      return {};
    }),
  };
}
