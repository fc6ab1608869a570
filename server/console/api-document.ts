import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { AnyContractRouter } from '@orpc/contract';
import { SESSION_COOKIE } from './session-cookie.ts';

/** The calls of a contract as an OpenAPI 3.1 document, for other programs than our page. */
export function describeCalls(contract: AnyContractRouter): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: {
      title: 'Red Sail Station console',
      version: '1',
      description:
        'The calls of the console. Sign in with session.signIn: the cookie that comes back goes with every other call. A call that is no GET wants an Origin header with the server’s own address.',
    },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } } },
    security: [{ session: [] }],
  });
}
