import { FILES_PATH } from '#shared/contract/uploads.ts';

/** Where the server has a leaflet's file, for whoever is signed in. */
export const fileUrl = (hash: string): string => `${FILES_PATH}/${hash}`;
