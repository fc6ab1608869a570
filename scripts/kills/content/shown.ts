import { z } from 'zod';

/** What the page of a terminal was shown: a release, and its leaflets as `id/version`. */
export const shownSchema = z.object({ release: z.int(), leaflets: z.array(z.string()) });
export type Shown = z.infer<typeof shownSchema>;
