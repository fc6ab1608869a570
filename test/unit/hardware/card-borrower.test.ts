import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idNumberCheck } from '#shared/people/id-number.ts';
import { borrowerOf } from '#hardware/protocol/card-borrower.ts';
import { decodeCard, type IdCard } from '#hardware/protocol/sdt-card.ts';
import { J_TEXT, T10_TEXT, T12_TEXT, Y_TEXT } from './sdt-vectors.ts';

function cardIn(block: Uint8Array, number?: string): IdCard {
  const card = decodeCard(block);
  if (card === null) throw new Error('the vector is no card');
  return number === undefined ? card : { ...card, number };
}

/** The Y card's number with the check that belongs to it. */
const Y_NUMBER = `91100019800101001${idNumberCheck('91100019800101001')}`;

describe('who borrows', () => {
  it.each([
    ['a citizen', cardIn(T10_TEXT), 'resident', '11010519491231002X', '测试员'],
    ['a resident of Hong Kong', cardIn(J_TEXT), 'resident', '810000199408230021', '陈示安'],
    ['a foreigner, card of 2023', cardIn(Y_TEXT, Y_NUMBER), 'resident', Y_NUMBER, '艾示'],
    ['a foreigner, card of 2017', cardIn(T12_TEXT), 'permanent-resident-2017', 'XXA110080010101', 'TESTER, ALICE'],
  ])('%s: by the number and name of the card, and nothing else of it', (_who, card, numberKind, number, name) => {
    expect(borrowerOf(card)).toEqual({ numberKind, number, name });
  });

  // Vector T15 of the device notes.
  it.each(['11010519491231002X', '440524188001010014', '34052419800101001X', '810000199408230021'])(
    '%s is a number to borrow by',
    (number) => {
      expect(borrowerOf(cardIn(T10_TEXT, number))?.number).toBe(number);
    },
  );

  it('a small x is folded, and letters of 2017, too', () => {
    expect(borrowerOf(cardIn(T10_TEXT, '11010519491231002x'))?.number).toBe('11010519491231002X');
    expect(borrowerOf(cardIn(T12_TEXT, 'xxa110080010101'))?.number).toBe('XXA110080010101');
  });

  it.each([
    [T10_TEXT, '110105194912310021'],
    [T10_TEXT, ''],
    [J_TEXT, 'H00000001'],
    [Y_TEXT, 'XXA110080010101'],
    [T12_TEXT, '11010519491231002X'],
    [T12_TEXT, 'XXA11008001010'],
    [T12_TEXT, 'XX1110080010101'],
  ])('a number that is not one of its type of card is nobody’s (%#: %s)', (block, number) => {
    expect(borrowerOf(cardIn(block, number))).toBeNull();
  });

  it('any block of text is a borrower with a well-formed number, or nobody', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (block) => {
        const number = borrowerOf(cardIn(block))?.number ?? 'XXA110080010101';
        expect(number).toMatch(/^(\d{17}[\dX]|[A-Z]{3}\d{12})$/);
      }),
    );
  });
});
