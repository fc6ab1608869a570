import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsCodec, loansCodec, PAGE_SIZES, setAsideCodec } from '#renderer/console/list-state.ts';
import { refusalSchema } from '#shared/contract/sync.ts';

const station = fc.option(fc.stringMatching(/^[A-Z]{2}$/));
const view = {
  q: fc.string({ maxLength: 100, unit: 'grapheme' }).map((text) => text.slice(0, 100).trim()),
  station,
  desc: fc.boolean(),
  page: fc.integer({ min: 1, max: 100_000 }),
  size: fc.constantFrom(...PAGE_SIZES),
};

const itemsState = fc.record({
  ...view,
  exceptions: fc.boolean(),
  type: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
  status: fc.option(fc.constantFrom('in-stock', 'on-loan')),
  sort: fc.constantFrom('item', 'type', 'station', 'status'),
});
const loansState = fc.record({ ...view, overdue: fc.boolean(), sort: fc.constantFrom('lent', 'due', 'item') });

const setAsideState = fc.record({
  code: fc.option(fc.constantFrom(...refusalSchema.options)),
  terminal: fc.option(fc.stringMatching(/^[A-Z]{2}-[1-9]$/)),
  settled: fc.boolean(),
  entry: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  page: view.page,
  size: view.size,
});

/** Lone halves of surrogate pairs can't be written into an address; a browser's form field never gives them alone. */
const wellFormed = (state: { readonly q: string }) => state.q.isWellFormed();

const anyQuery = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.tuple(fc.constantFrom('q', 'station', 'type', 'status', 'sort', 'desc', 'page', 'size', 'x'), fc.string()),
    )
    .map((pairs) => `?${new URLSearchParams(pairs).toString()}`),
);

describe('the state of a list in the address', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(itemsState.filter(wellFormed), (state) => {
        expect(itemsCodec.parse(itemsCodec.format(state))).toEqual(state);
      }),
    );
    fc.assert(
      fc.property(loansState.filter(wellFormed), (state) => {
        expect(loansCodec.parse(loansCodec.format(state))).toEqual(state);
      }),
    );
    fc.assert(
      fc.property(setAsideState, (state) => {
        expect(setAsideCodec.parse(setAsideCodec.format(state))).toEqual(state);
      }),
    );
  });

  it('makes sense of any address, and always in the same way', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const state = itemsCodec.parse(query);
        expect(itemsCodec.parse(itemsCodec.format(state))).toEqual(state);
      }),
    );
  });

  it('leaves what is usual out of the address', () => {
    expect(itemsCodec.format(itemsCodec.parse(''))).toBe('');
    expect(loansCodec.format({ ...loansCodec.parse(''), overdue: true, page: 2 })).toBe('?overdue=true&page=2');
  });

  it('reads each part by itself: one that is wrong does not spoil the others', () => {
    expect(itemsCodec.parse('?station=nowhere&status=on-loan&page=-3&size=7&q=%E7%BA%A2')).toEqual({
      q: '红',
      station: null,
      type: null,
      status: 'on-loan',
      exceptions: false,
      sort: 'item',
      desc: false,
      page: 1,
      size: 20,
    });
  });
});
