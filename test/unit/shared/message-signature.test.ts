import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, keyidOf as keyidAtTerminal, makeKey, signText } from '#electron/core/identity/keys.ts';
import { isSignedBy, keyidOf as keyidAtServer } from '#server/identity/keys.ts';
import { publicKeySchema, readCode } from '#shared/contract/identity.ts';
import { readSignature, signatureBase, signatureField, toSign } from '#shared/identity/message-signature.ts';
import cases from '../../cases/request-signature.json' with { type: 'json' };

const PARAMETERS = {
  created: 1_795_416_986,
  expires: 1_795_417_046,
  nonce: 'A'.repeat(22),
  keyid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
};
const SIGNATURE = signatureField(`${'A'.repeat(86)}==`);

describe('published vectors', () => {
  it.each(cases.vectors)('$why', ({ privateKey, components, parameters, base, signature }) => {
    const pairs = components.map(([name = '', value = '']) => [name, value] as const);
    expect(signatureBase(pairs, parameters)).toBe(base);
    expect(signText({ ...privateKey, madeMs: 0 }, base).toString('base64')).toBe(signature);
    expect(isSignedBy(privateKey.x, base, signature, 'base64')).toBe(true);
    expect(isSignedBy(privateKey.x, `${base} `, signature, 'base64')).toBe(false);
  });

  it.each(cases.thumbprints)('$why', ({ publicKey, keyid }) => {
    expect(keyidAtServer(publicKey)).toBe(keyid);
    expect(keyidAtTerminal({ x: publicKey, d: '', madeMs: 0 })).toBe(keyid);
  });

  it.each(cases.digests)('$why', ({ body, field }) => expect(digestOf(body)).toBe(field));
});

describe('the profile', () => {
  it.each(cases.requests)('$why', ({ parts, base }) => expect(toSign(parts, PARAMETERS).base).toBe(base));

  it.each(cases.notOfTheProfile)('does not take: $why', ({ input }) =>
    expect(readSignature(input, SIGNATURE)).toBeNull(),
  );

  it.each(['', 'sig=::', 'sig=:AAAA:', SIGNATURE.slice(0, -1), `${SIGNATURE}, b=:AA==:`, SIGNATURE.replace('A', '-')])(
    'does not take %j for a signature',
    (field) => {
      const { input } = toSign({ method: 'GET', target: '/', digest: null }, PARAMETERS);
      expect(readSignature(input, SIGNATURE)).not.toBeNull();
      expect(readSignature(input, field)).toBeNull();
    },
  );

  const parts = fc.record({
    method: fc.constantFrom('GET', 'POST'),
    target: fc.webPath().map((path) => `/${path}`),
    digest: fc.option(fc.string().map(digestOf)),
  });
  const parameters = fc.record({
    created: fc.integer({ min: 0, max: 999_999_999_999 }),
    expires: fc.integer({ min: 0, max: 999_999_999_999 }),
    nonce: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
    keyid: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(parts, parameters, (request, said) => {
        const { input } = toSign(request, said);
        expect(readSignature(input, SIGNATURE)).toMatchObject({
          parameters: said,
          withDigest: request.digest !== null,
        });
      }),
    );
  });

  it('two requests that differ anywhere are never signed by the same text', () => {
    fc.assert(
      fc.property(parts, parameters, parts, parameters, (one, saidOne, other, saidOther) => {
        const same = JSON.stringify([one, saidOne]) === JSON.stringify([other, saidOther]);
        expect(toSign(one, saidOne).base === toSign(other, saidOther).base).toBe(same);
      }),
    );
    fc.assert(
      fc.property(parts, parameters, fc.string(), (one, said, more) => {
        const { base } = toSign(one, said);
        for (const other of [
          { ...one, method: `${one.method}x` },
          { ...one, target: `${one.target}/${more}` },
          { ...one, digest: digestOf(`${one.digest}${more}`) },
        ]) {
          expect(toSign(other, said).base).not.toBe(base);
        }
      }),
    );
  });
});

describe('keys', () => {
  it('a new key is another key, and its signatures are its own', () => {
    const [one, other] = [makeKey(0), makeKey(0)];
    const signature = signText(one, 'text').toString('base64url');
    expect(publicKeySchema.safeParse(one.x).success).toBe(true);
    expect(isSignedBy(one.x, 'text', signature, 'base64url')).toBe(true);
    expect(isSignedBy(other.x, 'text', signature, 'base64url')).toBe(false);
    expect(isSignedBy(one.x, 'text.', signature, 'base64url')).toBe(false);
    expect(keyidAtTerminal(one)).toBe(keyidAtServer(one.x));
  });
});

describe('enrolment codes', () => {
  it.each(cases.codes)('$why: $typed', ({ typed, code }) => expect(readCode(typed)).toBe(code));
});
