/** express-pouchdb as a process: PouchDBs on LevelDB in `FOLDER`, under `/db/NAME`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadExpress, loadExpressPouch, loadPouch } from './install.ts';

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const app = loadExpress()();
const onDisk = loadPouch().defaults({ prefix: `${folder}/`, adapter: 'leveldb' });
const options = { inMemoryConfig: true, mode: 'minimumForPouchDB', logPath: join(folder, 'log.txt') };
app.use('/db', loadExpressPouch()(onDisk, options));
const http = app.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}/db` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
