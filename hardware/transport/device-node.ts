import { stat } from 'node:fs/promises';

/**
 * Which device node a path leads to now: another one behind the same link is another device. Its number is not given out
 * again while the old node is open here. Null where there is none.
 */
export async function nodeOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    return null;
  }
}
