import { implement } from '@orpc/server';
import { type Account, consoleContract } from '#shared/contract/console.ts';
import type { ContentFault, LeafletState } from '#shared/contract/console-content.ts';
import { unreachable, type Result } from '#shared/result.ts';
import type { LeafletFault, Leaflets } from './leaflets.ts';

interface Errors {
  readonly UNAUTHORIZED: () => Error;
  readonly FORBIDDEN: () => Error;
}

export interface LeafletCallsDeps<Context> {
  readonly leaflets: Leaflets;
  /** Whose call this is; throws where that account may not do this. */
  readonly reader: (context: Context, errors: Errors) => Promise<Account>;
  readonly writer: (context: Context, errors: Errors) => Promise<Account>;
  /** Notes what an account has done. */
  readonly noteAct: (account: string, act: string, about: object) => void;
}

/** Those of a call's errors that its outcome may ask for. */
interface FaultErrors {
  readonly NOT_FOUND: () => Error;
  readonly CONFLICT: (options: { data: { state: LeafletState; revision: number } }) => Error;
  readonly CONTENT_REFUSED?: (options: { data: { faults: ContentFault[] } }) => Error;
  readonly OWN_WORK?: () => Error;
}

function errorOf(fault: LeafletFault, errors: FaultErrors): Error {
  switch (fault.code) {
    case 'not-found':
      return errors.NOT_FOUND();
    case 'conflict':
      return errors.CONFLICT({ data: { state: fault.state, revision: fault.revision } });
    case 'content':
      return errors.CONTENT_REFUSED?.({ data: { faults: [...fault.faults] } }) ?? new Error('refused content');
    case 'own-work':
      return errors.OWN_WORK?.() ?? new Error('own work');
    default:
      return unreachable(fault);
  }
}

function valueOf<T>(outcome: Result<T, LeafletFault>, errors: FaultErrors): T {
  if (outcome.ok) return outcome.value;
  throw errorOf(outcome.error, errors);
}

/** The server's side of `leaflets` in contract/console.ts. */
export function createLeafletCalls<Context extends object>(deps: LeafletCallsDeps<Context>) {
  const { leaflets, reader, writer, noteAct } = deps;
  const contract = implement(consoleContract.leaflets).$context<Context>();

  return contract.router({
    list: contract.list.handler(async ({ input, context, errors }) => {
      await reader(context, errors);
      return leaflets.list(input);
    }),
    versions: contract.versions.handler(async ({ input, context, errors }) => {
      await reader(context, errors);
      const versions = await leaflets.versions(input.leaflet);
      if (versions === null) throw errors.NOT_FOUND();
      return { versions };
    }),
    create: contract.create.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const made = valueOf(await leaflets.create(account, input.content, input.leaflet ?? null), errors);
      noteAct(account, 'leaflet begun', { leaflet: made.leaflet, version: made.version });
      return made;
    }),
    save: contract.save.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const { content, ...seen } = input;
      const saved = valueOf(await leaflets.save(account, seen, content), errors);
      noteAct(account, 'leaflet saved', { ...seen, revision: saved.revision });
      return saved;
    }),
    discard: contract.discard.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      valueOf(await leaflets.discard(input), errors);
      noteAct(account, 'draft of a leaflet thrown away', input);
      return {};
    }),
    submit: contract.submit.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const submitted = valueOf(await leaflets.submit(input), errors);
      noteAct(account, 'leaflet submitted', input);
      return submitted;
    }),
    sendBack: contract.sendBack.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const { remark, ...key } = input;
      const draft = valueOf(await leaflets.sendBack(key, remark), errors);
      noteAct(account, 'leaflet sent back', input);
      return draft;
    }),
    approve: contract.approve.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const approved = valueOf(await leaflets.approve(account, input), errors);
      noteAct(account, 'leaflet approved', input);
      return approved;
    }),
    withdraw: contract.withdraw.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      const withdrawn = valueOf(await leaflets.withdraw(input.leaflet, input.remark), errors);
      noteAct(account, 'leaflet withdrawn', input);
      return withdrawn;
    }),
    resolve: contract.resolve.handler(async ({ input, context, errors }) => {
      await reader(context, errors);
      return { stations: await leaflets.resolve(input) };
    }),
    groups: contract.groups.handler(async ({ context, errors }) => {
      await reader(context, errors);
      return { groups: await leaflets.groups() };
    }),
    saveGroup: contract.saveGroup.handler(async ({ input, context, errors }) => {
      const { account } = await writer(context, errors);
      if (!(await leaflets.saveGroup(input))) throw errors.UNKNOWN_STATION();
      noteAct(account, 'group of stations saved', { group: input.group, stations: input.stations });
      return {};
    }),
  });
}
