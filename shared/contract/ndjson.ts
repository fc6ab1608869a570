/**
 * Newline-delimited JSON: one header, then one event a line, as it is stored. Texts pass through as they are: writing
 * and reading them anew at every hop is what a sync spends its time on.
 */
export const NDJSON = 'application/x-ndjson';

/** A header and the lines behind it. */
export interface Lines {
  /** JSON of the first line, unparsed. */
  readonly header: string;
  readonly lines: readonly string[];
}

export function writeLines(header: object, lines: readonly string[]): string {
  return lines.length === 0 ? JSON.stringify(header) : `${JSON.stringify(header)}\n${lines.join('\n')}`;
}

/** Empty lines, at the end or anywhere, mean nothing. */
export function readLines(text: string): Lines {
  const [header = '', ...lines] = text.split('\n').filter((line) => line !== '');
  return { header, lines };
}
