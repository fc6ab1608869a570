import { pinyin } from 'pinyin-pro';
import type { LeafletContent } from '#shared/content/leaflet.ts';
import { withoutNul } from '../store/projection.ts';

function syllables(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
}

/** What a list sorts by: Chinese as it is said, which is the order that people look for. */
export function titleOrder({ title }: LeafletContent): string {
  return withoutNul(`${syllables(title.zh).join(' ')} ${title.zh}`.toLowerCase());
}

/** Title, summary and tags in small letters; the title also as it is typed without a Chinese keyboard, whole and by initials. */
export function searchWords({ title, summary, tags }: LeafletContent): string {
  const said = syllables(title.zh);
  const words = [
    title.zh,
    title.en ?? '',
    said.join(''),
    said.map((syllable) => syllable.charAt(0)).join(''),
    summary.zh,
    summary.en ?? '',
    ...tags,
  ];
  return withoutNul(words.join('\n').toLowerCase());
}
