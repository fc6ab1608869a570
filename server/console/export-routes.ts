import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mayDo } from '#shared/people/roles.ts';
import type { Audit } from '../audit/audit.ts';
import { HttpFault } from '../http-fault.ts';
import type { People } from '../people/people.ts';
import type { Accounts } from './accounts.ts';
import { csvText } from './csv.ts';
import type { Lists } from './lists.ts';
import { SESSION_COOKIE } from './session-cookie.ts';

export interface ExportDeps {
  readonly accounts: Accounts;
  readonly lists: Lists;
  readonly audit: Audit;
  readonly people: People;
}

const PAGE_SIZE = 200;
/** Rows of one file; more are for the API. */
const MOST_ROWS = 20_000;

type Cells = readonly (string | number | boolean | null)[];
interface Table {
  readonly call: 'items' | 'loans' | 'audit.list' | 'people.list';
  readonly names: readonly string[];
  /** The rows of a page, from 1. */
  readonly page: (page: number) => Promise<readonly Cells[]>;
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function tables({ lists, audit, people }: ExportDeps): Readonly<Record<'items' | 'loans' | 'audit' | 'people', Table>> {
  const all = { descending: false, pageSize: PAGE_SIZE } as const;
  return {
    items: {
      call: 'items',
      names: ['item', 'type', 'station', 'home', 'status', 'exceptions'],
      page: async (page) =>
        (await lists.items({ ...all, sort: 'item', page })).rows.map((row) => [
          row.item,
          row.typeName?.zh ?? row.type,
          row.station,
          row.home,
          row.status,
          row.exceptions.join(' '),
        ]),
    },
    loans: {
      call: 'loans',
      names: ['item', 'type', 'name', 'station', 'lent', 'due', 'overdue'],
      page: async (page) =>
        (await lists.loans({ ...all, sort: 'due', page })).rows.map((row) => [
          row.item,
          row.typeName?.zh ?? null,
          row.name,
          row.station,
          time(row.lentMs),
          row.due,
          row.overdue,
        ]),
    },
    audit: {
      call: 'audit.list',
      names: ['seq', 'time', 'account', 'act', 'about', 'address', 'outcome'],
      page: async (page) =>
        (await audit.list({ refused: false, page, pageSize: PAGE_SIZE })).rows.map((row) => [
          row.seq,
          time(row.atMs),
          row.account,
          row.act,
          JSON.stringify(row.about),
          row.address,
          row.outcome,
        ]),
    },
    people: {
      call: 'people.list',
      names: ['account', 'name', 'roles', 'disabled', 'second step', 'last sign-in'],
      page: async (page) =>
        (await people.list({ ...all, sort: 'account', page })).rows.map((row) => [
          row.account,
          row.name,
          row.roles.join(' '),
          time(row.disabledMs),
          row.totp,
          time(row.signedInMs),
        ]),
    },
  };
}

/** GET /export/NAME.csv: the whole of a list as a file, for those whose role may see the list. Each is noted. */
export async function addExportRoutes(app: FastifyInstance, deps: ExportDeps): Promise<void> {
  const { accounts, audit } = deps;
  const known = tables(deps);
  await app.register(async (scope) => {
    await scope.register(cookie);
    scope.get('/export/:file', async (request, reply) => {
      const { file } = z.object({ file: z.string() }).parse(request.params);
      const name = z.enum(['items', 'loans', 'audit', 'people']).safeParse(file.replace(/\.csv$/, ''));
      if (!name.success) throw new HttpFault(404, 'not-found', 'there is no such list');
      const { call, names, page } = known[name.data];
      const who = await accounts.who(request.cookies[SESSION_COOKIE]);
      if (who === null) throw new HttpFault(401, 'unauthorized', 'sign in first');
      const may = mayDo(who.roles, call);
      const about = { format: 'csv' };
      const outcome = may ? 'done' : 'FORBIDDEN';
      await audit.note({ account: who.account, act: call, about, address: request.ip, outcome });
      if (!may) throw new HttpFault(403, 'forbidden', 'your role may not do this');
      const rows: Cells[] = [];
      for (let number = 1; rows.length < MOST_ROWS; number += 1) {
        const more = await page(number);
        rows.push(...more);
        if (more.length < PAGE_SIZE) break;
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name.data}.csv"`)
        .send(csvText(names, rows));
    });
  });
}
