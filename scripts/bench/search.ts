import { seedLeaflets } from '#server/seed/leaflets/seed-leaflets.ts';
import { createSearch, type Search, type SearchEntry } from '#shared/content/search/search.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seedEvents } from '#server/seed/seed-events.ts';
import { itemTypeSchema } from '#shared/lending/item-type.ts';
import { printMeasure, quantile } from './measure.ts';

const LEAFLETS = 10_000;
const ITEMS = 100_000;
const QUERIES = 3000;
const WARM_UP = 200;
/** As many as a kiosk shows of what it finds. */
const MOST = 200;

/** The same numbers at each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** Titles and summaries put together from the phrases of the seed. */
function leaflets(next: (below: number) => number): SearchEntry[] {
  const contents = seedLeaflets().map(({ content }) => content);
  const phrases = contents
    .flatMap(({ title, summary }) => `${title.zh}，${summary.zh}`.split(/[，。：、！？]/))
    .filter((phrase) => phrase.length > 1);
  const english = contents.flatMap(({ title, summary }) => `${title.en ?? ''} ${summary.en ?? ''}`.split(/\W+/));
  const pick = (from: readonly string[]) => from[next(from.length)] ?? '';
  return Array.from({ length: LEAFLETS }, (_, place) => ({
    id: String(place),
    texts: [
      { text: `${pick(phrases)}${pick(phrases)}${place}`, weight: 4 },
      { text: `${pick(english)} ${pick(english)} ${pick(english)}`, weight: 4 },
      { text: `${pick(phrases)}，${pick(phrases)}，${pick(phrases)}`, weight: 1 },
    ],
  }));
}

function items(next: (below: number) => number): SearchEntry[] {
  const types = seedEvents({ communityKey: 'ab'.repeat(32) })
    .filter(({ type }) => type === 'type.defined')
    .map(({ body }) => itemTypeSchema.parse(body).name);
  return Array.from({ length: ITEMS }, (_, place) => {
    const name = types[next(types.length)] ?? { zh: '雨伞', en: 'Umbrella' };
    return {
      id: String(place),
      texts: [
        { text: itemLabel(String(place).padStart(6, '0')), weight: 2 },
        { text: name.zh, weight: 3 },
        { text: name.en, weight: 3 },
      ],
    };
  });
}

/** What people type: characters, pinyin whole and half, initials, English, digits, single letters, faults and questions. */
const TYPED = [
  '用电',
  '火',
  '垃圾分类',
  '440',
  '雨伞',
  '安全 老人',
  'y',
  'yd',
  'yongdian',
  'yong dian',
  'xiaofang',
  'xf',
  'ljfl',
  'laj',
  'zhapian',
  'yusan',
  'chong',
  'station',
  'fire',
  'umb',
  'hf00',
  '0042',
  '不在这里的字',
  'qzx',
  'xiafoang',
  'yong dain',
  '消方安全',
  '水费怎么交',
];

function naively(entries: readonly SearchEntry[]): Search {
  return {
    find: (query) => entries.filter(({ texts }) => texts.some(({ text }) => text.includes(query))).map(({ id }) => id),
  };
}

function p99(search: Search): number {
  const took: number[] = [];
  for (let turn = 0; turn < QUERIES + WARM_UP; turn += 1) {
    const query = TYPED[turn % TYPED.length] ?? '';
    const begun = performance.now();
    search.find(query, MOST);
    if (turn >= WARM_UP) took.push(performance.now() - begun);
  }
  return quantile(took, 0.99);
}

function measure(name: string, entries: readonly SearchEntry[]): void {
  const begun = performance.now();
  const search = createSearch(entries);
  const builtMs = performance.now() - begun;
  const reference = p99(naively(entries));
  printMeasure({
    metric: `search-${name}-p99`,
    value: p99(search),
    unit: 'ms',
    reference: { name: 'a scan by includes() as it was typed', value: reference },
  });
  console.error(`${name}: ${entries.length} entries made ready in ${Math.round(builtMs)} ms`);
}

/** Queries over 10,000 leaflets and over 100,000 items, by all ways that people type. */
export async function run(): Promise<void> {
  const next = numbers(440);
  measure('leaflets', leaflets(next));
  measure('items', items(next));
}
