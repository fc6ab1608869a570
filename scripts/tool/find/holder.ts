import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Either may be missing, and both end with a failure where nobody has the file open. */
const ASKED = [
  ['fuser', []],
  ['lsof', ['-t']],
] as const;
const PATIENCE_MS = 5_000;

/** Who has this node open: `pid 123 (minicom)`, or null where that can't be told. Others' programs are seen by root only. */
export async function holderOf(port: string): Promise<string | null> {
  for (const [program, options] of ASKED) {
    const said = await run(program, [...options, port], { timeout: PATIENCE_MS }).catch(() => null);
    const pids = said?.stdout.match(/\d+/g) ?? [];
    if (pids.length === 0) continue;
    const named = pids.map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '?');
      return `pid ${pid} (${name.trim()})`;
    });
    return (await Promise.all(named)).join(', ');
  }
  return null;
}
