import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bilingualSchema } from '#shared/bilingual.ts';
import { unreachable } from '#shared/result.ts';
import {
  ALWAYS,
  fileSchema,
  type LeafletContent,
  leafletContentSchema,
  type LeafletFile,
} from '#shared/content/leaflet.ts';
import files from './files/files.json' with { type: 'json' };
import leaflets from './leaflets.json' with { type: 'json' };

const names = z.array(z.string());
const entrySchema = leafletContentSchema.omit({ audience: true, window: true, body: true }).extend({
  id: z.string(),
  draft: z.boolean().default(false),
  body: z.discriminatedUnion('kind', [
    /** `text` names `texts/NAME.zh.md` and `.en.md`; pictures in them are `picture:FILE`. */
    z.object({ kind: z.literal('article'), text: z.string(), pictures: names }),
    z.object({ kind: z.literal('pdf'), file: z.object({ zh: z.string(), en: z.string().optional() }) }),
    z.object({
      kind: z.literal('pictures'),
      pictures: z.array(z.object({ file: z.string(), caption: bilingualSchema })),
    }),
    z.object({ kind: z.literal('video'), file: z.string(), poster: z.string() }),
    z.object({ kind: z.literal('notice'), notice: bilingualSchema }),
  ]),
});
type Entry = z.infer<typeof entrySchema>;

export interface SeedFile {
  readonly path: string;
  readonly file: LeafletFile;
}

export interface SeedLeaflet {
  readonly id: string;
  readonly content: LeafletContent;
  /** Not to be published: an example of what one keeps ready. */
  readonly draft: boolean;
}

const FOLDER = import.meta.dirname;
const FILES: ReadonlyMap<string, LeafletFile> = new Map(Object.entries(z.record(z.string(), fileSchema).parse(files)));

function fileNamed(name: string): LeafletFile {
  const file = FILES.get(name);
  if (file === undefined) throw new Error(`no file ${name}`);
  return file;
}

function textOf(name: string, language: 'zh' | 'en'): string {
  const text = readFileSync(join(FOLDER, 'texts', `${name}.${language}.md`), 'utf8');
  return text
    .replaceAll(/\(picture:([\w.-]+)\)/g, (_, picture: string) => `(picture:${fileNamed(picture).hash})`)
    .trim();
}

function bodyOf(body: Entry['body']): unknown {
  switch (body.kind) {
    case 'article':
      return {
        kind: 'article',
        text: { zh: textOf(body.text, 'zh'), en: textOf(body.text, 'en') },
        pictures: body.pictures.map(fileNamed),
      };
    case 'pdf':
      return {
        kind: 'pdf',
        file: { zh: fileNamed(body.file.zh), ...(body.file.en === undefined ? {} : { en: fileNamed(body.file.en) }) },
      };
    case 'pictures':
      return {
        kind: 'pictures',
        pictures: body.pictures.map(({ file, caption }) => ({ file: fileNamed(file), caption })),
      };
    case 'video':
      return { kind: 'video', file: fileNamed(body.file), poster: fileNamed(body.poster) };
    case 'notice':
      return { kind: 'notice', text: body.notice };
    default:
      return unreachable(body);
  }
}

/** The files that the seed's leaflets show (`npm run seed-content` draws them). */
export function seedFiles(): SeedFile[] {
  return [...FILES].map(([name, file]) => ({ path: join(FOLDER, 'files', name), file }));
}

/** The leaflets of the seed, for all stations and for ever. */
export function seedLeaflets(): SeedLeaflet[] {
  return z
    .array(entrySchema)
    .parse(leaflets)
    .map(({ id, draft, body, ...rest }) => ({
      id,
      draft,
      content: leafletContentSchema.parse({ ...rest, audience: { kind: 'all' }, window: ALWAYS, body: bodyOf(body) }),
    }));
}
