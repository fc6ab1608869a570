/** Preloaded with `--import`: plants the bug named by SIM_MUTANT into the source while it is loaded. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MUTANTS } from './mutants.ts';

const name = process.env['SIM_MUTANT'];
const mutant = MUTANTS.find((each) => each.name === name);
if (mutant === undefined) throw new Error(`no mutant ${name}`);
const target = pathToFileURL(join(import.meta.dirname, '../..', mutant.file)).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const { source: bytes } = loaded;
    const source = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes ?? new Uint8Array());
    const pieces = source.split(mutant.find);
    if (pieces.length !== 2) throw new Error(`${mutant.file} has ${pieces.length - 1} places for "${mutant.name}"`);
    return { ...loaded, source: pieces.join(mutant.replace) };
  },
});
