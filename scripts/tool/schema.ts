import { z } from 'zod';
import { machineSchema, retiredSchema, settingsSchema } from '#electron/core/settings.ts';
import { kioskActionSchema, kioskViewSchema } from '#shared/contract/kiosk.ts';
import {
  errorResponseSchema,
  giveBackHeaderSchema,
  giveBackResponseSchema,
  historyHeaderSchema,
  historyQuerySchema,
  pullHeaderSchema,
  pullQuerySchema,
  pushHeaderSchema,
  pushResponseSchema,
  snapshotHeaderSchema,
  snapshotLineSchema,
  snapshotQuerySchema,
} from '#shared/contract/sync.ts';
import { eventRowSchema, itemRowSchema, loanRowSchema, terminalRowSchema } from '#shared/contract/console.ts';
import { accountSchema } from '#shared/contract/people.ts';
import {
  enrolRequestSchema,
  enrolResponseSchema,
  rotateRequestSchema,
  rotateResponseSchema,
} from '#shared/contract/identity.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { eventBodies } from '#shared/ledger/event-types.ts';

function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function all(schemas: Record<string, z.ZodType>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]));
}

/** `schema`: JSON Schemas (2020-12) of every event, contract call and settings file, as one document. */
export async function run(_args: string[], out: (line: object) => void): Promise<number> {
  const bodies = Object.entries(eventBodies).flatMap(([type, versions]) =>
    Object.entries(versions).map(([v, schema]) => [`${type}/${v}`, schema] as const),
  );
  out({
    event: jsonSchema(eventSchema),
    bodies: all(Object.fromEntries(bodies)),
    contract: {
      kiosk: all({ view: kioskViewSchema, action: kioskActionSchema }),
      sync: all({
        pushHeader: pushHeaderSchema,
        pushResponse: pushResponseSchema,
        pullQuery: pullQuerySchema,
        pullHeader: pullHeaderSchema,
        snapshotQuery: snapshotQuerySchema,
        snapshotHeader: snapshotHeaderSchema,
        snapshotLine: snapshotLineSchema,
        historyQuery: historyQuerySchema,
        historyHeader: historyHeaderSchema,
        giveBackHeader: giveBackHeaderSchema,
        giveBackResponse: giveBackResponseSchema,
        error: errorResponseSchema,
      }),
      identity: all({
        enrolRequest: enrolRequestSchema,
        enrolResponse: enrolResponseSchema,
        rotateRequest: rotateRequestSchema,
        rotateResponse: rotateResponseSchema,
      }),
      console: all({
        account: accountSchema,
        item: itemRowSchema,
        loan: loanRowSchema,
        event: eventRowSchema,
        terminal: terminalRowSchema,
      }),
    },
    settings: all({ machine: machineSchema, terminal: settingsSchema, retired: retiredSchema }),
  });
  return 0;
}
