import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodySchema, eventBodies, type EventType, latestVersion } from '#shared/ledger/event-types.ts';
import { readBody } from '#shared/ledger/upcast.ts';
import { typedBody } from '../../fixtures/arbitrary-events.ts';

it('whatever version an event was written in, it reads as the latest, and no field is lost', () => {
  fc.assert(
    fc.property(typedBody, ({ type, v, body }) => {
      const read = readBody({ type, v, body: { ...body, newer: 'kept' } });
      if (typeof read === 'string') throw new Error(`${type} ${v} is ${read}`);
      const latest = bodySchema(type, latestVersion(type as EventType))!.safeParse(read.body);
      expect(latest.success).toBe(true);
      expect(read.body).toMatchObject(body);
      expect(read.body).toMatchObject({ newer: 'kept' });
      expect(readBody({ type, v: latestVersion(type as EventType), body: read.body })).toEqual(read);
    }),
    { numRuns: 500 },
  );
});

it('versions are numbered without gaps from 1, so that every old one has a way to the latest', () => {
  for (const [type, versions] of Object.entries(eventBodies)) {
    const numbers = Object.keys(versions).map(Number);
    expect([type, numbers]).toEqual([type, numbers.map((_, index) => index + 1)]);
  }
});

it('a return of version 1 is a whole one, with nothing asked', () => {
  expect(readBody({ type: 'item.returned', v: 1, body: { station: 'LD', loan: null } })).toEqual({
    type: 'item.returned',
    body: { station: 'LD', loan: null, undone: false, missing: [], answers: [] },
  });
});

it('what is not known and what can not be read are told apart', () => {
  expect(readBody({ type: 'item.polished', v: 1, body: {} })).toBe('unknown');
  expect(readBody({ type: 'item.lent', v: 3, body: {} })).toBe('unknown');
  expect(readBody({ type: 'constructor', v: 1, body: {} })).toBe('unknown');
  expect(readBody({ type: 'item.lent', v: 1, body: {} })).toBe('unreadable');
});
