import { describe, expect, test } from 'vitest';
import { seedAccounts } from '#server/seed/accounts.ts';
import { seedResidents } from '#server/seed/residents.ts';
import { seedEvents } from '#server/seed/seed-events.ts';
import { seedStations } from '#server/seed/stations.ts';
import { bodySchema, eventBodies } from '#shared/ledger/event-types.ts';
import { subjectKey, subjectSchema } from '#shared/ledger/event.ts';
import { borrowerId } from '#shared/people/borrower-id.ts';
import { parseIdNumber } from '#shared/people/id-number.ts';

const KEY = '0f'.repeat(32);
const drafts = seedEvents({ communityKey: KEY });

describe('the seed’s events', () => {
  test('are the same each time', () => {
    expect(seedEvents({ communityKey: KEY })).toEqual(drafts);
  });

  test.each(drafts.map((draft) => [draft.subject, draft] as const))('%s is what its type says', (subject, draft) => {
    expect(subjectSchema.safeParse(subject).success).toBe(true);
    expect(bodySchema(draft.type, draft.v)?.safeParse(draft.body).success).toBe(true);
  });

  test('give each of the twelve stations something of what all have', () => {
    expect(seedStations.map(({ code }) => code).join(' ')).toBe('LF QH DC YR CH LD DX XY MX JL XG YJ');
    const items = drafts
      .filter(({ type }) => type === 'item.registered')
      .map(({ body }) => eventBodies['item.registered'][1].parse(body));
    expect(items.length).toBeGreaterThanOrEqual(200);
    for (const { code } of seedStations) {
      const types = items.filter(({ home }) => home === code).map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining(['umbrella', 'raincoat', 'power-bank', 'book', 'pump', 'sewing']));
      expect(drafts.map(({ subject }) => subject)).toContain(`supply:${code}/cup`);
    }
    const defined = drafts.filter(({ type }) => type === 'type.defined').map(({ subject }) => subjectKey(subject));
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(defined));
  });

  test('name nothing twice', () => {
    expect(new Set(drafts.map(({ subject, type }) => `${subject} ${type}`)).size).toBe(drafts.length);
  });

  test('say nothing of residents but a pseudonym and a masked name, and that to the server alone', () => {
    const people = drafts.filter(({ type }) => type === 'person.registered');
    expect(people.map(({ scope }) => scope)).toEqual(people.map(() => 'server'));
    expect(people.map(({ subject }) => subject)).toEqual(
      seedResidents().map(({ card }) => `person:${borrowerId(KEY, card.number)}`),
    );
    const text = JSON.stringify(drafts);
    for (const { card } of seedResidents()) {
      expect(text).not.toContain(card.number);
      expect(text).not.toContain(card.name);
      expect(text).not.toContain(card.address);
    }
  });
});

describe('the seed’s residents', () => {
  const residents = seedResidents();

  test.each(residents.map(({ card, garden }) => [card.name, card, garden] as const))(
    '%s is well-formed',
    (name, card, garden) => {
      expect(parseIdNumber(card.number)).toBe(card.number);
      expect(card.number.slice(0, 14)).toBe(`370899${card.birth}`);
      expect(Number(card.number[16]) % 2 === 1 ? 'male' : 'female').toBe(card.sex);
      expect(name).toMatch(/^\p{Script=Han}+(?:·\p{Script=Han}+)?$/u);
      expect(name).toContain('示');
      expect(Number.isNaN(Date.parse(card.birth.replace(/(....)(..)(..)/, '$1-$2-$3')))).toBe(false);
      // The places on a card: 15, 35 and 15 characters.
      expect(name.length).toBeLessThanOrEqual(15);
      expect(card.address.length).toBeLessThanOrEqual(35);
      expect(card.authority.length).toBeLessThanOrEqual(15);
      expect(card.address).toContain(garden);
      expect(card.validTo === '长期' || card.validTo > card.validFrom).toBe(true);
    },
  );

  test('are sixty different people of all gardens, ages and kinds of names', () => {
    expect(residents).toHaveLength(60);
    expect(new Set(residents.map(({ card }) => card.number)).size).toBe(60);
    expect(new Set(residents.map(({ card }) => card.name)).size).toBe(60);
    expect(new Set(residents.map(({ garden }) => garden)).size).toBe(12);
    const lengths = new Set(residents.map(({ card }) => card.name.length));
    expect(lengths).toEqual(new Set([2, 3, 4, 7, 10]));
    const years = residents.map(({ card }) => Number(card.birth.slice(0, 4)));
    expect([Math.min(...years), Math.max(...years)]).toEqual([1938, 2012]);
  });
});

test('the seed’s accounts hold no passwords', () => {
  expect(seedAccounts.map(({ account, roles }) => [account, ...roles])).toEqual([
    ['admin', 'admin'],
    ['dispatcher', 'dispatcher'],
    ['coordinator', 'coordinator'],
    ['worker', 'worker'],
    ['editor', 'editor'],
    ['reviewer', 'reviewer'],
    ['secretary', 'secretary'],
    ['auditor', 'auditor'],
  ]);
});
