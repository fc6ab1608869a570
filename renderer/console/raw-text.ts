/** Deeper levels are indented no further: the text would be mostly space. */
const DEEPEST_INDENT = 16;

/** A text of JSON (whole, escapes and all), a sign, or a number or word. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/** What can't be seen, or makes other characters stand elsewhere; but for ends of lines and tabs. */
const UNSEEN = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON over many lines, up to `most` characters or a little more. Nothing but the space between its parts changes. */
function laidOut(json: string, most: number): string {
  let out = '';
  let depth = 0;
  let opened = false;
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`;
  for (const [token] of json.matchAll(TOKENS)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    if (opened !== closes) out += line();
    opened = token === '{' || token === '[';
    if (opened) depth += 1;
    out += token === ':' ? ': ' : token;
    if (token === ',') out += line();
    if (out.length > most) break;
  }
  return out;
}

/**
 * A raw text as people may look at it: JSON over many lines, each part as it was written; characters that hide or turn
 * others as escapes. `cut`: only the first `most` characters are there.
 */
export function shownText(raw: string, most: number): { readonly text: string; readonly cut: boolean } {
  const whole = isJson(raw) ? laidOut(raw, most) : raw;
  const text = whole.slice(0, most).replaceAll(UNSEEN, (unseen) =>
    unseen
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
  return { text, cut: whole.length > most };
}
