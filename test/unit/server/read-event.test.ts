import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawText, readEvent } from '#server/store/read-event.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { eventWriter, seedDrafts } from '../../fixtures/ledger-world.ts';

const [draft] = seedDrafts();
if (draft === undefined) throw new Error('the fixture has drafts');
const event = eventWriter('LD-1', 'LD')(draft);

test('whatever JSON is in a body, an event is read as it was written or not at all', () => {
  const bodies = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' }));
  fc.assert(
    fc.property(bodies, (body) => {
      const sent = JSON.parse(JSON.stringify({ ...event, body })) as unknown;
      // Reading would lose a field of this name, and with it the chain.
      const wanted = Object.hasOwn(body, '__proto__') ? undefined : canonicalJson(sent);
      expect(readEvent(sent)?.json).toBe(wanted);
    }),
  );
});

test('the text that an event came in makes no difference to how it is read', () => {
  const bodies = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' }));
  const spellings = fc.constantFrom(JSON.stringify, canonicalJson, (value: unknown) => JSON.stringify(value, null, 1));
  fc.assert(
    fc.property(bodies, spellings, (body, spell) => {
      const line = spell({ ...event, body });
      const sent = JSON.parse(line) as unknown;
      expect(readEvent(sent, line)).toEqual(readEvent(sent));
    }),
  );
});

test('what this version does not know of an event or of who did it is kept', () => {
  const sent = { ...event, later: 1, actor: { ...event.actor, later: 2 } };
  const line = canonicalJson(sent);
  expect(readEvent(sent, line)).toEqual({ event: sent, json: line });
  expect(readEvent(sent)).toEqual({ event: sent, json: line });
});

test.each([
  ['half a character', '{"half":"\\ud800"}'],
  ['a number beyond all bounds', '{"huge":1e999}'],
  ['a field that reading would lose', '{"__proto__":1}'],
  ['endless depth', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
])('%s is refused', (_name, body) => {
  const line = canonicalJson({ ...event, body: {} }).replace('"body":{}', `"body":${body}`);
  const sent = JSON.parse(line) as unknown;
  expect(readEvent(sent)).toBeNull();
  expect(readEvent(sent, line)).toBeNull();
});

test('anything at all is refused or read, and can be written down', () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      expect(readEvent(raw)).toBeNull();
      expect(typeof rawText(raw)).toBe('string');
    }),
  );
});
