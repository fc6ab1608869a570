import { oc } from '@orpc/contract';
import { z } from 'zod';
import { leafletIdSchema } from '../content/leaflet.ts';
import { WAVE_STATES } from '../content/waves.ts';
import { stationCodeSchema } from '../ledger/event.ts';
import { progressSchema, refusalOfReleaseSchema, reportSchema } from './content.ts';

/** Releases on the console: signed by an approver, on their way to the stations in waves. */

export const RELEASE_STATES = ['rolling', 'everywhere', 'replaced', 'stopped', 'rolled-back'] as const;

export const releaseRowSchema = z.object({
  release: z.int(),
  approver: z.string(),
  publishedMs: z.int(),
  /** SHA-256 of the signed targets metadata. */
  hash: z.string(),
  leaflets: z.int(),
  /** `rolled-back`: a wave failed, and the stations went back to the release before. */
  state: z.enum(RELEASE_STATES),
  waves: z.array(
    z.object({
      stations: z.array(stationCodeSchema),
      state: z.enum(WAVE_STATES),
      startedMs: z.int().nullable(),
    }),
  ),
  /** What ended it; `why` is null where a terminal did not come to an end in time. Null where nothing did. */
  fault: z.object({ terminal: z.string(), why: refusalOfReleaseSchema.nullable(), detail: z.string() }).nullable(),
  /** There is something that its stations showed before. */
  canGoBack: z.boolean(),
});
export type ReleaseRow = z.infer<typeof releaseRowSchema>;

/** What a terminal last signed; nothing here is assumed. Null where it never reported. */
export const terminalContentSchema = z.object({
  terminal: z.string(),
  station: stationCodeSchema,
  report: z
    .object({
      receivedMs: z.int(),
      atMs: z.int(),
      showing: z.object({ release: z.int(), manifest: z.string() }).nullable(),
      progress: progressSchema,
      screen: reportSchema.shape.screen,
      stale: z.boolean(),
    })
    .nullable(),
  /** The release that its station should show. */
  wanted: z.int().nullable(),
});
export type TerminalContent = z.infer<typeof terminalContentSchema>;

/** A reviewer's signing key as the server keeps it: it can't open it. */
export const signingKeySchema = z.object({
  /** As in TUF: SHA-256 of the canonical key. */
  keyid: z.string().regex(/^[0-9a-f]{64}$/),
  /** Raw Ed25519 public key, hex. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** PKCS #8, AES-256-GCM under a key from the reviewer's passphrase by PBKDF2-SHA-256; all base64. */
  wrapped: z.object({ salt: z.string(), iv: z.string(), rounds: z.int().min(600_000), sealed: z.string() }),
  /** Root metadata name it: what it signs is believed. */
  trusted: z.boolean(),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

const page = {
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(200).default(20),
  descending: z.boolean().default(true),
};

export const releasesContract = {
  list: oc
    .input(z.object({ page: page.page, pageSize: page.pageSize }))
    .output(z.object({ rows: z.array(releaseRowSchema), total: z.int() })),
  terminals: oc.output(z.object({ rows: z.array(terminalContentSchema) })),
  /**
   * What publishing now would sign: the canonical JSON of TUF's `targets`, to be signed by an approver's key as it is. `added` and `removed`
   * are against the release before.
   */
  prepare: oc
    .errors({
      NOTHING_TO_PUBLISH: { status: 409 },
      NO_ROOT: { status: 409, message: 'the root ceremony was not held yet' },
    })
    .output(
      z.object({
        release: z.int(),
        /** UTF-8 text; these bytes are signed. */
        toSign: z.string(),
        added: z.array(
          z.object({
            leaflet: leafletIdSchema,
            version: z.int(),
            title: z.string(),
            stations: z.array(stationCodeSchema),
          }),
        ),
        removed: z.array(z.object({ leaflet: leafletIdSchema, version: z.int(), title: z.string() })),
        /** Among what is added is an emergency: it goes to all stations at once. */
        emergency: z.boolean(),
        /** SHA-256, hex, of `toSign`. */
        hash: z.string(),
      }),
    ),
  /** `waves`: how many stations in each but the last, which has the rest. An emergency goes to all at once: `[]`. */
  publish: oc
    .errors({
      CHANGED: { status: 409, message: 'something was approved or withdrawn meanwhile: look again' },
      WRONG_SIGNATURE: { status: 403, message: 'not signed by an approver’s key that the root names' },
      FILES_GONE: { status: 409, message: 'a file that it names is not here' },
    })
    .input(
      z.object({
        /** SHA-256, hex, of what was signed: the server has kept it. */
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        keyid: z.string().regex(/^[0-9a-f]{64}$/),
        /** Ed25519, hex. */
        signature: z.string().regex(/^[0-9a-f]{128}$/),
        waves: z.array(z.int().min(1)).max(5).default([1, 3]),
      }),
    )
    .output(releaseRowSchema),
  /** Ends the waves: no further station gets it. */
  stop: oc
    .errors({ CONFLICT: { status: 409 } })
    .input(z.object({ release: z.int() }))
    .output(releaseRowSchema),
  /** All stations go back to the release before, from their own disks. */
  rollBack: oc
    .errors({ CONFLICT: { status: 409 } })
    .input(z.object({ release: z.int() }))
    .output(releaseRowSchema),
  /** One's own signing key; null where there is none yet. */
  myKey: oc.output(signingKeySchema.nullable()),
  /** Made in the browser. It counts once the next root metadata name it. */
  saveMyKey: oc.input(signingKeySchema.omit({ trusted: true, keyid: true })).output(signingKeySchema),
};
