import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { backupFolder } from '#electron/store/backup-files.ts';

const sealedSchema = z.object({ salt: z.base64(), iv: z.base64(), tag: z.base64(), data: z.base64() });

function keyOf(word: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', word, salt, 'red-sail-station unsent events', 32));
}

/**
 * Seals what a revoked terminal had not sent: only who knows its word of revocation, and that is the server, can read it
 * (AES-256-GCM, key by HKDF-SHA-256). One JSON text.
 */
export function sealEvents(word: string, lines: readonly string[]): string {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(word, salt), iv);
  const data = Buffer.concat([cipher.update(lines.join('\n')), cipher.final()]);
  const parts = { salt, iv, tag: cipher.getAuthTag(), data };
  return JSON.stringify(
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.toString('base64')])),
  );
}

/** The lines again. Throws where the word is another one or the text was changed. */
export function openEvents(word: string, sealed: string): string[] {
  const parts = sealedSchema.parse(JSON.parse(sealed));
  const [salt, iv, tag, data] = [parts.salt, parts.iv, parts.tag, parts.data].map((part) =>
    Buffer.from(part, 'base64'),
  );
  if (salt === undefined || iv === undefined || tag === undefined || data === undefined) throw new Error('unreachable');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(word, salt), iv);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(data), decipher.final()])
    .toString('utf8')
    .split('\n');
}

/** Deletes the database with everything whose name begins with its own: journals, copies, backups. Done twice it is done. */
export function wipeDatabase(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(path))) rmSync(join(folder, name), { recursive: true, force: true });
  }
  rmSync(backupFolder(path), { recursive: true, force: true });
}
