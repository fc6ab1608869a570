import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CardSeen, createCardOnReader } from '#hardware/device/card-on-reader.ts';
import { decodeCard, type IdCard } from '#hardware/protocol/sdt-card.ts';
import { T10_TEXT, T12_TEXT } from './sdt-vectors.ts';

function cardIn(block: Uint8Array): IdCard {
  const card = decodeCard(block);
  if (card === null) throw new Error('the vector is no card');
  return card;
}

const cards = { a: cardIn(T10_TEXT), b: cardIn(T12_TEXT) };

/** One letter a look: a, b a card read; - no card; x a card that slipped; u the plug was out for 2 s, U for 20. Readings come out as A, B and X, else a dot. */
function see(looks: string): string {
  const onReader = createCardOnReader();
  return looks
    .split('')
    .map((look) => {
      let seen: CardSeen;
      if (look === 'u' || look === 'U') {
        onReader.back(look === 'u' ? 2_000 : 20_000);
        return '.';
      }
      if (look === 'a' || look === 'b') seen = { kind: 'card', card: cards[look] };
      else seen = { kind: look === '-' ? 'no-card' : 'slipped' };
      const reading = onReader.see(seen);
      if (reading === null) return '.';
      if (reading.kind === 'id-card-unreadable') return 'X';
      return reading.card.number === cards.a.number ? 'A' : 'B';
    })
    .join('');
}

describe('a card on the reader', () => {
  it.each([
    ['-aaaa', '.A...', 'is read out once'],
    ['aa--aa', 'A...A.', 'and again when it was away for two looks'],
    ['a-a-a-a', 'A......', 'but not when the reader loses it for one look at a time'],
    ['aab', 'A.B', 'another card needs no gap'],
    ['xxa', '..A', 'two slips are nobody’s business'],
    ['xxxx', '..X.', 'the third is told, once'],
    ['xx-xx', '...X.', 'one look without the card does not forgive the slips before it'],
    ['xxx--xxx', '..X....X', 'a card laid on anew is told anew'],
    ['xxxa', '..XA', 'a card that can be read after all is read'],
    ['axxxx', 'A....', 'a card that was read and no longer can be is nobody’s business'],
    ['axa', 'A..', 'nor is it read out twice'],
    ['auaua', 'A....', 'nor each time a loose plug makes contact'],
    ['au--a', 'A...A', 'lifted after that and laid on again it is'],
    ['aUa', 'A.A', 'and after a long time without a plug'],
  ])('%s -> %s: %s', (looks, readings) => {
    expect(see(looks)).toBe(readings);
  });

  it('never reads out the same card twice without two looks in a row without a card', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[abx-]{0,40}$/), (looks) => {
        const readings = see(looks);
        const cardsRead = [...readings.matchAll(/[AB]/g)];
        const between = cardsRead.slice(1).flatMap(({ 0: letter, index }, place) => {
          const before = cardsRead[place];
          return before?.[0] === letter ? [looks.slice(before.index, index)] : [];
        });
        expect(between.filter((gap) => !gap.includes('--'))).toEqual([]);
      }),
    );
  });

  it('reads out every card that is shown after the reader was empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[abx-]{0,20}$/), fc.constantFrom('a', 'b'), (before, card) => {
        expect(see(`${before}--${card}`).at(-1)).toBe(card.toUpperCase());
      }),
    );
  });
});
