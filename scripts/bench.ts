/** `npm run bench -- NAME ...`: measures of speed as JSON lines, each a ratio to a reference measured in the same run. */
import { run as commit } from './bench/commit.ts';
import { run as scan } from './bench/scan.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { commit, scan };

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (names.length === 0 || unknown.length > 0) {
  console.error(`usage: npm run bench -- NAME ...   with NAME one of ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const name of names) await BENCHES[name]?.();
