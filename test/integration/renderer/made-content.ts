import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentSource, ServedFile } from '#electron/core/content/content-source.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

/** The terminal’s side of leaflets, as a test wants it: real files, and what the page said. */
export function createMadeContent() {
  const folder = temporaryFolder();
  const files = new Map<BlobHash, ServedFile>();
  const acted: ContentAction[] = [];
  const listeners = new Set<(content: KioskContent) => void>();
  let content: KioskContent = { release: null, leaflets: [], stale: false, confirmed: [], toProve: null };

  const source: ContentSource = {
    view: () => content,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act: (action) => void acted.push(action),
    file: (hash) => files.get(hash) ?? null,
  };

  function change(part: Partial<KioskContent>): void {
    content = { ...content, ...part };
    for (const listener of listeners) listener(content);
  }

  return {
    source,
    acted,
    change,
    /** A file that the page may have, as its leaflet names it. */
    add<Type extends ServedFile['type']>(bytes: Uint8Array, type: Type) {
      const hash = blobHashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
      const path = join(folder, hash);
      writeFileSync(path, bytes);
      files.set(hash, { path, type, bytes: bytes.length });
      return { type, hash, bytes: bytes.length };
    },
    /** Asks the page to render a set aside; what came of it. */
    async prove(release: number, leaflets: readonly ReleasedLeaflet[]) {
      change({ toProve: { release, leaflets: [...leaflets] } });
      for (;;) {
        const proved = acted.find((action) => action.kind === 'proved' && action.release === release);
        if (proved?.kind === 'proved') return proved.fault;
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    },
  };
}

export type MadeContent = ReturnType<typeof createMadeContent>;
