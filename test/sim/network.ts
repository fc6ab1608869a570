import type { z } from 'zod';
import type { LinkFault, LinkPage, ServerLink } from '#electron/core/sync/server-link.ts';
import {
  giveBackResponseSchema,
  historyHeaderSchema,
  MAX_PAGE_EVENTS,
  pullHeaderSchema,
  pushResponseSchema,
  snapshotHeaderSchema,
} from '#shared/contract/sync.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { HttpFault } from '#server/http-fault.ts';
import { Crash } from './crash.ts';
import type { RequestFault } from './plan.ts';
import type { ServerNode } from './server-node.ts';

export interface NetworkDeps {
  readonly server: () => ServerNode;
  /** What happens to the next request of a device. */
  readonly faultOf: (device: string) => RequestFault;
  /** Something else happens while a request is under way. */
  readonly meanwhile: () => Promise<void>;
  /** A request that comes once more, when nobody expects it any longer. */
  readonly later: (again: () => Promise<void>) => void;
  readonly onServerCrash: () => void;
}

interface ServedPage {
  readonly header: object;
  readonly lines: readonly string[];
}

const UNREACHABLE: LinkFault = { kind: 'unreachable', detail: 'simulated' };

function faultOf(error: HttpFault): LinkFault {
  const { code, statusCode: status, more } = error;
  if (code === 'new-epoch' && more.epoch !== undefined && more.head !== undefined) {
    return { kind: 'new-epoch', epoch: more.epoch, head: more.head };
  }
  if (code === 'forked-log' && more.at !== undefined) return { kind: 'forked', at: more.at };
  return { kind: 'refused', status, code };
}

/** Requests between terminals and the server, with everything that can go wrong between them; no sockets, no time. */
export function createNetwork({ server, faultOf: nextFault, meanwhile, later, onServerCrash }: NetworkDeps) {
  /** What the server makes of a request; a server that dies over it answers nothing. */
  async function serve<T>(request: () => Promise<T>): Promise<Result<T, LinkFault>> {
    try {
      return ok(await request());
    } catch (error) {
      if (error instanceof Crash) {
        onServerCrash();
        return err(UNREACHABLE);
      }
      if (error instanceof HttpFault) return err(faultOf(error));
      throw error;
    }
  }

  async function carry<T>(device: string, request: () => Promise<T>): Promise<Result<T, LinkFault>> {
    const fault = nextFault(device);
    switch (fault) {
      case 'lost':
        return err(UNREACHABLE);
      case 'busy':
        return err({ kind: 'busy', status: 503, retryAfterMs: null });
      case 'answer-lost':
        await serve(request);
        return err(UNREACHABLE);
      case 'cut':
        await serve(request);
        return err({ kind: 'nonsense', detail: 'cut off' });
      case 'twice':
        await serve(request);
        return serve(request);
      case 'again-later': {
        later(async () => {
          await serve(request);
        });
        return serve(request);
      }
      case 'meanwhile': {
        await meanwhile();
        const answer = await serve(request);
        await meanwhile();
        return answer;
      }
      default:
        return serve(request);
    }
  }

  function parsed<T>(schema: z.ZodType<T>, answer: Result<object, LinkFault>): Result<T, LinkFault> {
    return answer.ok ? ok(schema.parse(answer.value)) : answer;
  }

  function page<Header>(
    schema: z.ZodType<Header>,
    answer: Result<ServedPage, LinkFault>,
  ): Result<LinkPage<Header>, LinkFault> {
    return answer.ok ? ok({ header: schema.parse(answer.value.header), lines: answer.value.lines }) : answer;
  }

  /** The link of one device. Headers and queries go through the contract's schemas on both sides, as texts would. */
  return function linkTo({
    device,
    station,
  }: {
    readonly device: string;
    readonly station: string;
  }): Omit<ServerLink, 'listen'> {
    const caller = { id: device, station };
    return {
      async push(header, lines) {
        const body = { header: JSON.stringify(header), lines };
        return parsed(
          pushResponseSchema,
          await carry(device, () => server().service().push(caller, body, MAX_PAGE_EVENTS)),
        );
      },
      async pull(query) {
        return page(pullHeaderSchema, await carry(device, () => server().service().pull(caller, query)));
      },
      async snapshot(after) {
        return page(snapshotHeaderSchema, await carry(device, () => server().service().snapshot(caller, { after })));
      },
      async history(subject, after) {
        return page(
          historyHeaderSchema,
          await carry(device, () => server().service().history(caller, { subject, after })),
        );
      },
      async giveBack(header, lines) {
        const body = { header: JSON.stringify(header), lines };
        return parsed(
          giveBackResponseSchema,
          await carry(device, () => server().service().giveBack(caller, body, MAX_PAGE_EVENTS)),
        );
      },
    };
  };
}
