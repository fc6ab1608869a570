import type { BlobHash } from '#shared/contract/blobs.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import type { LeafletFile } from '#shared/content/leaflet.ts';

/** A file that the page may have. */
export interface ServedFile {
  readonly path: string;
  readonly type: LeafletFile['type'];
  /** Length, bytes. */
  readonly bytes: number;
}

/** What a shell serves to its page of leaflets (shared/contract/kiosk-content.ts). */
export interface ContentSource {
  view(): KioskContent;
  subscribe(listener: (content: KioskContent) => void): () => void;
  act(action: ContentAction): void;
  /** Only files that the shown set, the one before or the one being proved name, and that are here; else null. */
  file(hash: BlobHash): ServedFile | null;
}

const NOTHING: KioskContent = { release: null, leaflets: [], stale: false, confirmed: [], toProve: null };

/** Of a terminal that has and gets no leaflets. */
export const NO_CONTENT: ContentSource = {
  view: () => NOTHING,
  subscribe: () => () => {},
  act: () => {},
  file: () => null,
};
