import { describe, expect, test } from 'vitest';
import { contentOf, emptyForm, formOf } from '#renderer/console/leaflets/leaflet-form.ts';
import { seedLeaflets } from '#server/seed/leaflets/seed-leaflets.ts';

const FILLED = { ...emptyForm('notice'), titleZh: '停水', summaryZh: '今晚停水', textZh: '请接好水' };

describe('a leaflet in the fields of the form', () => {
  test.each(seedLeaflets().map(({ content }) => [content.title.zh, content] as const))(
    '%s comes out of the fields as it went in',
    (_title, content) => {
      expect(contentOf(formOf(content))).toEqual({ ok: true, value: content });
    },
  );

  test('of windows, stations and groups nothing gets lost', () => {
    const [first] = seedLeaflets();
    for (const audience of [
      { kind: 'stations' as const, stations: ['LD', 'LF'] },
      { kind: 'groups' as const, groups: ['east'] },
    ]) {
      const content = {
        ...first!.content,
        audience,
        window: {
          from: '2026-12-01T08:00',
          until: null,
          weekdays: [6, 7],
          hours: ['20:00', '06:00'] as [string, string],
        },
      };
      expect(contentOf(formOf(content))).toEqual({ ok: true, value: content });
    }
  });

  test('a notice in Chinese only is enough', () => {
    expect(contentOf({ ...FILLED, tags: '停水，水管 停水' })).toMatchObject({
      ok: true,
      value: { title: { zh: '停水' }, tags: ['停水', '水管'], audience: { kind: 'all' }, body: { kind: 'notice' } },
    });
  });

  test.each([
    ['no title', { titleZh: ' ' }, ['title']],
    ['English without Chinese', { summaryZh: '', summaryEn: 'No water' }, ['summary']],
    ['no text', { textZh: '' }, ['body']],
    ['a notice longer than a notice', { textZh: '水'.repeat(501) }, ['body']],
    ['an end before the beginning', { from: '2026-12-02T08:00', until: '2026-12-01T08:00' }, ['window']],
    ['one of the hours only', { opens: '08:00' }, ['window']],
    ['no day of the week', { weekdays: [] }, ['window']],
    ['groups, but none of them', { audience: 'groups' as const }, ['audience']],
    ['stations, but none of them', { audience: 'stations' as const, groups: ['north'] }, ['audience']],
    ['a tag as long as a sentence', { tags: '水'.repeat(21) }, ['tags']],
  ])('%s is told, and where', (_what, change, parts) => {
    expect(contentOf({ ...FILLED, ...change })).toEqual({ ok: false, error: { parts, text: [] } });
  });

  test('what may not stand in a text is named', () => {
    const result = contentOf({
      ...FILLED,
      textZh: '好 <script>alert(1)</script>',
      textEn: '[x](javascript:alert(1))',
    });
    expect(result).toMatchObject({ ok: false, error: { parts: ['body'] } });
    expect(result.ok ? [] : result.error.text.map(({ code }) => code)).toEqual(['html', 'html', 'link']);
  });
});
