import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';

const HASH = 'ab'.repeat(32);
const shown = (text: string) =>
  renderToStaticMarkup(<LeafletText text={text} pictureUrl={(hash) => (hash === HASH ? `/files/v1/${hash}` : null)} />);

describe('the text of a leaflet', () => {
  test('headings, lists, tables and own pictures are shown', () => {
    const html = shown(
      `## 怎么借\n\n1. 扫码\n\n| 东西 | 几天 |\n| --- | --- |\n| 雨伞 | 3 |\n\n![一把伞](picture:${HASH})`,
    );
    expect(html).toContain('<h2>怎么借</h2>');
    expect(html).toContain('<td>雨伞</td>');
    expect(html).toContain(`<img src="/files/v1/${HASH}" alt="一把伞"/>`);
  });

  test.each([
    ['a script', '<script>alert(1)</script>\n\n好'],
    ['HTML with a handler', '<img src=x onerror=alert(1)>好'],
    ['a frame', '<iframe src="https://example.org"></iframe>\n\n好'],
    ['a link that runs', '[好](javascript:alert(1))'],
    ['a link elsewhere', '[好](https://example.org)'],
    ['an address', '好 https://example.org'],
    ['a picture from elsewhere', '好 ![x](https://example.org/x.png)'],
    ['a picture that the leaflet has not', `好 ![x](picture:${'cd'.repeat(32)})`],
    ['a picture of another kind of address', '好 ![x](data:image/svg+xml;base64,AAAA)'],
  ])('%s leads nowhere and loads nothing', (_what, text) => {
    const html = shown(text);
    expect(html).toContain('好');
    expect(html).not.toMatch(/<(?:script|iframe|img|a)\b|onerror=|href=|src=/);
  });
});
