import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8');

/** The custom properties of one rule. */
function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const normal = tokensOf(':root');
const high = { ...normal, ...tokensOf(":root[data-contrast='high']") };

/** Words and the grounds they stand on. */
const PAIRS = [
  ...['--paper', '--card', '--sunken'].flatMap((ground) => [
    ['--ink', ground],
    ['--ink-soft', ground],
  ]),
  ['--good', '--card'],
  ['--good', '--good-ground'],
  ['--bad', '--card'],
  ['--careful', '--careful-ground'],
  ['--calm', '--calm-ground'],
  ['--on-sail', '--sail'],
];

describe.each([
  ['normal', normal],
  ['high contrast', high],
])('%s colours', (_mode, tokens) => {
  test.each(PAIRS)('%s on %s has 7:1', (ink = '', ground = '') => {
    expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(7);
  });
});

test.each(['--sail-light', '--sail', '--sail-deep', '--on-sail-ground'])(
  'white and cream on the red of %s have 7:1',
  (ground) => {
    expect(contrast('#ffffff', normal[ground] ?? '')).toBeGreaterThanOrEqual(7);
  },
);
