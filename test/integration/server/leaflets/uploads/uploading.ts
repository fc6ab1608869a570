import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServerOptions } from '#server/create-server.ts';
import { fileAnswerSchema, FILES_PATH } from '#shared/contract/uploads.ts';
import { temporaryFolder } from '../../../../fixtures/ledger-world.ts';
import { signedIn } from '../../console-browser.ts';
import { leafletServer } from '../leaflet-world.ts';

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** A server on SQLite, and an editor who sends files to it. */
export async function uploadingEditor(options: Partial<ServerOptions> = {}) {
  const { blobDir = temporaryFolder() } = options;
  const path = join(temporaryFolder(), 'server.sqlite');
  const choice = { kind: 'sqlite', path } as const;
  const world = await leafletServer(choice, { ...options, blobDir });
  const { client, seen } = await signedIn(world, 'editor');
  const headers = {
    origin: world.url,
    get cookie() {
      return seen.cookie;
    },
  };

  function post(name: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const target = `${world.url}${FILES_PATH}?${new URLSearchParams({ name })}`;
    return fetch(target, { method: 'POST', headers, body });
  }

  return {
    ...world,
    choice,
    client,
    headers,

    /** What became of a file, or the code with which it was refused. */
    async send(body: Uint8Array<ArrayBuffer>, name = 'file') {
      const response = await post(name, body);
      const json: unknown = await response.json();
      if (response.status === 201) return fileAnswerSchema.parse(json);
      return refusalSchema.parse(json).error.code;
    },

    post,
    get: (hash: string, more: Record<string, string> = {}) =>
      fetch(`${world.url}${FILES_PATH}/${hash}`, { headers: { ...headers, ...more } }),

    /** Nothing of uploads is left over. */
    leftOver: () => [...readdirSync(join(blobDir, 'intake')), ...readdirSync(join(blobDir, 'drafts'))],
    /** Names of all blobs. */
    kept: () =>
      readdirSync(join(blobDir, 'held'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /[0-9a-f]{64}$/.test(name),
      ),
  };
}

export type UploadingEditor = Awaited<ReturnType<typeof uploadingEditor>>;
