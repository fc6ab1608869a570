import { cleanLine } from '../clean-text.ts';

const LONGEST = 80;

/**
 * What a file is called for people: the last part of whatever came, without what no name of a file may have on any
 * system (path characters, control characters) and without what fools the eye (marks of direction). It never becomes part
 * of a path here: blobs are named by their hash.
 */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = cleanLine(last)
    .replaceAll(/[:*?"<>|]/g, '_')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '');
  const letters = Array.from(plain);
  if (letters.length <= LONGEST) return plain === '' ? 'file' : plain;
  // The ending tells people what it is.
  const ending = /\.\w{1,8}$/.exec(plain)?.[0] ?? '';
  return letters.slice(0, LONGEST - ending.length).join('') + ending;
}
