import { z } from 'zod';
import type { LeafletFile } from '#shared/content/leaflet.ts';
import { FILE_REFUSALS, type FileRefusal, fileAnswerSchema, FILES_PATH } from '#shared/contract/uploads.ts';
import { err, ok, type Result } from '#shared/result.ts';

export type UploadFault = FileRefusal | 'failed' | 'stopped';

const refusalSchema = z.object({ error: z.object({ code: z.enum(FILE_REFUSALS) }) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a file to the server, which looks at what it is. `onProgress`: 0 to 1; at 1 it is being looked at. */
export function upload(
  file: Blob & { readonly name: string },
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Result<LeafletFile, UploadFault>> {
  return new Promise((resolve) => {
    // Of the two ways to send only this one tells how far it is (XMLHttpRequest, `upload`).
    const request = new XMLHttpRequest();
    request.open('POST', `${FILES_PATH}?${new URLSearchParams({ name: file.name })}`);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      const taken = fileAnswerSchema.safeParse(answer);
      const refused = refusalSchema.safeParse(answer);
      if (request.status === 201 && taken.success) resolve(ok(taken.data.file));
      else resolve(err(refused.success ? refused.data.error.code : 'failed'));
    });
    request.addEventListener('error', () => resolve(err('failed')));
    request.addEventListener('abort', () => resolve(err('stopped')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
