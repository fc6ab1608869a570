import { diffArrays } from 'diff';

/** A piece of two texts: in both, or in one of them. */
export interface TextPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Changes after which two texts are told as another text and not as a changed one: nobody reads a thousand changes, and
 * looking for the fewest takes time that grows with their square.
 */
const MOST_CHANGED_LINES = 400;
const MOST_CHANGED_WORDS = 400;

/** What is in both, but so short that to tell it makes the change harder to read: a comma, a particle between two others. */
const SHORTEST_SAME = 2;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Phrases of Chinese as they are in the dictionary, words of English, marks one by one. Together they are the text. */
function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

/** With what ends them. Together they are the text. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Pieces of two lists that together are the texts. */
function compare(before: readonly string[], after: readonly string[], most: number): TextPart[] {
  const changes = diffArrays([...before], [...after], { maxEditLength: most });
  if (changes === undefined) {
    return [
      { kind: 'removed', text: before.join('') },
      { kind: 'added', text: after.join('') },
    ];
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** What was changed next to each other is one change: first what was there, then what is. */
function gather(parts: readonly TextPart[], shortest: number): TextPart[] {
  const gathered: TextPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') gathered.push({ kind: 'removed', text: removed });
    if (added !== '') gathered.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const [place, { kind, text }] of parts.entries()) {
    const isBetween = removed + added !== '' && place < parts.length - 1;
    if (kind === 'same' && !(isBetween && text.length < shortest && !text.includes('\n'))) {
      flush();
      gathered.push({ kind, text });
      continue;
    }
    if (kind !== 'added') removed += text;
    if (kind !== 'removed') added += text;
  }
  flush();
  return gathered;
}

/**
 * How one text became another. `same` and `removed` together are the text before, `same` and `added` the one after; a
 * change is at most one `removed` and then one `added`.
 */
export function textDifference(before: string, after: string): TextPart[] {
  const lines = gather(compare(linesOf(before), linesOf(after), MOST_CHANGED_LINES), 0);
  const parts: TextPart[] = [];
  for (const [place, part] of lines.entries()) {
    const next = lines[place + 1];
    if (part.kind === 'removed' && next?.kind === 'added') {
      parts.push(...compare(wordsOf(part.text), wordsOf(next.text), MOST_CHANGED_WORDS));
    } else if (!(part.kind === 'added' && lines[place - 1]?.kind === 'removed')) {
      parts.push(part);
    }
  }
  return joined(gather(parts, SHORTEST_SAME));
}

/** Pieces of one kind that follow each other are one. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.kind === part.kind) all[all.length - 1] = { kind: part.kind, text: last.text + part.text };
    else all.push(part);
  }
  return all;
}
