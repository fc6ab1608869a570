import type { Finding } from '#hardware/finder/finding.ts';

const ROLES = { scanner: 'barcode-scanner', cardReader: 'id-card-reader', icCardReader: 'ic-card-reader' } as const;

/**
 * The last line: what to write into the terminal's settings. Where there are two for one place, the first; `others` has those
 * that found no place.
 */
export function settingsLine(findings: readonly Finding[]): object {
  const found = findings.filter(({ settings }) => settings !== null);
  const first = (what: Finding['what']) => found.find((finding) => finding.what === what);
  const chosen = {
    scanner: first(ROLES.scanner),
    cardReader: first(ROLES.cardReader),
    icCardReader: first(ROLES.icCardReader),
  };
  const used = Object.values(chosen);
  return {
    kind: 'settings',
    settings: {
      ...(chosen.scanner === undefined ? {} : { scanner: chosen.scanner.settings }),
      ...(chosen.cardReader === undefined ? {} : { cardReader: chosen.cardReader.settings }),
      ...(chosen.icCardReader === undefined ? {} : { icCardReader: chosen.icCardReader.settings }),
    },
    others: found.filter((finding) => !used.includes(finding)).map(({ what, settings }) => ({ what, settings })),
  };
}
