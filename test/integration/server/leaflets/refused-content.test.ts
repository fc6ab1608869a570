import { describe, expect, test } from 'vitest';
import type { ImageFile, LeafletContent, PdfFile, VideoFile } from '#shared/content/leaflet.ts';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { done, leafletServer, madeUpFile, notice, seen } from './leaflet-world.ts';

const freshDatabase = useDatabases();
const picture = madeUpFile('image/webp', 'a') as ImageFile;
const brochure = madeUpFile('application/pdf', 'b') as PdfFile;
const film = madeUpFile('video/webm', 'c') as VideoFile;

function article(zh: string, pictures: ImageFile[] = [picture]): Partial<LeafletContent> {
  return { body: { kind: 'article', text: { zh }, pictures } };
}

describe.each(DATABASE_KINDS)('what an editor writes on %s', (kind) => {
  async function serverWithFiles() {
    const world = await leafletServer(await freshDatabase(kind));
    for (const file of [picture, brochure, film]) await world.server.contentFiles.record(file, 'name', 'editor');
    const faultsOf = async (changed: Partial<LeafletContent>) => {
      const outcome = await world.leaflets.create('editor', notice('通知', changed), null);
      return outcome.ok || outcome.error.code !== 'content' ? outcome : outcome.error.faults;
    };
    return { ...world, faultsOf };
  }

  test('Markdown with HTML is refused, and the place is told', async () => {
    const { faultsOf } = await serverWithFiles();
    expect(await faultsOf(article('# 题\n\n<script>alert(1)</script>'))).toEqual([
      { code: 'html', detail: '<script>alert(1)</script>' },
    ]);
    expect(await faultsOf(article('[点我](javascript:alert(1)) ![图](https://example.org/a.png)'))).toEqual([
      { code: 'link', detail: 'javascript:alert(1)' },
      { code: 'picture', detail: 'https://example.org/a.png' },
    ]);
    const english = { kind: 'article', text: { zh: '好', en: 'a <b>b</b>' }, pictures: [] } as const;
    expect(await faultsOf({ body: { ...english, pictures: [] } })).toMatchObject([{ code: 'html' }, { code: 'html' }]);
  });

  test('a file that was not uploaded, or is something else, is refused', async () => {
    const { faultsOf } = await serverWithFiles();
    const unknown = madeUpFile('image/png', 'd') as ImageFile;
    expect(await faultsOf(article('图', [unknown]))).toEqual([{ code: 'unknown-file', detail: unknown.hash }]);
    const asPicture = { ...picture, hash: brochure.hash };
    expect(await faultsOf(article('图', [asPicture]))).toEqual([{ code: 'wrong-file', detail: brochure.hash }]);
    const asFilm = { ...film, hash: picture.hash };
    expect(await faultsOf({ body: { kind: 'video', file: asFilm, poster: picture } })).toEqual([
      { code: 'wrong-file', detail: picture.hash },
    ]);
    const asPdf = { ...brochure, hash: film.hash };
    expect(await faultsOf({ body: { kind: 'pdf', file: { zh: brochure, en: asPdf } } })).toEqual([
      { code: 'wrong-file', detail: film.hash },
    ]);
  });

  test('size and pages are those of the file, whatever the page says', async () => {
    const { leaflets } = await serverWithFiles();
    const said = { ...picture, type: 'image/png', width: 1, height: 1, bytes: 1 } as const;
    const body = { kind: 'pictures', pictures: [{ file: said, caption: { zh: '图\u202e' } }] } as const;
    const made = done(
      await leaflets.create('editor', notice('图', { body: { ...body, pictures: [...body.pictures] } }), null),
    );
    expect(made.content.body).toEqual({ kind: 'pictures', pictures: [{ file: picture, caption: { zh: '图' } }] });
    const pages = { ...brochure, pages: 299 };
    const saved = done(
      await leaflets.save('editor', seen(made), notice('册', { body: { kind: 'pdf', file: { zh: pages } } })),
    );
    expect(saved.content.body).toEqual({ kind: 'pdf', file: { zh: brochure } });
    expect(await leaflets.versions(made.leaflet)).toEqual([saved]);
  });

  test('an audience that is not there, a window without a moment, a text of nothing', async () => {
    const { faultsOf, leaflets } = await serverWithFiles();
    const nobody = { kind: 'stations', stations: ['LD', 'ZZ'] } as const;
    expect(await faultsOf({ audience: { ...nobody, stations: ['LD', 'ZZ'] } })).toEqual([
      { code: 'unknown-station', detail: 'ZZ' },
    ]);
    expect(await faultsOf({ audience: { kind: 'groups', groups: ['south'] } })).toEqual([
      { code: 'unknown-group', detail: 'south' },
    ]);
    await leaflets.saveGroup({ group: 'south', name: { zh: '南片', en: 'South' }, stations: ['LD'] });
    const made = done(
      await leaflets.create('editor', notice('南', { audience: { kind: 'groups', groups: ['south'] } }), null),
    );
    expect(await leaflets.resolve(made.content.audience)).toEqual(['LD']);
    const tuesdayToFriday = { from: '2026-11-24T00:00', until: '2026-11-27T00:00', weekdays: [1], hours: null };
    expect(await faultsOf({ window: tuesdayToFriday })).toEqual([{ code: 'never-shown', detail: '' }]);
    expect(await faultsOf({ title: { zh: '\u202e\u0000' } })).toEqual([{ code: 'empty', detail: '' }]);
  });

  test('what nobody can see is taken out', async () => {
    const { leaflets } = await serverWithFiles();
    const made = done(
      await leaflets.create(
        'editor',
        notice('停\u0000水\u202e通知\n', {
          summary: { zh: '一\t句', en: '\ud800 one' },
          tags: [' 水 ', '\u200f', '水'],
          body: { kind: 'notice', text: { zh: '第一行\r\n第二行\u2066 👩‍🚒' } },
        }),
        null,
      ),
    );
    expect(made.content).toMatchObject({
      title: { zh: '停水通知' },
      summary: { zh: '一 句', en: 'one' },
      tags: ['水'],
      body: { kind: 'notice', text: { zh: '第一行\n第二行 👩‍🚒' } },
    });
  });
});
