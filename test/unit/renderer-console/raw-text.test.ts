import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownText } from '#renderer/console/raw-text.ts';

const MUCH = 10_000_000;
const shown = (raw: string) => shownText(raw, MUCH).text;

describe('a raw text as people look at it', () => {
  it('puts each part of an event on its own line, and changes none', () => {
    expect(shown('{"b":1.50,"b":1e999,"a":[{"__proto__":"}, ["},[ ],{}],"z":"\\ud800\\"\\\\"}')).toBe(
      [
        '{',
        '  "b": 1.50,',
        '  "b": 1e999,',
        '  "a": [',
        '    {',
        '      "__proto__": "}, ["',
        '    },',
        '    [],',
        '    {}',
        '  ],',
        '  "z": "\\ud800\\"\\\\"',
        '}',
      ].join('\n'),
    );
  });

  it('says the same as what came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\n\t'), (value, space) => {
        const raw = JSON.stringify(value, null, space);
        expect(JSON.parse(shown(raw))).toEqual(JSON.parse(raw));
      }),
    );
  });

  it('hides nothing: what can’t be seen, or turns what stands beside it, is an escape', () => {
    expect(shown('{"a":"\u202Elmx\u2066"}')).toBe('{\n  "a": "\\u202elmx\\u2066"\n}');
    expect(shown('no json \u0007\u0000 \u200b\u{e0041} \ud800 \u2028')).toBe(
      'no json \\u0007\\u0000 \\u200b\\udb40\\udc41 \\ud800 \\u2028',
    );
    expect(shown('<b>两行\n\t多</b>')).toBe('<b>两行\n\t多</b>');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(shown(raw)).not.toMatch(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('shows the beginning of what is long or endlessly deep', () => {
    const long = `{"a":"${'\\"多'.repeat(400_000)}"}`;
    expect(shownText(long, 1000)).toMatchObject({ cut: true });
    expect(shownText(long, 1000).text).toHaveLength(1000);
    expect(shownText(long, MUCH).cut).toBe(false);
    const deep = '['.repeat(1_000_000);
    expect(shownText(deep + ']'.repeat(1_000_000), 5000).text).toHaveLength(5000);
    expect(shownText(deep, 5000)).toEqual({ text: '['.repeat(5000), cut: true });
  });
});
