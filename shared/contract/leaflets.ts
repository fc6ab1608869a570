import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import {
  audienceSchema,
  CATEGORIES,
  LEAFLET_KINDS,
  leafletContentSchema,
  leafletIdSchema,
  PRIORITIES,
  timeWindowSchema,
} from '../content/leaflet.ts';
import { MARKDOWN_FAULTS } from '../content/markdown-rules.ts';
import { stationCodeSchema } from '../ledger/event.ts';
import { refusalOfReleaseSchema } from './content.ts';

/** Leaflets on the console: written by editors, approved by reviewers (shared/content/life.ts), and where they are. */

/** draft -> submitted -> approved -> published -> withdrawn; submitted -> draft (sent back); of a published one the end of its window shows as expired. */
export const LEAFLET_STATES = ['draft', 'submitted', 'approved', 'published', 'replaced', 'withdrawn'] as const;
export type LeafletState = (typeof LEAFLET_STATES)[number];

const versionKey = z.object({ leaflet: leafletIdSchema, version: z.int().min(1) });

export const leafletRowSchema = versionKey.extend({
  /** Of its newest version. */
  state: z.enum(LEAFLET_STATES),
  /** The version that is published now, if one is. */
  publishedVersion: z.int().nullable(),
  kind: z.enum(LEAFLET_KINDS),
  category: z.enum(CATEGORIES),
  priority: z.enum(PRIORITIES),
  title: z.object({ zh: z.string(), en: z.string().optional() }),
  author: z.string(),
  changedMs: z.int(),
  /** When it is shown. */
  window: timeWindowSchema,
  /** That is over. */
  expired: z.boolean(),
});
export type LeafletRow = z.infer<typeof leafletRowSchema>;

export const leafletVersionSchema = versionKey.extend({
  state: z.enum(LEAFLET_STATES),
  content: leafletContentSchema,
  author: z.string(),
  changedMs: z.int(),
  /** Grows with each save of a draft: who saves an older one is told so. */
  revision: z.int(),
  submittedMs: z.int().nullable(),
  approver: z.string().nullable(),
  approvedMs: z.int().nullable(),
  /** Why it was sent back or withdrawn. */
  remark: z.string().nullable(),
  /** First release that has it. */
  release: z.int().nullable(),
  /** Accounts that have saved it: none of them may approve it. */
  writers: z.array(z.string()),
});
export type LeafletVersion = z.infer<typeof leafletVersionSchema>;

const page = {
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(200).default(20),
  descending: z.boolean().default(true),
};

const NOT_FOUND = { status: 404, message: 'there is no such leaflet' } as const;
/** Not in the state for it, or changed meanwhile. `data.state` is what it is in. */
const CONFLICT = { status: 409, data: z.object({ state: z.enum(LEAFLET_STATES), revision: z.int() }) } as const;

/** Why what an editor wrote is not kept; `detail` is the place in it, or the name of what is not there. */
const CONTENT_FAULTS = [
  ...MARKDOWN_FAULTS,
  /** Nothing is left of a text that wants some, once what nobody can see is taken out. */
  'empty',
  /** It names a file that was not uploaded. */
  'unknown-file',
  /** The file is of another type than what it is named for. */
  'wrong-file',
  'unknown-group',
  'unknown-station',
  /** There is no moment in its window. */
  'never-shown',
] as const;
export const contentFaultSchema = z.object({ code: z.enum(CONTENT_FAULTS), detail: z.string() });
export type ContentFault = z.infer<typeof contentFaultSchema>;

const CONTENT_REFUSED = {
  status: 422,
  message: 'the leaflet can’t be kept like this',
  data: z.object({ faults: z.array(contentFaultSchema) }),
} as const;

/** Where a published leaflet is, by what a terminal has last said. */
export const whereaboutsSchema = z.object({
  terminal: z.string(),
  station: stationCodeSchema,
  /** `before`: it shows the version before, or none. `unheard`: never reported. */
  state: z.enum(['unheard', 'before', 'waiting', 'downloading', 'proving', 'ready', 'showing', 'refused']),
  bytes: z.int().nullable(),
  total: z.int().nullable(),
  why: refusalOfReleaseSchema.nullable(),
  detail: z.string().nullable(),
  receivedMs: z.int().nullable(),
});
export type Whereabouts = z.infer<typeof whereaboutsSchema>;

export const leafletsContract = {
  list: oc
    .input(
      z.object({
        search: z.string().max(100).optional(),
        state: z.enum([...LEAFLET_STATES, 'expired']).optional(),
        kind: z.enum(LEAFLET_KINDS).optional(),
        category: z.enum(CATEGORIES).optional(),
        /** Those shown at this station. */
        station: stationCodeSchema.optional(),
        sort: z.enum(['changed', 'title', 'state']).default('changed'),
        ...page,
      }),
    )
    .output(z.object({ rows: z.array(leafletRowSchema), total: z.int() })),
  /** All versions, newest first. */
  versions: oc
    .errors({ NOT_FOUND })
    .input(z.object({ leaflet: leafletIdSchema }))
    .output(z.object({ versions: z.array(leafletVersionSchema) })),
  /** Makes a draft: of a new leaflet, or the next version of one. */
  create: oc
    .errors({ NOT_FOUND, CONFLICT, CONTENT_REFUSED })
    .input(z.object({ leaflet: leafletIdSchema.optional(), content: leafletContentSchema }))
    .output(leafletVersionSchema),
  save: oc
    .errors({ NOT_FOUND, CONFLICT, CONTENT_REFUSED })
    .input(versionKey.extend({ revision: z.int(), content: leafletContentSchema }))
    .output(leafletVersionSchema),
  /** Throws a draft away. */
  discard: oc.errors({ NOT_FOUND, CONFLICT }).input(versionKey).output(z.object({})),
  submit: oc
    .errors({ NOT_FOUND, CONFLICT })
    .input(versionKey.extend({ revision: z.int() }))
    .output(leafletVersionSchema),
  /** Back to draft, with the reason; also what is approved, as long as no release has it. */
  sendBack: oc
    .errors({ NOT_FOUND, CONFLICT })
    .input(versionKey.extend({ remark: z.string().trim().min(1).max(500) }))
    .output(leafletVersionSchema),
  /** Never by its author, nor by anybody who saved this version. `revision`: the one that was looked at. */
  approve: oc
    .errors({ NOT_FOUND, CONFLICT, OWN_WORK: { status: 403, message: 'somebody else has to approve it' } })
    .input(versionKey.extend({ revision: z.int() }))
    .output(leafletVersionSchema),
  /** Out of the next release. */
  withdraw: oc
    .errors({ NOT_FOUND, CONFLICT })
    .input(z.object({ leaflet: leafletIdSchema, remark: z.string().trim().min(1).max(500) }))
    .output(leafletVersionSchema),
  /** Which stations an audience is now. */
  resolve: oc.input(audienceSchema).output(z.object({ stations: z.array(stationCodeSchema) })),
  groups: oc.output(
    z.object({
      groups: z.array(z.object({ group: z.string(), name: bilingualSchema, stations: z.array(stationCodeSchema) })),
    }),
  ),
  saveGroup: oc
    .errors({ UNKNOWN_STATION: { status: 404, message: 'there is no such station' } })
    .input(
      z.object({
        /** Its key, by which audiences name it. */
        group: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
        name: bilingualSchema,
        stations: z.array(stationCodeSchema).min(1),
      }),
    )
    .output(z.object({})),
  /** By leaflet and station: how it was read, summed over all days asked for; receipts of emergencies. */
  reading: oc
    .errors({ NOT_FOUND })
    .input(z.object({ leaflet: leafletIdSchema }))
    .output(
      z.object({
        rows: z.array(z.object({ station: stationCodeSchema, shown: z.int(), opened: z.int(), seconds: z.int() })),
        receipts: z.array(
          z.object({ station: stationCodeSchema, terminal: z.string(), version: z.int(), atMs: z.int() }),
        ),
      }),
    ),
  /** Where a published leaflet is: the truth of each terminal that should have it. */
  whereabouts: oc
    .errors({ NOT_FOUND })
    .input(z.object({ leaflet: leafletIdSchema }))
    .output(
      z.object({
        rows: z.array(whereaboutsSchema),
      }),
    ),
};
