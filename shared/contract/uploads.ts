import { z } from 'zod';
import { fileSchema } from '../content/leaflet.ts';

/** Files of leaflets, from an editor's machine. */

/** POST `?name=`, the bytes as they are, with the session's cookie. 201 and a `fileAnswerSchema`, or an error of `FILE_REFUSALS`. */
export const FILES_PATH = '/files/v1';
export const fileAnswerSchema = z.object({ file: fileSchema, name: z.string() });
/** GET FILES_PATH/SHA256 with the session's cookie: for editor and preview. */
export const FILE_REFUSALS = [
  'unknown-type',
  'too-large',
  'too-many-pages',
  'active-content', // scripts, forms that send, files within files
  'encrypted',
  'damaged',
  'too-many-pixels',
  'no-room',
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];
