import type { FileRefusal } from '#shared/contract/uploads.ts';

/** Bytes of a drawing; more is a program. */
export const MOST_SVG_BYTES = 1_048_576;

/**
 * The drawing is turned into a picture by librsvg, which runs no scripts and, given bytes, reads no other files. All the
 * same whatever is more than a drawing is refused, so that nobody takes a part of it for shown.
 */
const ACTIVE = [
  /<(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed|handler|image|feImage)[\s/>]/i,
  /<[^<>]*[\s"'](?:[\w-]+:)?on\w+\s*=/i,
  /javascript\s*:/i,
  /@import/i,
  /<\?xml-stylesheet/i,
  // Entities that are made of entities grow without bounds; those of other files read them.
  /<!ENTITY/i,
  /<!DOCTYPE[^<>]*\[/i,
  // Fonts and pictures from elsewhere; what is referred to within the drawing begins with #.
  /url\(\s*["']?\s*[^#"'\s]/i,
];
const REFERENCE = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

function withoutReferences(text: string): string {
  return text.replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Whether a text begins like a drawing, maybe behind declarations and comments. */
export function looksLikeSvg(head: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg[\s>/])/i.test(head) && /<svg[\s>/]/i.test(head);
}

/** What a drawing is refused for; null where it may be drawn. */
export function svgFault(bytes: Uint8Array): FileRefusal | null {
  if (bytes.length > MOST_SVG_BYTES) return 'too-large';
  let text: string;
  try {
    text = withoutReferences(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'damaged';
  }
  if (ACTIVE.some((pattern) => pattern.test(text))) return 'active-content';
  const references = [...text.matchAll(REFERENCE)].map(([, double, single]) => (double ?? single ?? '').trim());
  return references.every((reference) => reference.startsWith('#')) ? null : 'active-content';
}
