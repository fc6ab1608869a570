import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  CATEGORIES,
  inChineseAtLeast,
  LEAFLET_KINDS,
  leafletContentSchema,
  leafletIdSchema,
  PRIORITIES,
} from '../content/leaflet.ts';
import { callErrors } from './console-errors.ts';
import { LEAFLET_STATES } from '../content/life.ts';

/** Leaflets on the console: written by editors, approved by reviewers (shared/content/life.ts). */

/** + SHA-256: GET with the session's cookie. */
export const LEAFLET_FILES_PATH = '/files/v1/';

const versionKey = z.object({ leaflet: leafletIdSchema, version: z.int().min(1) });
const remark = z.string().trim().min(1).max(500);

export const leafletRowSchema = versionKey.extend({
  /** Of its newest version, as all of the row. */
  state: z.enum(LEAFLET_STATES),
  /** The version that is approved now, if one is. */
  approvedVersion: z.int().nullable(),
  kind: z.enum(LEAFLET_KINDS),
  category: z.enum(CATEGORIES),
  priority: z.enum(PRIORITIES),
  title: inChineseAtLeast(80),
  author: z.string(),
  changedMs: z.int(),
});
export type LeafletRow = z.infer<typeof leafletRowSchema>;

export const leafletVersionSchema = versionKey.extend({
  state: z.enum(LEAFLET_STATES),
  content: leafletContentSchema,
  author: z.string(),
  changedMs: z.int(),
  /** Grows with each change: who has seen an older one is told so. */
  revision: z.int(),
  approver: z.string().nullable(),
  approvedMs: z.int().nullable(),
  /** Why it was sent back or withdrawn. */
  remark: z.string().nullable(),
  /** Accounts that have saved it: none of them may approve it. */
  writers: z.array(z.string()),
});
export type LeafletVersion = z.infer<typeof leafletVersionSchema>;

const changeErrors = {
  NOT_FOUND: { status: 404, message: 'there is no such leaflet' },
  /** Not in the state for it, or changed meanwhile. */
  CONFLICT: { status: 409, message: 'it was changed meanwhile: look again' },
} as const;
const writeErrors = {
  ...changeErrors,
  /** HTML, links and pictures that lead elsewhere, or a text that takes too long to read (shared/content/markdown-rules.ts). */
  UNSAFE_TEXT: { status: 422, message: 'the text has something in it that may not be shown' },
  UNKNOWN_FILE: { status: 422, message: 'it names a file that is not here, or not what it says' },
} as const;
const revised = versionKey.extend({ revision: z.int() });

const call = oc.errors(callErrors);

export const leafletsContract = {
  list: call
    .input(
      z.object({
        search: z.string().max(100).optional(),
        state: z.enum(LEAFLET_STATES).optional(),
        kind: z.enum(LEAFLET_KINDS).optional(),
        category: z.enum(CATEGORIES).optional(),
        sort: z.enum(['changed', 'title', 'state']).default('changed'),
        page: z.int().min(1).default(1),
        pageSize: z.int().min(1).max(200).default(20),
        descending: z.boolean().default(false),
      }),
    )
    .output(z.object({ rows: z.array(leafletRowSchema), total: z.int() })),
  /** All versions, newest first; none where there is no such leaflet. */
  versions: call
    .input(z.object({ leaflet: leafletIdSchema }))
    .output(z.object({ versions: z.array(leafletVersionSchema) })),
  /** A draft: of a new leaflet, or the next version of one. */
  create: call
    .errors(writeErrors)
    .input(z.object({ leaflet: leafletIdSchema.optional(), content: leafletContentSchema }))
    .output(leafletVersionSchema),
  save: call
    .errors(writeErrors)
    .input(revised.extend({ content: leafletContentSchema }))
    .output(leafletVersionSchema),
  /** Throws a draft away. */
  discard: call.errors(changeErrors).input(revised).output(z.object({})),
  submit: call.errors(changeErrors).input(revised).output(leafletVersionSchema),
  /** Back to draft, with the reason. */
  sendBack: call.errors(changeErrors).input(revised.extend({ remark })).output(leafletVersionSchema),
  approve: call
    .errors({ ...changeErrors, OWN_WORK: { status: 403, message: 'somebody else has to approve it' } })
    .input(revised)
    .output(leafletVersionSchema),
  withdraw: call.errors(changeErrors).input(revised.extend({ remark })).output(leafletVersionSchema),
};
