import { z } from 'zod';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { leafletFormSchema, type LeafletForm } from './leaflet-form.ts';

/** What somebody has written and not saved, kept in their browser: a page that is loaded again or signs out must not lose it. */
export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const unsavedSchema = z.object({
  /** Of the draft that it was begun from; null: a new leaflet. */
  revision: z.int().nullable(),
  form: leafletFormSchema,
});
export type Unsaved = z.infer<typeof unsavedSchema>;

type Draft = Pick<LeafletVersion, 'leaflet' | 'version'> | null;

/** One for each account and draft. A browser that keeps nothing (full, or forbidden) keeps nothing here either. */
export function createUnsaved(storage: Kept | null, account: string, draft: Draft) {
  const key = `red-sail-unsaved/${account}/${draft === null ? 'new' : `${draft.leaflet}/${draft.version}`}`;
  return {
    read(): Unsaved | null {
      try {
        return unsavedSchema.safeParse(JSON.parse(storage?.getItem(key) ?? 'null')).data ?? null;
      } catch {
        return null;
      }
    },
    keep(unsaved: { readonly revision: number | null; readonly form: LeafletForm }): void {
      try {
        storage?.setItem(key, JSON.stringify(unsaved));
      } catch {
        // It is written on all the same; only a page that is loaded again begins anew.
      }
    },
    drop(): void {
      storage?.removeItem(key);
    },
  };
}
