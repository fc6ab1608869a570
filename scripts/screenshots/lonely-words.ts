import type { Page } from 'playwright';

/**
 * Texts of more than one line of which the last holds one short English word (up to five letters) or one or two Chinese
 * characters: one sentence each.
 */
export async function lonelyWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Piece {
      readonly text: string;
      /** Middle of its line, CSS pixels. */
      readonly middle: number;
    }
    const isBlock = (element: Element) => !/^(inline|contents|none)$/.test(getComputedStyle(element).display);
    const textNodes = (root: Element): Text[] => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode() !== null) {
        if (walker.currentNode instanceof Text) found.push(walker.currentNode);
      }
      return found;
    };
    /** Paragraphs of a text, each in pieces: English words, Chinese characters with the signs that follow them. */
    const paragraphs = (block: Element): Piece[][] => {
      const all: Piece[][] = [[]];
      for (const node of textNodes(block)) {
        for (const match of node.data.matchAll(/\n|\p{Script=Han}[^\p{Script=Han}\s\w]*|[^\p{Script=Han}\s-]+-*/gu)) {
          if (match[0] === '\n') {
            all.push([]);
            continue;
          }
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + 1);
          const box = range.getBoundingClientRect();
          if (box.height > 0) all.at(-1)?.push({ text: match[0], middle: box.top + box.height / 2 });
        }
      }
      return all;
    };
    const linesOf = (pieces: readonly Piece[]): string[][] => {
      const lines: string[][] = [];
      let middle = -Infinity;
      for (const piece of pieces) {
        if (Math.abs(piece.middle - middle) > 4) lines.push([]);
        middle = piece.middle;
        lines.at(-1)?.push(piece.text);
      }
      return lines;
    };
    const hanOf = (line: readonly string[]) => line.join('').replaceAll(/\P{Script=Han}/gu, '').length;

    const faults: string[] = [];
    for (const block of document.querySelectorAll('body *')) {
      const holdsText = textNodes(block).some((node) => node.data.trim() !== '');
      // What an editor wrote is read as prose, and broken as prose is.
      if (block.closest('.leaflet-text') !== null) continue;
      if (!holdsText || !isBlock(block) || [...block.querySelectorAll('*')].some(isBlock)) continue;
      for (const pieces of paragraphs(block)) {
        const lines = linesOf(pieces);
        const last = lines.at(-1) ?? [];
        const before = lines.at(-2);
        if (before === undefined) continue;
        const lonely =
          hanOf(last) > 0
            ? hanOf(last) <= 2 && last.length === hanOf(last) && hanOf(before) > 2
            : last.length === 1 && /^[A-Za-z]{1,5}\W*$/.test(last[0] ?? '') && before.length > 1;
        if (lonely)
          faults.push(`alone on the last line: "${last.join(' ')}" of "${(block.textContent ?? '').slice(0, 60)}"`);
      }
    }
    return faults;
  });
}
