import { readFile } from 'node:fs/promises';
import { pagePolicyHeader } from '#shared/page-policy.ts';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** For Electron's custom scheme, where there is no HTTP server to set headers. */
const HEADERS = {
  'content-security-policy': pagePolicyHeader(),
  'x-content-type-options': 'nosniff',
};

/** A file of the built page, by URL path; 404 for what is not there or lies outside of `pageDir`. */
export async function pageFile(pageDir: string, urlPath: string): Promise<Response> {
  const notFound = new Response('not found', { status: 404, headers: HEADERS });
  let path: string;
  try {
    path = normalize(join(pageDir, urlPath === '/' ? 'index.html' : decodeURIComponent(urlPath)));
  } catch {
    return notFound;
  }
  const type = TYPES[extname(path)];
  if (!path.startsWith(pageDir + sep) || type === undefined) return notFound;
  try {
    return new Response(await readFile(path), { headers: { ...HEADERS, 'content-type': type } });
  } catch {
    return notFound;
  }
}
