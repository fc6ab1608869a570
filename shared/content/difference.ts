import { unreachable } from '../result.ts';
import type {
  Audience,
  Category,
  ChineseAtLeast,
  LeafletBody,
  LeafletContent,
  LeafletFile,
  LeafletKind,
  Priority,
  TimeWindow,
} from './leaflet.ts';
import { textDifference, type TextPart } from './text-difference.ts';

/** What is different in one field of two versions; where there was none before, `before` is null and texts are all added. */
export type FieldDifference =
  | {
      readonly field: 'title' | 'summary' | 'text' | 'caption';
      readonly language: 'zh' | 'en';
      readonly parts: readonly TextPart[];
    }
  | { readonly field: 'kind'; readonly before: LeafletKind | null; readonly after: LeafletKind }
  | { readonly field: 'category'; readonly before: Category | null; readonly after: Category }
  | { readonly field: 'priority'; readonly before: Priority | null; readonly after: Priority }
  | { readonly field: 'audience'; readonly before: Audience | null; readonly after: Audience }
  | { readonly field: 'window'; readonly before: TimeWindow | null; readonly after: TimeWindow }
  | { readonly field: 'tags'; readonly added: readonly string[]; readonly removed: readonly string[] }
  /** `moved`: the same files in another order. */
  | {
      readonly field: 'files';
      readonly added: readonly LeafletFile[];
      readonly removed: readonly LeafletFile[];
      readonly moved: boolean;
    };

/** The files of a body in the order in which they are shown; the second of a PDF or video has its own place. */
function filesInOrder(body: LeafletBody): LeafletFile[] {
  switch (body.kind) {
    case 'article':
      return body.pictures;
    case 'pdf':
      return [body.file.zh, ...(body.file.en === undefined ? [] : [body.file.en])];
    case 'pictures':
      return body.pictures.map(({ file }) => file);
    case 'video':
      return [body.file, ...(body.poster === null ? [] : [body.poster])];
    case 'notice':
      return [];
    default:
      return unreachable(body);
  }
}

function textOf(body: LeafletBody): ChineseAtLeast | null {
  return body.kind === 'article' || body.kind === 'notice' ? body.text : null;
}

/** Captions as one text, a line for each picture, so that what is said of a new one shows as added. */
function captionsOf(body: LeafletBody): ChineseAtLeast | null {
  if (body.kind !== 'pictures') return null;
  const lines = (language: 'zh' | 'en') =>
    body.pictures.map(({ caption }) => caption?.[language] ?? '').filter((line) => line !== '');
  return { zh: lines('zh').join('\n'), en: lines('en').join('\n') };
}

function texts(
  field: 'title' | 'summary' | 'text' | 'caption',
  before: ChineseAtLeast | null,
  after: ChineseAtLeast | null,
): FieldDifference[] {
  return (['zh', 'en'] as const)
    .map((language) => ({
      field,
      language,
      parts: textDifference(before?.[language] ?? '', after?.[language] ?? ''),
    }))
    .filter(({ parts }) => parts.some(({ kind }) => kind !== 'same'));
}

function files(before: LeafletBody | null, after: LeafletBody): FieldDifference[] {
  const old = before === null ? [] : filesInOrder(before);
  const now = filesInOrder(after);
  const without = (all: readonly LeafletFile[], others: readonly LeafletFile[]) => {
    const hashes = new Set<string>(others.map(({ hash }) => hash));
    return all.filter(({ hash }) => !hashes.has(hash));
  };
  const added = without(now, old);
  const removed = without(old, now);
  const kept = (all: readonly LeafletFile[], gone: readonly LeafletFile[]) =>
    without(all, gone)
      .map(({ hash }) => hash)
      .join();
  const moved = kept(old, removed) !== kept(now, added);
  return added.length + removed.length > 0 || moved ? [{ field: 'files', added, removed, moved }] : [];
}

function tags(before: readonly string[], after: readonly string[]): FieldDifference[] {
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  return added.length + removed.length > 0 ? [{ field: 'tags', added, removed }] : [];
}

/** Values of one shape are the same when they say the same; the order of a list of names says nothing. */
function isSame(before: unknown, after: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(value, (_, each: unknown) =>
      Array.isArray(each) && each.every((one) => typeof one !== 'object')
        ? [...new Set(each.map(String))].sort()
        : each,
    );
  return plain(before) === plain(after);
}

/** Of the hours of a window the order says all. */
function sameWindow(before: TimeWindow, after: TimeWindow): boolean {
  const plain = ({ weekdays, hours, ...bounds }: TimeWindow) => ({
    ...bounds,
    weekdays,
    hours: hours?.join('-') ?? null,
  });
  return isSame(plain(before), plain(after));
}

/**
 * What an approver should look at: how a version differs from the one before it, in the order in which the editor has the
 * fields; all of it where there was none before. Empty: nothing is different.
 */
export function differenceOf(before: LeafletContent | null, after: LeafletContent): FieldDifference[] {
  const differences: FieldDifference[] = [
    ...texts('title', before?.title ?? null, after.title),
    ...texts('summary', before?.summary ?? null, after.summary),
  ];
  if (before?.body.kind !== after.body.kind) {
    differences.push({ field: 'kind', before: before?.body.kind ?? null, after: after.body.kind });
  }
  if (before?.category !== after.category) {
    differences.push({ field: 'category', before: before?.category ?? null, after: after.category });
  }
  differences.push(...tags(before?.tags ?? [], after.tags));
  if (before?.priority !== after.priority) {
    differences.push({ field: 'priority', before: before?.priority ?? null, after: after.priority });
  }
  if (before === null || !isSame(before.audience, after.audience)) {
    differences.push({ field: 'audience', before: before?.audience ?? null, after: after.audience });
  }
  if (before === null || !sameWindow(before.window, after.window)) {
    differences.push({ field: 'window', before: before?.window ?? null, after: after.window });
  }
  return [
    ...differences,
    ...files(before?.body ?? null, after.body),
    ...texts('text', before === null ? null : textOf(before.body), textOf(after.body)),
    ...texts('caption', before === null ? null : captionsOf(before.body), captionsOf(after.body)),
  ];
}
