import { generateKeyPairSync } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { installRoot } from '#server/releases/installation.ts';
import { holdCeremony, serverKeysOf } from '#server/releases/ceremony.ts';
import { onlineKey } from '#server/releases/online-keys.ts';
import type { Signed } from '#server/releases/publish.ts';
import type { Server, ServerOptions } from '#server/create-server.ts';
import type { DatabaseChoice } from '#server/store/database.ts';
import type { LeafletContent } from '#shared/content/leaflet.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { terminalSide, type TerminalSideOptions } from '../content/terminal-side.ts';
import { approved, leafletServer } from '../server/leaflets/leaflet-world.ts';
import type { TerminalId } from '../server/server-world.ts';

export const newKey = () => onlineKey(generateKeyPairSync('ed25519').privateKey);
export type TestKey = ReturnType<typeof newKey>;

/** Never opened in tests: keys are used where they were made. */
const WRAPPED = { salt: 'c2FsdA==', iv: 'aXY=', rounds: 600_000, sealed: 'c2VhbGVk' };

/** A root by these keys, taken by the server. */
async function installCeremony(
  server: Pick<Server, 'contentKeys' | 'database'>,
  rootKey: TestKey,
  approvers: readonly TestKey[],
  nowMs: number,
  before: Parameters<typeof holdCeremony>[0]['before'] = null,
) {
  const made = holdCeremony({
    nowMs,
    rootKeys: [rootKey],
    approvers: approvers.map(({ key }) => key.keyval.public),
    server: serverKeysOf(server.contentKeys),
    before,
  });
  if (!made.ok) throw new Error(made.error);
  const installed = await installRoot(server.database, server.contentKeys, nowMs, made.value.text);
  return { text: made.value.text, installed };
}

/** A server on a real database that knows the stations LD and LF, after the ceremony, with `reviewer` as its approver. */
export async function releaseWorld(database: DatabaseChoice, options: Partial<ServerOptions> = {}) {
  const world = await leafletServer(database, options);
  const { server, clock } = world;
  const rootKey = newKey();
  const approver = newKey();
  const root = await installCeremony(server, rootKey, [approver], clock.now());
  await saveKey('reviewer', approver);

  function saveKey(account: string, key: TestKey) {
    return server.signingKeys.save(account, { publicKey: key.key.keyval.public, wrapped: WRAPPED });
  }

  /** What an approver's browser does with what was prepared. */
  async function sign(key: TestKey = approver, waves: readonly number[] = [1, 3]): Promise<Signed> {
    const prepared = await server.releases.prepare();
    if (!prepared.ok) throw new Error(prepared.error);
    const { hash, toSign } = prepared.value;
    return { hash, keyid: key.keyid, signature: key.sign(Buffer.from(toSign)), waves };
  }

  function start(id: TerminalId, more: TerminalSideOptions = {}) {
    const terminal = terminalSide(world.url, more.folder ?? temporaryFolder(), {
      fetch: world.identityOf(id).fetch,
      station: id.slice(0, 2),
      now: clock.now,
      root: root.text,
      ...more,
    });
    let running = true;
    const stop = async () => {
      if (!running) return;
      running = false;
      await terminal.stop();
    };
    onTestFinished(stop);
    terminal.start();
    return { ...terminal, stop };
  }

  return {
    ...world,
    rootKey,
    approver,
    root: root.text,
    saveKey,
    sign,
    start,

    approve: (content: LeafletContent, leaflet: string | null = null): Promise<LeafletVersion> =>
      approved(world.leaflets, content, leaflet),

    async publish(waves?: readonly number[]) {
      const published = await server.releases.publish('reviewer', await sign(approver, waves));
      if (!published.ok) throw new Error(published.error);
      return published.value;
    },

    stateOf: async (release: number) =>
      (await server.releases.list({ page: 1, pageSize: 50 })).rows.find((row) => row.release === release),

    /** Resolves when a terminal's page is told this. */
    async shows(terminal: ReturnType<typeof start>, release: number | null): Promise<void> {
      await expect.poll(() => terminal.view().release, { timeout: 15_000, interval: 20 }).toBe(release);
    },
  };
}
