import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type EnrolRefusal,
  enrolRequestSchema,
  type EnrolResponse,
  IDENTITY_PATHS,
  MAX_IDENTITY_BYTES,
  rotateRequestSchema,
  rotationText,
} from '#shared/contract/identity.ts';
import { HttpFault } from '../http-fault.ts';
import type { Terminals } from '../store/terminals.ts';
import type { RequestCheck } from './check.ts';
import type { Enrolment } from './enrolment.ts';
import { type Guard, signedRequest } from './guard.ts';
import { isSignedBy, keyidOf } from './keys.ts';

export interface IdentityRoutesDeps {
  readonly check: RequestCheck;
  readonly guard: Guard;
  readonly enrolment: Enrolment;
  readonly terminals: Terminals;
}

const ENROL_FAULTS: Readonly<Record<EnrolRefusal, readonly [status: number, sentence: string]>> = {
  'wrong-code': [403, 'there is no such enrolment code'],
  'used-code': [409, 'this enrolment code was used by another device; ask for a new one'],
  'expired-code': [410, 'this enrolment code has expired; ask for a new one'],
  'too-many-tries': [429, 'too many enrolment codes were tried; wait a quarter of an hour'],
  'no-community-key': [503, 'this server has not been given the community’s key; the code stays good'],
};

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new HttpFault(400, 'malformed', z.prettifyError(parsed.error));
  return parsed.data;
}

/** The terminals' way to an identity: contract/identity.ts. */
export async function addIdentityRoutes(app: FastifyInstance, deps: IdentityRoutesDeps): Promise<void> {
  const { check, guard, enrolment, terminals } = deps;

  function readJson(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MAX_IDENTITY_BYTES },
      async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
        guard.checkBody(request, body);
        try {
          return JSON.parse(body.toString('utf8'));
        } catch {
          throw new HttpFault(400, 'malformed', 'the body is not JSON');
        }
      },
    );
  }

  await app.register(async (strangers) => {
    readJson(strangers);
    strangers.post(IDENTITY_PATHS.enrol, async (request, reply): Promise<EnrolResponse> => {
      void reply.header('cache-control', 'no-store');
      const asked = parse(enrolRequestSchema, request.body);
      const fault = check.ofKey(asked.publicKey, signedRequest(request));
      if (fault !== null) guard.refuse(request, fault);
      const answer = await enrolment.enrol(asked, request.ip);
      const keyid = keyidOf(asked.publicKey);
      if (!answer.ok) {
        request.log.warn({ refused: answer.error, keyid, address: request.ip }, 'an enrolment was refused');
        const [status, sentence] = ENROL_FAULTS[answer.error];
        throw new HttpFault(status, answer.error, sentence);
      }
      const { terminal } = answer.value;
      request.log.info({ terminal, keyid, keyStore: asked.keyStore, address: request.ip }, 'a terminal was enrolled');
      return answer.value;
    });
  });

  await app.register(async (known) => {
    guard.protect(known);
    readJson(known);
    known.post(IDENTITY_PATHS.rotate, async (request, reply): Promise<{ keyid: string }> => {
      void reply.header('cache-control', 'no-store');
      const { id, keyid: oldKeyid } = guard.callerOf(request);
      const { publicKey, proof } = parse(rotateRequestSchema, request.body);
      const keyid = keyidOf(publicKey);
      if (!isSignedBy(publicKey, rotationText(oldKeyid, keyid), proof, 'base64url')) {
        guard.refuse(request, { code: 'bad-signature', why: 'no proof by the new key', terminal: id, keyid: oldKeyid });
      }
      await terminals.announceKey(id, { keyid, publicKey });
      request.log.info({ terminal: id, keyid: oldKeyid, next: keyid }, 'a terminal announced its next key');
      return { keyid };
    });
  });
}
