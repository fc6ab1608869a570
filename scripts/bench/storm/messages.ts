import { z } from 'zod';

/** What a terminal of the storm says over its IPC channel. */
export const reportSchema = z.discriminatedUnion('kind', [
  /** Its events are written; the server has not heard of them. It has all of the server's log up to `seq`. */
  z.object({ kind: z.literal('ready'), seq: z.int() }),
  /** An exchange came to its end: own events that are unsent, and the place in the server's log up to which it has all. */
  z.object({ kind: z.literal('synced'), unsent: z.int(), seq: z.int() }),
  /** After it was told to stop: answers by status, requests without an answer, exchanges that had to be tried again. */
  z.object({
    kind: z.literal('ended'),
    answers: z.record(z.string(), z.int()),
    unanswered: z.int(),
    again: z.int(),
  }),
]);
export type Report = z.infer<typeof reportSchema>;
export type EndedReport = Extract<Report, { kind: 'ended' }>;

export const orderSchema = z.object({ order: z.enum(['go', 'stop']) });

/** What a terminal of the storm is told at its start, as JSON in its first argument. */
export const taskSchema = z.object({
  folder: z.string(),
  serverUrl: z.string(),
  code: z.string(),
  /** Keys of the items that it lends and takes back. */
  items: z.array(z.string()),
  events: z.int(),
});
export type Task = z.infer<typeof taskSchema>;
