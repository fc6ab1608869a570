import type { z } from 'zod';
import { CONTENT_PATHS, type ContentReport, reportAnswerSchema } from '#shared/contract/content.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Fetch } from '../identity/signing-fetch.ts';
import { answerFault, faultOf, type LinkFault } from '../sync/server-link.ts';

export type SendReport = (
  report: ContentReport,
  signal: AbortSignal,
) => Promise<Result<z.infer<typeof reportAnswerSchema>, LinkFault>>;

const TIMEOUT_MS = 15_000;
/** Bytes of an answer; it is fifty. */
const LONGEST_ANSWER = 4096;

/** The call by which a terminal says what it shows (shared/contract/content.ts). */
export function createReportLink({ url, fetch }: { readonly url: string; readonly fetch: Fetch }): SendReport {
  return async (report, signal) => {
    try {
      const response = await fetch(url + CONTENT_PATHS.report, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(report),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      if (!response.ok) return err(await answerFault(response));
      let text = '';
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        if (text.length > LONGEST_ANSWER) return err({ kind: 'nonsense', detail: 'an answer without an end' });
      }
      const answer = reportAnswerSchema.safeParse(JSON.parse(text));
      return answer.success ? ok(answer.data) : err({ kind: 'nonsense', detail: 'no answer to a report' });
    } catch (error) {
      return err(error instanceof SyntaxError ? { kind: 'nonsense', detail: error.message } : faultOf(error));
    }
  };
}
