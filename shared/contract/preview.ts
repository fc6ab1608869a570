import { z } from 'zod';
import { releasedLeafletSchema } from '../content/release.ts';

/**
 * The kiosk's page in a frame of the console, to see a leaflet as residents will: the frame says that it is there, and is told what to
 * show. By `postMessage`, of one origin only.
 */
export const PREVIEW_PATH = '/preview/';
/** What stands behind the `#` of the page's address there. */
export const PREVIEW_HASH = '#preview';

export const previewReadySchema = z.object({ type: z.literal('red-sail-preview-ready') });

export const previewSchema = z.object({
  type: z.literal('red-sail-preview'),
  /** The one that is open; its files are at `content/SHA256` of the frame's address. */
  leaflet: releasedLeafletSchema,
  language: z.enum(['zh', 'en']),
  largeText: z.boolean(),
  highContrast: z.boolean(),
});
export type Preview = z.infer<typeof previewSchema>;
