import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowerId } from '#shared/people/borrower-id.ts';
import { idNumberCheck, parseIdNumber } from '#shared/people/id-number.ts';
import { maskName } from '#shared/people/masked-name.ts';

describe('ID numbers', () => {
  // Vector T15 of the device notes: the example of GB 11643-1999 and others, all published.
  it.each(['11010519491231002X', '440524188001010014', '34052419800101001X', '810000199408230021'])(
    '%s is valid',
    (number) => {
      expect(parseIdNumber(number)).toBe(number);
    },
  );

  it('a wrong check character, a short number and other text are not', () => {
    for (const text of ['110105194912310021', '11010519491231002', '', 'ABC', '１１０１０５１９４９１２３１００２X']) {
      expect(parseIdNumber(text)).toBeNull();
    }
  });

  it('a small x is folded to the card’s own spelling', () => {
    expect(parseIdNumber(' 11010519491231002x ')).toBe('11010519491231002X');
  });

  it('catches every single wrong digit', () => {
    const digits = fc.stringMatching(/^\d{17}$/);
    fc.assert(
      fc.property(digits, fc.nat(16), fc.constantFrom(...'0123456789'.split('')), (first17, at, digit) => {
        fc.pre(first17[at] !== digit);
        const wrong = first17.slice(0, at) + digit + first17.slice(at + 1);
        expect(parseIdNumber(wrong + idNumberCheck(first17))).toBeNull();
      }),
    );
  });
});

describe('masked names', () => {
  it.each([
    ['王示春', '王*春'],
    ['李示', '李*'],
    ['欧阳示夏', '欧*夏'],
    ['阿卜杜拉·示例', '阿*例'],
    ['TESTER, ALICE', 'T* A*'],
    ['  ', '*'],
  ])('%s -> %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('never shows more than the first and the last character of a word', () => {
    const name = fc.array(fc.constantFrom(...'王李张示春夏秋冬阿卜杜拉'.split('')), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(name, (characters) => {
        expect(maskName(characters.join('')).replace('*', '')).toHaveLength(characters.length === 2 ? 1 : 2);
      }),
    );
  });
});

describe('borrower ids', () => {
  const key = '0f'.repeat(32);

  it('are HMAC-SHA-256: test case 2 of RFC 4231, with its key given in hex', () => {
    const jefe = 'Jefe'
      .split('')
      .map((letter) => letter.charCodeAt(0).toString(16))
      .join('');
    expect(borrowerId(jefe, 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('are the same for the same card and differ by person and by community', () => {
    expect(borrowerId(key, '11010519491231002X')).toBe(borrowerId(key, '11010519491231002X'));
    expect(borrowerId(key, '11010519491231002X')).not.toBe(borrowerId(key, '440524188001010014'));
    expect(borrowerId(key, '11010519491231002X')).not.toBe(borrowerId('1f'.repeat(32), '11010519491231002X'));
  });
});
