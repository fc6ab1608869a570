/**
 * Field tools: `npm run -s tool -- NAME ...`. JSON lines on stdout, messages on stderr, exit code 0 for success, 1 for
 * "looked, and it is not well", 2 for a call that makes no sense. Formats are a promise: docs/tools.md.
 */
import { run as ceremony } from './tool/ceremony.ts';
import { run as decode } from './tool/decode.ts';
import { run as devices } from './tool/devices.ts';
import { run as due } from './tool/due.ts';
import { run as encode } from './tool/encode.ts';
import { run as events } from './tool/events.ts';
import { run as find } from './tool/find.ts';
import { run as replay } from './tool/replay.ts';
import { run as schema } from './tool/schema.ts';
import { run as stick } from './tool/stick.ts';
import { run as unseal } from './tool/unseal.ts';
import { run as verify } from './tool/verify.ts';

type Tool = (args: string[], out: (line: object) => void) => Promise<number>;

const TOOLS: Readonly<Record<string, Tool>> = {
  ceremony,
  decode,
  devices,
  due,
  encode,
  events,
  find,
  replay,
  schema,
  stick,
  unseal,
  verify,
};

// `tool ... | head`: the reader has gone, and there is nobody to tell the rest.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [name = '', ...args] = process.argv.slice(2);
const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
if (tool === undefined) {
  console.error(
    `usage: npm run -s tool -- NAME ...   with NAME one of ${Object.keys(TOOLS).join(', ')} (docs/tools.md)`,
  );
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await tool(args, (line) => process.stdout.write(`${JSON.stringify(line)}\n`));
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
