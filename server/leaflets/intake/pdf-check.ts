import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { FILE_REFUSALS, type FileRefusal } from '#shared/contract/uploads.ts';
import { err, ok, type Result } from '#shared/result.ts';

const verdictSchema = z.union([z.object({ pages: z.int().min(1) }), z.object({ refused: z.enum(FILE_REFUSALS) })]);

export interface PdfLimits {
  readonly mostPages: number;
  /** The thread is ended after this long, milliseconds. */
  readonly slowestMs: number;
  /** Of the thread's heap. */
  readonly mostMegabytes: number;
}

/**
 * How many pages a PDF has, or why it may not be a leaflet. One that takes too long, or more memory than it may, counts as
 * damaged: a kiosk could not show it either.
 */
export function checkPdf(path: string, limits: PdfLimits): Promise<Result<number, FileRefusal>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('pdf-worker.ts', import.meta.url), {
      workerData: { path, mostPages: limits.mostPages },
      resourceLimits: { maxOldGenerationSizeMb: limits.mostMegabytes },
      // What pdf.js says of polyfills is for nobody.
      stdout: true,
      stderr: true,
    });
    const end = (answer: Result<number, FileRefusal>) => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(err('damaged')), limits.slowestMs);
    worker.once('message', (message) => {
      const verdict = verdictSchema.parse(message);
      end('pages' in verdict ? ok(verdict.pages) : err(verdict.refused));
    });
    // Out of memory, or a mistake of the reader's.
    worker.once('error', () => end(err('damaged')));
    worker.once('exit', () => end(err('damaged')));
  });
}
