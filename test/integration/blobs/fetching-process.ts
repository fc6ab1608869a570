import { blobHashSchema } from '#shared/contract/blobs.ts';
import { terminalSide } from './terminal-side.ts';

/** URL, folder, hash and length: fetches slowly, to be killed. */
const [url = '', folder = '', hash, length] = process.argv.slice(2);
const terminal = terminalSide(url, folder, { bytesPerSecond: 600_000 });
terminal.transfer.want(blobHashSchema.parse(hash), Number(length));
terminal.transfer.start();
await terminal.done();
await terminal.transfer.stop();
