import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * What an article may not have. It is read with the very parser that the kiosk page draws it with (react-markdown and
 * remark-gfm are made of it), so that the two can't be of two minds.
 */
export const MARKDOWN_FAULTS = [
  /** Raw HTML. */
  'html',
  /** A link that is not to http, https, mailto or tel. */
  'link',
  /** A picture that is not one of the article's own. */
  'picture',
  /** Deeper nested, or with more marks in one paragraph, than anybody writes: reading it would take very long. */
  'too-intricate',
] as const;

type Tree = ReturnType<typeof fromMarkdown>;
type Nodes = Tree | Tree['children'][number];

export interface MarkdownFault {
  readonly code: (typeof MARKDOWN_FAULTS)[number];
  /** What it is about, as it is written; at most 80 characters. */
  readonly detail: string;
}

/** Faults of one text that are told; whoever mends these sees the next ones. */
const MOST_FAULTS = 20;
const LONGEST_DETAIL = 80;
/** Lists and quotations in each other. */
const DEEPEST = 16;
/** Marks of emphasis in one paragraph: the parser's time grows with their square (measured: 40,000 take 14 s, 1,000 take 9 ms). */
const MOST_MARKS = 1000;

/** What begins a list or a quotation (CommonMark 0.31.2, sections 5.1 and 5.2), at the beginning of a line. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;
const CONTAINER = />|[-+*]|\d{1,9}[.)]/g;
/** `* * *` and its like are a line across the page, not lists in each other (section 4.1). */
const RULE = /^[ \t]*(?:-[ \t]*){3,}$|^[ \t]*(?:\*[ \t]*){3,}$/;

/** A scheme that leads to a page, a letter or a call; nothing that a browser would leave out in front of it or within. */
const HARMLESS_LINK = /^(?:https?:\/\/|mailto:|tel:)[^\s\p{C}]+$/iu;
const PICTURE = /^picture:([0-9a-f]{64})$/;

function fault(code: MarkdownFault['code'], detail: string): MarkdownFault {
  return { code, detail: detail.slice(0, LONGEST_DETAIL) };
}

/** Looked at before the parser is let at it. */
function intricate(text: string): MarkdownFault | null {
  for (const line of text.split(/\r\n?|\n/)) {
    if (RULE.test(line)) continue;
    const [lead = ''] = line.match(CONTAINERS) ?? [];
    if ((lead.match(CONTAINER) ?? []).length > DEEPEST) return fault('too-intricate', line);
  }
  for (const paragraph of text.split(/(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/)) {
    if ((paragraph.match(/[*_~]/g) ?? []).length > MOST_MARKS) return fault('too-intricate', paragraph);
  }
  return null;
}

function faultOf(node: Nodes, pictures: ReadonlySet<string>): MarkdownFault | null {
  switch (node.type) {
    case 'html':
      return fault('html', node.value);
    case 'link':
    case 'definition':
      return HARMLESS_LINK.test(node.url) ? null : fault('link', node.url);
    case 'image': {
      const hash = PICTURE.exec(node.url)?.[1];
      return hash !== undefined && pictures.has(hash) ? null : fault('picture', node.url);
    }
    // Its address is somewhere else in the text; pictures say theirs where they are.
    case 'imageReference':
      return fault('picture', node.label ?? node.identifier);
    default:
      return null;
  }
}

/** What is wrong with the Markdown of an article whose pictures have these hashes; none where it may be shown. */
export function markdownFaults(text: string, pictures: ReadonlySet<string>): MarkdownFault[] {
  const before = intricate(text);
  if (before !== null) return [before];
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const faults: MarkdownFault[] = [];
  const open: { readonly node: Nodes; readonly depth: number }[] = [{ node: tree, depth: 0 }];
  for (let each = open.pop(); each !== undefined && faults.length < MOST_FAULTS; each = open.pop()) {
    const { node, depth } = each;
    // A list is two levels of the tree, and within it there are paragraphs, emphasis and links.
    if (depth > 2 * DEEPEST + 8) return [fault('too-intricate', text)];
    const found = faultOf(node, pictures);
    if (found !== null) faults.push(found);
    if ('children' in node) {
      for (const child of node.children.toReversed()) open.push({ node: child, depth: depth + 1 });
    }
  }
  return faults;
}
