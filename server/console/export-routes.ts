import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { consoleContract } from '#shared/contract/console.ts';
import type { Audit } from '../audit/audit.ts';
import { HttpFault } from '../http-fault.ts';
import type { People } from '../people/people.ts';
import { csvText } from './csv.ts';
import type { Lists } from './lists.ts';
import type { HttpGate } from './http-gate.ts';

export interface ExportDeps {
  readonly may: HttpGate;
  readonly lists: Lists;
  readonly audit: Audit;
  readonly people: People;
}

const PAGE_SIZE = 200;
/** Rows of one file, and a last one that says how many there are; more are for the API. */
const MOST_ROWS = 20_000;

type Cells = readonly (string | number | boolean | null)[];
type Rows<Row> = Promise<{ readonly rows: readonly Row[]; readonly total: number }>;
type Pages = (page: number) => Rows<Cells>;

interface Table {
  readonly call: 'items' | 'loans' | 'audit.list' | 'people.list';
  readonly names: readonly string[];
  /** The pages, from 1, of what was asked for as of the call itself; null where the call would not be understood. */
  readonly ask: (asked: object) => Pages | null;
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function table<Input, Row>(
  { call, names }: Pick<Table, 'call' | 'names'>,
  schema: z.ZodType<Input> | undefined,
  list: (input: Input) => Rows<Row>,
  cells: (row: Row) => Cells,
): Table {
  const inputOf = (asked: object, page: number) => schema?.safeParse({ ...asked, page, pageSize: PAGE_SIZE });
  const ask = (asked: object): Pages | null => {
    if (inputOf(asked, 1)?.success !== true) return null;
    return async (page) => {
      const input = inputOf(asked, page);
      if (input?.data === undefined) throw new Error(`page ${String(page)} can’t be asked for`);
      const { rows, total } = await list(input.data);
      return { rows: rows.map(cells), total };
    };
  };
  return { call, names, ask };
}

function tables({ lists, audit, people }: ExportDeps): Readonly<Record<'items' | 'loans' | 'audit' | 'people', Table>> {
  return {
    items: table(
      { call: 'items', names: ['item', 'type', 'station', 'home', 'status', 'exceptions'] },
      consoleContract.items['~orpc'].inputSchema,
      (input) => lists.items(input),
      (row) => [row.item, row.typeName?.zh ?? row.type, row.station, row.home, row.status, row.exceptions.join(' ')],
    ),
    loans: table(
      { call: 'loans', names: ['item', 'type', 'name', 'station', 'lent', 'due', 'overdue'] },
      consoleContract.loans['~orpc'].inputSchema,
      (input) => lists.loans(input),
      (row) => [row.item, row.typeName?.zh ?? null, row.name, row.station, time(row.lentMs), row.due, row.overdue],
    ),
    audit: table(
      { call: 'audit.list', names: ['seq', 'time', 'account', 'act', 'about', 'address', 'outcome'] },
      consoleContract.audit.list['~orpc'].inputSchema,
      (input) => audit.list(input),
      (row) => [row.seq, time(row.atMs), row.account, row.act, JSON.stringify(row.about), row.address, row.outcome],
    ),
    people: table(
      { call: 'people.list', names: ['account', 'name', 'roles', 'disabled', 'second step', 'last sign-in'] },
      consoleContract.people.list['~orpc'].inputSchema,
      (input) => people.list(input),
      (row) => [row.account, row.name, row.roles.join(' '), time(row.disabledMs), row.totp, time(row.signedInMs)],
    ),
  };
}

/** All rows up to the most a file has, and a last one that says so where there are more. */
async function allRows(pages: Pages): Promise<readonly Cells[]> {
  const rows: Cells[] = [];
  for (let number = 1; ; number += 1) {
    const { rows: more, total } = await pages(number);
    rows.push(...more);
    if (more.length < PAGE_SIZE) return rows;
    if (rows.length < MOST_ROWS) continue;
    if (total > rows.length)
      rows.push([`共 ${total} 行，这里只有前 ${rows.length} 行 / the first ${rows.length} of ${total} rows`]);
    return rows;
  }
}

/** What was asked for: the input of the list’s call, as JSON. */
const askedSchema = z.object({
  asked: z
    .string()
    .max(1000)
    .default('{}')
    .transform((text, context) => {
      try {
        return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON object' });
        return z.NEVER;
      }
    }),
});

/**
 * GET /export/NAME.csv?asked=JSON: a list as the page shows it, all its pages, as a file, for those whose role may see it. Each is
 * noted.
 */
export async function addExportRoutes(app: FastifyInstance, deps: ExportDeps): Promise<void> {
  const { may, audit } = deps;
  const known = tables(deps);
  await app.register(async (scope) => {
    await scope.register(cookie);
    scope.get('/export/:file', async (request, reply) => {
      const { file } = z.object({ file: z.string() }).parse(request.params);
      const name = z.enum(['items', 'loans', 'audit', 'people']).safeParse(file.replace(/\.csv$/, ''));
      if (!name.success) throw new HttpFault(404, 'not-found', 'there is no such list');
      const { call, names, ask } = known[name.data];
      const about = { format: 'csv' };
      const { account } = await may(request, call, about);
      const asked = askedSchema.safeParse(request.query);
      const pages = asked.success ? ask(asked.data.asked) : null;
      if (pages === null) throw new HttpFault(400, 'malformed', 'this is not what the list can be asked for');
      await audit.note({ account, act: call, about, address: request.ip, outcome: 'done' });
      const rows = await allRows(pages);
      return reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name.data}.csv"`)
        .send(csvText(names, rows));
    });
  });
}
