import type { FastifyInstance } from 'fastify';
import type { ErrorResponse } from '#shared/contract/sync.ts';

/** A request that can't be served, as its caller is told: status, code and a sentence. */
export class HttpFault extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** Fastify's own codes, in the words of contract/sync.ts. */
const CODES: Readonly<Record<number, string>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'too-large',
  415: 'not-json',
  429: 'too-many-requests',
};

function answer(code: string, message: string): ErrorResponse {
  return { error: { code, message } };
}

/** Every error is JSON with a status that fits; of a bug the caller learns that there was one, the log learns which. */
export function answerFaultsInJson(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ error }, 'a request failed');
      return reply.code(500).send(answer('internal', 'the server made a mistake; nothing was stored'));
    }
    const code = error instanceof HttpFault ? error.code : (CODES[status] ?? 'refused');
    return reply.code(status).send(answer(code, error.message));
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(answer('not-found', `there is no ${request.method} ${request.url.split('?')[0]}`)),
  );
}
