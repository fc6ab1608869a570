import type { RefusalOfRelease } from '#shared/contract/content.ts';

/**
 * What tuf-js 6 and @tufjs/models 5 say, and what it is called here. tuf-js wraps the errors of snapshot and targets into
 * one whose text has theirs in it, so the text is all that there is to go by (tuf-js dist/updater.js, dist/store.js;
 * @tufjs/models dist/file.js, dist/metadata.js); test/integration/content/attacks has one of each.
 */
const SAID: readonly (readonly [RegExp, RefusalOfRelease])[] = [
  [/Failed to persist|ENOSPC/, 'no-room'],
  [/is expired/, 'frozen'],
  [/was signed by \d+\/\d+ keys/, 'unsigned'],
  [/is less than current version|Expected version \d+, got \d+/, 'rolled-back'],
  [/does(?:n't| not) match (?:timestamp|snapshot version)|Missing .+ (?:in|new) snapshot/, 'mixed'],
  [/Expected (?:length|hash) \w+ but got|Hash algorithm/, 'wrong-hash'],
];

/** Why the metadata are not believed. What can't even be read bears nobody's signature. */
export function refusalOf(error: unknown): { readonly why: RefusalOfRelease; readonly detail: string } {
  const detail = String(error instanceof Error ? error.message : error).slice(0, 300);
  return { why: SAID.find(([pattern]) => pattern.test(detail))?.[1] ?? 'unsigned', detail };
}
