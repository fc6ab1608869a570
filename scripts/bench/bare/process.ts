/**
 * The least that a durable log over HTTP can be: a page of lines is parsed and inserted in one transaction, a page of lines
 * is selected. No checks, no signatures, no projection. `FILE` is the database.
 */
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { z } from 'zod';
import { openBare } from './table.ts';

const [file = ''] = process.argv.slice(2);
const table = openBare(new Database(file));
const app = fastify({ forceCloseConnections: true });
app.addContentTypeParser('application/x-ndjson', { parseAs: 'string', bodyLimit: 16 * 1024 * 1024 }, (_, body, done) =>
  done(null, body),
);
app.post('/page', (request, reply) => {
  table.insert(z.string().parse(request.body).split('\n'));
  reply.send({});
});
const querySchema = z.object({ after: z.coerce.number(), limit: z.coerce.number() });
app.get('/page', (request, reply) => {
  const { after, limit } = querySchema.parse(request.query);
  reply.type('application/x-ndjson').send(table.select(after, limit).join('\n'));
});

const end = () => void app.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('disconnect', end);
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
