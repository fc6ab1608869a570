import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_EMPTY, CHAIN_START, canonicalJson, chainFault, hashEvent, sha256Text } from '#shared/ledger/chain.ts';
import { compareHlc, formatHlc, type Hlc, parseHlc, tick, witness } from '#shared/ledger/clock.ts';
import { type EventDraft, eventSchema, hlcSchema } from '#shared/ledger/event.ts';
import { eventWriter } from '../../fixtures/ledger-world.ts';

const hlc: fc.Arbitrary<Hlc> = fc.record({
  ms: fc.integer({ min: 0, max: 4e12 }),
  counter: fc.integer({ min: 0, max: 99_999 }),
});
const draft: EventDraft = {
  subject: 'item:HF-000001',
  type: 'item.registered',
  v: 1,
  actor: { kind: 'system', id: 'server' },
  scope: 'community',
  body: { type: 'umbrella', home: 'LD' },
};

describe('hybrid logical clock', () => {
  it('the order of the texts is the order of the clocks', () => {
    fc.assert(
      fc.property(hlc, hlc, (a, b) => {
        const [left, right] = [formatHlc(a, 'LD-1'), formatHlc(b, 'LD-1')];
        expect(Math.sign(compareHlc(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });

  it('a text says the clock it was made from', () => {
    fc.assert(
      fc.property(hlc, (clock) => {
        expect(parseHlc(hlcSchema.parse(formatHlc(clock, 'LD-1')))).toEqual(clock);
      }),
    );
  });

  it('is later after every event, whatever the wall clock says', () => {
    fc.assert(
      fc.property(hlc, fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1 }), (start, walls) => {
        let last = start;
        for (const wall of walls) {
          const next = tick(last, wall);
          expect(compareHlc(next, last)).toBeGreaterThan(0);
          expect(next.ms).toBeGreaterThanOrEqual(Math.min(wall, last.ms));
          last = next;
        }
      }),
    );
  });

  it('is not behind anything it has seen', () => {
    fc.assert(
      fc.property(hlc, hlc, (own, seen) => {
        const after = witness(own, seen);
        expect(compareHlc(after, own)).toBeGreaterThanOrEqual(0);
        expect(compareHlc(after, seen)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('chain', () => {
  it('hashes JSON in its one canonical spelling (RFC 8785, example of section 3.2.2)', () => {
    expect(canonicalJson({ b: 1, a: ['é', 1e30, 4.5, 0.002] })).toBe('{"a":["é",1e+30,4.5,0.002],"b":1}');
    expect(sha256Text('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('starts from zeros and accepts exactly the next link', () => {
    const write = eventWriter('LD-1', 'LD');
    const [first, second, third] = [write(draft), write(draft), write(draft)];
    const afterFirst = { n: 1, hash: hashEvent(first) };
    expect(first.prev).toBe(CHAIN_START);
    expect(chainFault(CHAIN_EMPTY, first)).toBeNull();
    expect(chainFault(afterFirst, second)).toBeNull();
    expect(chainFault(afterFirst, third)).toBe('gap');
    expect(chainFault(afterFirst, { ...second, prev: 'f'.repeat(64) })).toBe('wrong-chain');
  });

  it('notices any change to an earlier event, also to fields this version does not know', () => {
    const write = eventWriter('LD-1', 'LD');
    const first = write(draft);
    const second = write(draft);
    for (const change of [{ wall: first.wall + 1 }, { body: { ...first.body, home: 'LF' } }, { later: true }]) {
      expect(chainFault({ n: 1, hash: hashEvent({ ...first, ...change }) }, second)).toBe('wrong-chain');
    }
  });

  it('an event survives the wire with fields that this version does not know', () => {
    const event = { ...eventWriter('LD-1', 'LD')(draft), later: { than: 'us' } };
    const read = eventSchema.parse(JSON.parse(JSON.stringify(event)));
    expect(hashEvent(read)).toBe(hashEvent(event));
  });
});
