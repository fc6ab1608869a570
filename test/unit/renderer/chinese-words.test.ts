import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { chineseWords } from '#renderer/ui/chinese-words.ts';

test.each([
  ['读卡器出了点问题', '读卡器'],
  ['请找门口的值守人员。', '值守人员'],
  ['多功能手摇应急收音机照明灯', '照明灯'],
  ['以前的借还记录都在', '借还'],
  ['用后请擦干净', '擦干净'],
])('%s keeps %s whole', (text, word) => {
  expect(chineseWords(text)).toContainEqual(expect.stringContaining(word));
});

test('a particle stays with the word before it', () => {
  expect(chineseWords('门口的值守人员')[0]).toBe('门口的');
});

test('no sentence of the kiosk has a word so long that it could not wrap', () => {
  for (const { zh } of Object.values(kioskMessages)) {
    for (const word of chineseWords(zh)) expect(word.replaceAll(/\P{Script=Han}/gu, '').length).toBeLessThanOrEqual(6);
  }
});

test('nothing is lost or added, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(chineseWords(text).join('')).toBe(text);
    }),
  );
});
