/** Cells that a spreadsheet would run as a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n]|^\s*[=+\-@]/;

function cell(value: string | number | boolean | null): string {
  if (typeof value === 'number') return String(value);
  const text = value === null ? '' : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180), with a mark by which spreadsheets know UTF-8; no cell of text is a formula. */
export function csvText(
  names: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return `\ufeff${[names, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
