/**
 * Looks at one PDF, in a thread of its own: whatever the file does to the reader, it is this thread's time and memory. Given
 * is `{path, mostPages}`; it posts a PdfVerdict (pdf-check.ts) and ends.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import type { FileRefusal } from '#shared/contract/uploads.ts';
import { activeNames } from './pdf-names.ts';

const { path, mostPages } = z.object({ path: z.string(), mostPages: z.int() }).parse(workerData);

const infoSchema = z.object({
  EncryptFilterName: z.string().nullable(),
  IsXFAPresent: z.boolean(),
  IsCollectionPresent: z.boolean(),
});

/** Scripts of a field; a file that is pinned to a page. */
const annotationsSchema = z.array(z.object({ actions: z.unknown().optional(), attachment: z.unknown().optional() }));

async function isActive(document: PDFDocumentProxy): Promise<boolean> {
  const has = (map: Map<unknown, unknown> | null) => map !== null && map.size > 0;
  if ((await document.hasJSActions()) || has(await document.getJSActions())) return true;
  if (has(await document.getAttachments())) return true;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    if (has(await page.getJSActions())) return true;
    const annotations = annotationsSchema.parse(await page.getAnnotations());
    if (annotations.some(({ actions, attachment }) => (actions ?? attachment ?? null) !== null)) return true;
    page.cleanup();
  }
  return false;
}

async function look(): Promise<{ readonly pages: number } | { readonly refused: FileRefusal }> {
  const bytes = await readFile(path);
  // pdf.js takes the bytes it is given for its own.
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, stopAtErrors: true, disableFontFace: true });
  try {
    const document = await task.promise;
    if (document.numPages > mostPages) return { refused: 'too-many-pages' };
    const info = infoSchema.parse((await document.getMetadata()).info);
    if (info.EncryptFilterName !== null) return { refused: 'encrypted' };
    if (info.IsXFAPresent || info.IsCollectionPresent) return { refused: 'active-content' };
    if (activeNames(bytes).length > 0 || (await isActive(document))) return { refused: 'active-content' };
    return { pages: document.numPages };
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException';
    return { refused: locked ? 'encrypted' : 'damaged' };
  } finally {
    await task.destroy();
  }
}

const verdict = await look();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not to a window
parentPort?.postMessage(verdict);
