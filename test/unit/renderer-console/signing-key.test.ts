import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeKey, signWith } from '#renderer/console/releases/signing-key.ts';
import { isWhatItSays } from '#renderer/console/releases/what-is-signed.ts';
import { signingKeySchema } from '#shared/contract/releases.ts';
import { sha256Text } from '#shared/ledger/chain.ts';

test('a key made in the browser signs what others verify, and opens for its passphrase only', async () => {
  const { publicKey, wrapped } = await makeKey('春风又绿江南岸');
  expect(signingKeySchema.shape.wrapped.safeParse(wrapped).success).toBe(true);
  const signed = await signWith(wrapped, '春风又绿江南岸', '{"_type":"targets"}');
  if (!signed.ok) throw new Error(signed.error);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  const isRight = (text: string) => verify(null, Buffer.from(text), key, Buffer.from(signed.value, 'hex'));
  expect([isRight('{"_type":"targets"}'), isRight('{"_type":"target"}')]).toEqual([true, false]);
  expect(await signWith(wrapped, '春风', 'x')).toEqual({ ok: false, error: 'wrong-passphrase' });
  const damaged = { ...wrapped, sealed: `A${wrapped.sealed.slice(1)}` };
  expect((await signWith(damaged, '春风又绿江南岸', 'x')).ok).toBe(wrapped.sealed.startsWith('A'));
});

test('an approver’s key signs targets of the release that was shown, and nothing else', () => {
  const text = '{"_type":"targets","targets":{"releases/3/LD.json":{}},"version":3}';
  const hash = sha256Text(text);
  expect(isWhatItSays({ release: 3, toSign: text, hash })).toBe(true);
  expect(isWhatItSays({ release: 4, toSign: text, hash })).toBe(false);
  expect(isWhatItSays({ release: 3, toSign: text, hash: sha256Text('x') })).toBe(false);
  for (const other of ['no json', '{"_type":"root","version":3}', '{"_type":"targets","targets":{},"version":3}']) {
    expect(isWhatItSays({ release: 3, toSign: other, hash: sha256Text(other) })).toBe(false);
  }
});
