import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saysGs1, splitAim, symbologyName } from '#hardware/protocol/aim.ts';

describe('an AIM identifier', () => {
  it.each([
    [']C0HF-000123', 'C', '0', 'HF-000123'],
    [']E06291041500213', 'E', '0', '6291041500213'],
    [']d2', 'd', '2', ''],
    [']X0]C1A', 'X', '0', ']C1A'],
  ])('%s is told apart', (sent, symbology, modifier, text) => {
    expect(splitAim(sent)).toEqual({ symbology, modifier, text });
  });

  it.each(['', ']', ']C', ']-0HF', ']C-HF', 'HF]C0', ' ]C0HF', '］C0HF'])('%j has none', (sent) => {
    expect(splitAim(sent)).toEqual({ symbology: null, modifier: null, text: sent });
  });

  it.each([']C1', ']d2', ']Q3', ']e0'])('%s says GS1', (sent) => {
    expect(saysGs1(splitAim(sent))).toBe(true);
  });

  it.each([']C0', ']C2', ']D2', ']d1', ']Q1', ']q3', ']E0', ']e1', ''])('%j does not', (sent) => {
    expect(saysGs1(splitAim(sent))).toBe(false);
  });

  it('nothing is lost of any text', () => {
    const sent = fc.oneof(fc.string(), fc.stringMatching(/^\][A-Za-z-][0-9A-Za-z-].{0,9}$/));
    fc.assert(
      fc.property(sent, (any) => {
        const { symbology, modifier, text } = splitAim(any);
        expect(symbology === null ? text : `]${symbology}${modifier}${text}`).toBe(any);
      }),
    );
  });
});

describe('a letter', () => {
  it.each([
    ['A', 'Code 39'],
    ['C', 'Code 128'],
    ['d', 'Data Matrix'],
    ['E', 'UPC/EAN'],
    ['e', 'GS1 DataBar'],
    ['H', 'Code 11'],
    ['h', 'Han Xin'],
    ['Q', 'QR Code'],
    ['z', 'Aztec'],
  ])('%s is %s', (letter, name) => {
    expect(symbologyName(letter)).toBe(name);
  });

  it.each(['', 'Z', 'CC', 'toString', '__proto__'])('%j is none we know', (letter) => {
    expect(symbologyName(letter)).toBeNull();
  });
});
