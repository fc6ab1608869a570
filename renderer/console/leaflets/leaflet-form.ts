import { z } from 'zod';
import {
  ALWAYS,
  CATEGORIES,
  imageFileSchema,
  LEAFLET_KINDS,
  type LeafletBody,
  type LeafletContent,
  leafletContentSchema,
  pdfFileSchema,
  PRIORITIES,
  videoFileSchema,
} from '#shared/content/leaflet.ts';
import { leafletFaults, type MarkdownFault } from '#shared/content/markdown-rules.ts';
import { err, ok, type Result, unreachable } from '#shared/result.ts';

/** A picture and what is said of it; empty: nothing. */
const formPictureSchema = z.object({ file: imageFileSchema, zh: z.string(), en: z.string() });
export type FormPicture = Readonly<z.infer<typeof formPictureSchema>>;

/** What stands in the fields, as text. Empty English is no English. */
export const leafletFormSchema = z.object({
  kind: z.enum(LEAFLET_KINDS),
  titleZh: z.string(),
  titleEn: z.string(),
  summaryZh: z.string(),
  summaryEn: z.string(),
  category: z.enum(CATEGORIES),
  /** Separated by spaces or commas of either kind. */
  tags: z.string(),
  priority: z.enum(PRIORITIES),
  audience: z.enum(['all', 'groups', 'stations']),
  /** Groups and stations that were chosen; only those of `audience` count. */
  groups: z.array(z.string()).readonly(),
  stations: z.array(z.string()).readonly(),
  /** `2026-11-23T08:00`, or empty. */
  from: z.string(),
  until: z.string(),
  weekdays: z.array(z.number()).readonly(),
  /** `08:00`; both or none. */
  opens: z.string(),
  closes: z.string(),
  /** Of articles and notices. */
  textZh: z.string(),
  textEn: z.string(),
  /** Of articles and picture sets; captions of the latter. */
  pictures: z.array(formPictureSchema).readonly(),
  pdfZh: pdfFileSchema.nullable(),
  pdfEn: pdfFileSchema.nullable(),
  film: videoFileSchema.nullable(),
  poster: imageFileSchema.nullable(),
});
export type LeafletForm = Readonly<z.infer<typeof leafletFormSchema>>;

/** Fields that can be wrong, by the first part of the place that zod names. */
export const FORM_PARTS = ['title', 'summary', 'tags', 'audience', 'window', 'body'] as const;
export type FormPart = (typeof FORM_PARTS)[number];

/** `text`: what may not stand in the text. */
export interface FormFaults {
  readonly parts: readonly FormPart[];
  readonly text: readonly MarkdownFault[];
}

const NO_FILES = { pictures: [], pdfZh: null, pdfEn: null, film: null, poster: null } as const;

export function emptyForm(kind: LeafletBody['kind']): LeafletForm {
  return {
    kind,
    titleZh: '',
    titleEn: '',
    summaryZh: '',
    summaryEn: '',
    category: 'other',
    tags: '',
    priority: 'normal',
    audience: 'all',
    groups: [],
    stations: [],
    from: '',
    until: '',
    weekdays: ALWAYS.weekdays,
    opens: '',
    closes: '',
    textZh: '',
    textEn: '',
    ...NO_FILES,
  };
}

function filesIn(body: LeafletBody): Pick<LeafletForm, keyof typeof NO_FILES> {
  switch (body.kind) {
    case 'article':
      return { ...NO_FILES, pictures: body.pictures.map((file) => ({ file, zh: '', en: '' })) };
    case 'pictures':
      return {
        ...NO_FILES,
        pictures: body.pictures.map(({ file, caption }) => ({ file, zh: caption?.zh ?? '', en: caption?.en ?? '' })),
      };
    case 'pdf':
      return { ...NO_FILES, pdfZh: body.file.zh, pdfEn: body.file.en ?? null };
    case 'video':
      return { ...NO_FILES, film: body.file, poster: body.poster };
    case 'notice':
      return NO_FILES;
    default:
      return unreachable(body);
  }
}

/** A leaflet's content in the fields. */
export function formOf({ title, summary, window, audience, body, ...rest }: LeafletContent): LeafletForm {
  const text = body.kind === 'article' || body.kind === 'notice' ? body.text : { zh: '' };
  return {
    kind: body.kind,
    titleZh: title.zh,
    titleEn: title.en ?? '',
    summaryZh: summary.zh,
    summaryEn: summary.en ?? '',
    category: rest.category,
    tags: rest.tags.join(' '),
    priority: rest.priority,
    audience: audience.kind,
    groups: audience.kind === 'groups' ? audience.groups : [],
    stations: audience.kind === 'stations' ? audience.stations : [],
    from: window.from ?? '',
    until: window.until ?? '',
    weekdays: window.weekdays,
    opens: window.hours?.[0] ?? '',
    closes: window.hours?.[1] ?? '',
    textZh: text.zh,
    textEn: text.en ?? '',
    ...filesIn(body),
  };
}

const bilingual = (zh: string, en: string) => (en.trim() === '' ? { zh } : { zh, en });

/** As the schema wants it, or what it will not take. */
function bodyOf(form: LeafletForm): unknown {
  const text = bilingual(form.textZh, form.textEn);
  switch (form.kind) {
    case 'notice':
      return { kind: 'notice', text };
    case 'article':
      return { kind: 'article', text, pictures: form.pictures.map(({ file }) => file) };
    case 'pictures':
      return {
        kind: 'pictures',
        pictures: form.pictures.map(({ file, zh, en }) => ({
          file,
          caption: zh.trim() === '' ? null : bilingual(zh, en),
        })),
      };
    case 'pdf':
      return { kind: 'pdf', file: { zh: form.pdfZh, ...(form.pdfEn === null ? {} : { en: form.pdfEn }) } };
    case 'video':
      return { kind: 'video', file: form.film, poster: form.poster };
    default:
      return unreachable(form.kind);
  }
}

/** As the schema wants it: groups or stations, one at least. */
function audienceOf({ audience, groups, stations }: LeafletForm): unknown {
  switch (audience) {
    case 'all':
      return { kind: audience };
    case 'groups':
      return { kind: audience, groups };
    case 'stations':
      return { kind: audience, stations };
    default:
      return unreachable(audience);
  }
}

/** The content that the fields say, or the parts of it that are wrong. */
export function contentOf(form: LeafletForm): Result<LeafletContent, FormFaults> {
  const parsed = leafletContentSchema.safeParse({
    title: bilingual(form.titleZh, form.titleEn),
    summary: bilingual(form.summaryZh, form.summaryEn),
    category: form.category,
    tags: [...new Set(form.tags.split(/[\s,，、]+/).filter((tag) => tag !== ''))],
    priority: form.priority,
    audience: audienceOf(form),
    window: {
      from: form.from === '' ? null : form.from,
      until: form.until === '' ? null : form.until,
      weekdays: [...form.weekdays].sort((a, b) => a - b),
      hours: form.opens === '' && form.closes === '' ? null : [form.opens, form.closes],
    },
    body: bodyOf(form),
  });
  if (parsed.success) {
    const text = leafletFaults(parsed.data.body);
    return text.length === 0 ? ok(parsed.data) : err({ parts: ['body'], text });
  }
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  return err({ parts: FORM_PARTS.filter((part) => wrong.has(part)), text: [] });
}
