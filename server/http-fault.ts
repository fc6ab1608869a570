import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ErrorResponse } from '#shared/contract/sync.ts';

/** A request that can't be served, as its caller is told: status, code and a sentence. */
export class HttpFault extends Error {
  readonly statusCode: number;
  readonly code: string;
  /** What else the caller should know, see contract/sync.ts. */
  readonly more: Partial<ErrorResponse['error']>;

  constructor(statusCode: number, code: string, message: string, more: Partial<ErrorResponse['error']> = {}) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.more = more;
  }
}

/** Fastify's own codes, in the words of contract/sync.ts. */
const CODES: Readonly<Record<number, string>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'too-large',
  415: 'wrong-type',
  429: 'too-many-requests',
};

function answer(code: string, message: string, more: Partial<ErrorResponse['error']> = {}): ErrorResponse {
  return { error: { ...more, code, message } };
}

/** Says in JSON that there is nothing at this address. */
export function answerNotFound(method: string, url: string, reply: FastifyReply): FastifyReply {
  return reply.code(404).send(answer('not-found', `there is no ${method} ${url.split('?')[0]}`));
}

/** Every error is JSON with a status that fits; of a bug the caller learns that there was one, the log learns which. */
export function answerFaultsInJson(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500 && !(error instanceof HttpFault)) {
      request.log.error({ err: error }, 'a request failed');
      return reply.code(500).send(answer('internal', 'the server made a mistake; nothing was stored'));
    }
    const code = error instanceof HttpFault ? error.code : (CODES[status] ?? 'refused');
    return reply.code(status).send(answer(code, error.message, error instanceof HttpFault ? error.more : {}));
  });
}

/** The body of the answer to an address that can't be read. */
export function unreadableAnswer(): string {
  return JSON.stringify(answer('malformed', 'the request can’t be read'));
}

/** The answer to bytes that are no HTTP, or to headers beyond all measure, as it goes over the wire. */
export function unreadableRequest(headersTooLarge: boolean): string {
  const body = unreadableAnswer();
  const head = [
    `HTTP/1.1 ${headersTooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
