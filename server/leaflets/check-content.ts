import {
  type ChineseAtLeast,
  filesOf,
  type ImageFile,
  type LeafletBody,
  type LeafletContent,
  type LeafletFile,
  type PdfFile,
  type VideoFile,
} from '#shared/content/leaflet.ts';
import { markdownFaults } from '#shared/content/markdown-rules.ts';
import { endOfWindow } from '#shared/content/time-window.ts';
import type { ContentFault } from '#shared/contract/leaflets.ts';
import { err, ok, type Result, unreachable } from '#shared/result.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { type Stations, zonesOf } from './stations.ts';

export interface ContentWorld {
  readonly stations: Stations;
  /** What is known of the uploaded files, by hash. */
  readonly files: ReadonlyMap<string, LeafletFile>;
}

/** All that is found wrong, told at once. */
type Tell = (code: ContentFault['code'], detail: string) => void;

const isImage = (file: LeafletFile): file is ImageFile => 'width' in file;
const isPdf = (file: LeafletFile): file is PdfFile => 'pages' in file;
const isVideo = (file: LeafletFile): file is VideoFile => !isImage(file) && !isPdf(file);

/** What the server knows of a file takes the place of what the page says of it. */
function createFinder({ files }: ContentWorld, tell: Tell) {
  return <T extends LeafletFile>(said: T, isWanted: (file: LeafletFile) => file is T): T => {
    const file = files.get(said.hash);
    if (file === undefined) tell('unknown-file', said.hash);
    else if (isWanted(file)) return file;
    else tell('wrong-file', said.hash);
    return said;
  };
}

function cleaned(text: ChineseAtLeast, clean: (text: string) => string, tell: Tell): ChineseAtLeast {
  const zh = clean(text.zh);
  const en = clean(text.en ?? '');
  if (zh === '') tell('empty', '');
  return en === '' ? { zh } : { zh, en };
}

function checkBody(body: LeafletBody, world: ContentWorld, tell: Tell): LeafletBody {
  const find = createFinder(world, tell);
  switch (body.kind) {
    case 'article': {
      const text = cleaned(body.text, cleanText, tell);
      const pictures = body.pictures.map((picture) => find(picture, isImage));
      const hashes = new Set<string>(pictures.map(({ hash }) => hash));
      for (const language of [text.zh, text.en ?? '']) {
        for (const { code, detail } of markdownFaults(language, hashes)) tell(code, detail);
      }
      return { ...body, text, pictures };
    }
    case 'pdf': {
      const { zh, en } = body.file;
      return { ...body, file: { zh: find(zh, isPdf), ...(en === undefined ? {} : { en: find(en, isPdf) }) } };
    }
    case 'pictures':
      return {
        ...body,
        pictures: body.pictures.map(({ file, caption }) => ({
          file: find(file, isImage),
          caption: caption === null ? null : cleaned(caption, cleanLine, tell),
        })),
      };
    case 'video':
      return {
        ...body,
        file: find(body.file, isVideo),
        poster: body.poster === null ? null : find(body.poster, isImage),
      };
    case 'notice':
      return { ...body, text: cleaned(body.text, cleanText, tell) };
    default:
      return unreachable(body);
  }
}

function checkAudience({ audience, window }: LeafletContent, { stations }: ContentWorld, tell: Tell): void {
  if (audience.kind === 'groups') {
    for (const group of audience.groups) if (!stations.groups.has(group)) tell('unknown-group', group);
  }
  if (audience.kind === 'stations') {
    for (const station of audience.stations) if (!stations.zones.has(station)) tell('unknown-station', station);
  }
  // What has ended may be kept, for it is what was; what can't ever be shown is a slip.
  const ends = zonesOf(audience, stations).map((zone) => endOfWindow(window, zone));
  if (ends.every((end) => end !== null && end < 0)) tell('never-shown', '');
}

/** The hashes of all files that an editor's content names, each once. */
export function namedFiles({ body }: LeafletContent): string[] {
  return filesOf(body).map(({ hash }) => hash);
}

/** The content as it is kept: cleaned, and with the files as the server knows them. Or all that is wrong with it. */
export function checkContent(content: LeafletContent, world: ContentWorld): Result<LeafletContent, ContentFault[]> {
  const faults: ContentFault[] = [];
  const tell: Tell = (code, detail) => faults.push({ code, detail });
  const tags = content.tags.map(cleanLine).filter((tag) => tag !== '');
  const checked = {
    ...content,
    title: cleaned(content.title, cleanLine, tell),
    summary: cleaned(content.summary, cleanLine, tell),
    tags: [...new Set(tags)],
    body: checkBody(content.body, world, tell),
  };
  checkAudience(content, world, tell);
  return faults.length === 0 ? ok(checked) : err(faults);
}

/** When it is over at the last of its stations, milliseconds since 1970; null: never. */
export function overAt({ audience, window }: LeafletContent, stations: Stations): number | null {
  const ends = zonesOf(audience, stations).map((zone) => endOfWindow(window, zone));
  const known = ends.filter((end) => end !== null);
  return known.length < ends.length ? null : Math.max(...known);
}
