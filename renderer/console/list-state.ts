import { z } from 'zod';
import { refusalSchema } from '#shared/contract/sync.ts';
import { CATEGORIES, LEAFLET_KINDS, leafletIdSchema } from '#shared/content/leaflet.ts';
import { LEAFLET_STATES } from '#shared/contract/leaflets.ts';
import { stationCodeSchema, terminalIdSchema } from '#shared/ledger/event.ts';
import { ITEM_STATUSES } from '#shared/ledger/item-state.ts';
import { ROLES } from '#shared/people/roles.ts';

/** State of a list page that lives in the URL's query, so that an address can be kept, shared and gone back to. */

const text = (max: number) => z.string().trim().max(max).catch('');
const flag = z.stringbool().catch(false);
const counting = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).catch(fallback);

export const PAGE_SIZES = [20, 50, 100] as const;

const page = {
  desc: flag.default(false),
  page: counting(1, 100_000).default(1),
  size: z.coerce
    .number()
    .pipe(z.literal([...PAGE_SIZES]))
    .catch(20)
    .default(20),
};

const itemsStateSchema = z.object({
  q: text(100).default(''),
  station: stationCodeSchema.nullable().catch(null).default(null),
  type: z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,40}$/)
    .nullable()
    .catch(null)
    .default(null),
  status: z.enum(ITEM_STATUSES).nullable().catch(null).default(null),
  exceptions: flag.default(false),
  sort: z.enum(['item', 'type', 'station', 'status']).catch('item').default('item'),
  ...page,
});
export type ItemsState = z.infer<typeof itemsStateSchema>;

const loansStateSchema = z.object({
  q: text(100).default(''),
  station: stationCodeSchema.nullable().catch(null).default(null),
  overdue: flag.default(false),
  sort: z.enum(['lent', 'due', 'item']).catch('due').default('due'),
  ...page,
});
export type LoansState = z.infer<typeof loansStateSchema>;

const setAsideStateSchema = z.object({
  code: refusalSchema.nullable().catch(null).default(null),
  terminal: terminalIdSchema.nullable().catch(null).default(null),
  /** Those that are settled too. */
  settled: flag.default(false),
  /** The key of the entry that is open before the list. */
  entry: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .catch(null)
    .default(null),
  page: page.page,
  size: page.size,
});
export type SetAsideState = z.infer<typeof setAsideStateSchema>;

const leafletsStateSchema = z.object({
  q: text(100).default(''),
  state: z
    .enum([...LEAFLET_STATES, 'expired'])
    .nullable()
    .catch(null)
    .default(null),
  kind: z.enum(LEAFLET_KINDS).nullable().catch(null).default(null),
  category: z.enum(CATEGORIES).nullable().catch(null).default(null),
  sort: z.enum(['changed', 'title', 'state']).catch('changed').default('changed'),
  ...page,
  /** Newest first, unless asked otherwise. */
  desc: z.stringbool().catch(true).default(true),
  /** The list, or which days each is shown. */
  view: z.enum(['list', 'schedule']).catch('list').default('list'),
  /** First day of the schedule; null: today. */
  from: z.iso.date().nullable().catch(null).default(null),
  /** The leaflet that is open. */
  leaflet: leafletIdSchema.nullable().catch(null).default(null),
  /** The groups of stations are. */
  groups: flag.default(false),
});
export type LeafletsState = z.infer<typeof leafletsStateSchema>;

const auditStateSchema = z.object({
  account: z.string().max(64).nullable().catch(null).default(null),
  act: z.string().max(64).nullable().catch(null).default(null),
  refused: flag.default(false),
  page: page.page,
  size: page.size,
});
export type AuditState = z.infer<typeof auditStateSchema>;

const peopleStateSchema = z.object({
  q: text(100).default(''),
  role: z.enum(ROLES).nullable().catch(null).default(null),
  state: z.enum(['active', 'disabled']).nullable().catch(null).default(null),
  sort: z.enum(['account', 'name', 'signedIn']).catch('account').default('account'),
  ...page,
  /** The account that is open before the list. */
  account: z.string().min(1).max(64).nullable().catch(null).default(null),
  /** The form for a new account is. */
  fresh: flag.default(false),
});
export type PeopleState = z.infer<typeof peopleStateSchema>;

type Plain = Record<string, string | number | boolean | null>;

export interface ListCodec<S extends Plain> {
  /** Reads a query such as `?station=LD&page=2`. Never fails: what is missing or makes no sense is the default. */
  readonly parse: (search: string) => S;
  /** The shortest query that `parse` reads as this state: defaults are left out; empty where all are. */
  readonly format: (state: S) => string;
}

function listCodec<S extends Plain>(schema: z.ZodType<S>): ListCodec<S> {
  const defaults: Plain = schema.parse({});
  return {
    parse: (search) => schema.parse(Object.fromEntries(new URLSearchParams(search))),
    format: (state) => {
      const kept = Object.entries(state).filter(([key, value]) => value !== null && value !== defaults[key]);
      const query = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
      return query === '' ? '' : `?${query}`;
    },
  };
}

export const itemsCodec: ListCodec<ItemsState> = listCodec(itemsStateSchema);
export const loansCodec: ListCodec<LoansState> = listCodec(loansStateSchema);
export const leafletsCodec: ListCodec<LeafletsState> = listCodec(leafletsStateSchema);
export const peopleCodec: ListCodec<PeopleState> = listCodec(peopleStateSchema);
export const auditCodec: ListCodec<AuditState> = listCodec(auditStateSchema);
export const setAsideCodec: ListCodec<SetAsideState> = listCodec(setAsideStateSchema);
