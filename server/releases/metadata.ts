import {
  Metadata,
  MetadataKind,
  type Root,
  Signature,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
import { CHANNEL_ROLE } from '#shared/content/release.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { OnlineKey, OnlineRole, TufKey } from './online-keys.ts';

/** TUF metadata (specification 1.0.31): what is in them, and their signatures. JSON texts in, JSON texts out. */
const SPEC_VERSION = '1.0.31';

const DAY_MS = 86_400_000;
/** How long what is signed now is good for. */
export const GOOD_FOR_MS = {
  root: 365 * DAY_MS,
  targets: 365 * DAY_MS,
  snapshot: 7 * DAY_MS,
  stations: 7 * DAY_MS,
  timestamp: DAY_MS,
} as const;

/** What a target is: its bytes and nothing else. */
export interface TargetNote {
  readonly length: number;
  readonly hashes: { readonly sha256: string };
}

export function noteOf(text: string): TargetNote {
  return { length: Buffer.byteLength(text), hashes: { sha256: sha256Text(text) } };
}

/** The file of a target with consistent snapshots: its hash before the last part of its path. */
export function targetFile(path: string, { hashes }: TargetNote): string {
  const cut = path.lastIndexOf('/') + 1;
  return `${path.slice(0, cut)}${hashes.sha256}.${path.slice(cut)}`;
}

/** Whole seconds, as TUF has them. */
function expiry(nowMs: number, role: keyof typeof GOOD_FOR_MS): string {
  return `${new Date(nowMs + GOOD_FOR_MS[role]).toISOString().slice(0, 19)}Z`;
}

const common = (role: keyof typeof GOOD_FOR_MS, version: number, nowMs: number) => ({
  spec_version: SPEC_VERSION,
  version,
  expires: expiry(nowMs, role),
});

type Signable = Metadata<Root> | Metadata<Targets> | Metadata<Snapshot> | Metadata<Timestamp>;

const textOf = (metadata: Signable): string => JSON.stringify(metadata.toJSON());

function signedBy<T extends Signable>(metadata: T, keys: readonly OnlineKey[]): T {
  for (const { keyid, sign } of keys) metadata.sign((bytes) => new Signature({ keyID: keyid, sig: sign(bytes) }));
  return metadata;
}

/** The very bytes that a signature is over, as text. */
function bytesToSign(metadata: Signable): string {
  let text = '';
  metadata.sign((bytes) => {
    text = bytes.toString('utf8');
    return new Signature({ keyID: '', sig: '' });
  }, false);
  return text;
}

export interface RootParts {
  readonly version: number;
  readonly nowMs: number;
  /** Public keys of each role. One signature of each is enough. */
  readonly roles: Readonly<
    Record<'root' | 'targets' | 'snapshot' | 'timestamp', readonly { keyid: string; key: TufKey }[]>
  >;
}

/** A root, signed by its own keys and by those of the one before. */
export function signRoot({ version, nowMs, roles }: RootParts, keys: readonly OnlineKey[]): string {
  const all = Object.values(roles).flat();
  const signed = {
    _type: 'root',
    ...common('root', version, nowMs),
    consistent_snapshot: true,
    keys: Object.fromEntries(all.map(({ keyid, key }) => [keyid, key])),
    roles: Object.fromEntries(
      Object.entries(roles).map(([role, each]) => [role, { keyids: each.map(({ keyid }) => keyid), threshold: 1 }]),
    ),
  };
  return textOf(signedBy(Metadata.fromJSON(MetadataKind.Root, { signed: plain(signed), signatures: [] }), keys));
}

/** What the models take: what JSON has, with no prototype and no `readonly`. */
function plain(value: object): Parameters<typeof Metadata.fromJSON>[1] {
  return JSON.parse(JSON.stringify(value)) as Parameters<typeof Metadata.fromJSON>[1];
}

export function readRoot(text: string): Metadata<Root> {
  return Metadata.fromJSON(MetadataKind.Root, plain(JSON.parse(text)));
}

export function readTargets(text: string): Metadata<Targets> {
  return Metadata.fromJSON(MetadataKind.Targets, plain(JSON.parse(text)));
}

/** Whether enough of a role's keys have signed. */
export function isSignedBy(by: Metadata<Root> | Metadata<Targets>, role: string, metadata: Signable): boolean {
  try {
    by.verifyDelegate(role, metadata);
    return true;
  } catch {
    return false;
  }
}

export interface TargetsParts {
  readonly version: number;
  readonly nowMs: number;
  /** By path. */
  readonly targets: Readonly<Record<string, TargetNote>>;
  /** The server's key for what each station shows. */
  readonly stations: { readonly keyid: string; readonly key: TufKey };
}

/** The text that an approver's key signs. */
export function targetsToSign({ version, nowMs, targets, stations }: TargetsParts): string {
  const role = { name: CHANNEL_ROLE, keyids: [stations.keyid], threshold: 1, terminating: true, paths: ['stations/*'] };
  const signed = {
    _type: 'targets',
    ...common('targets', version, nowMs),
    targets,
    delegations: { keys: { [stations.keyid]: stations.key }, roles: [role] },
  };
  return bytesToSign(Metadata.fromJSON(MetadataKind.Targets, { signed: plain(signed), signatures: [] }));
}

/** What was signed, with the signature. */
export function signedTargets(toSign: string, keyid: string, signature: string): Metadata<Targets> {
  return readTargets(`{"signed":${toSign},"signatures":[{"keyid":"${keyid}","sig":"${signature}"}]}`);
}

export const targetsText = (metadata: Metadata<Targets>): string => textOf(metadata);

export interface OnlineParts {
  readonly nowMs: number;
  /** Of the metadata that are made now, but for `targets`: the approver's as they are. */
  readonly versions: Readonly<Record<OnlineRole | 'targets', number>>;
  /** By path. */
  readonly channels: Readonly<Record<string, TargetNote>>;
  readonly keys: Readonly<Record<OnlineRole, OnlineKey>>;
}

/** The server's metadata by file name. */
export function signOnline({ nowMs, versions, channels, keys }: OnlineParts): Record<string, string> {
  const stations = Metadata.fromJSON(MetadataKind.Targets, {
    signed: plain({ _type: 'targets', ...common('stations', versions.stations, nowMs), targets: channels }),
    signatures: [],
  });
  const meta = {
    'targets.json': { version: versions.targets },
    [`${CHANNEL_ROLE}.json`]: { version: versions.stations },
  };
  const snapshot = Metadata.fromJSON(MetadataKind.Snapshot, {
    signed: plain({ _type: 'snapshot', ...common('snapshot', versions.snapshot, nowMs), meta }),
    signatures: [],
  });
  const snapshotText = textOf(signedBy(snapshot, [keys.snapshot]));
  const timestamp = Metadata.fromJSON(MetadataKind.Timestamp, {
    signed: plain({
      _type: 'timestamp',
      ...common('timestamp', versions.timestamp, nowMs),
      meta: { 'snapshot.json': { version: versions.snapshot, ...noteOf(snapshotText) } },
    }),
    signatures: [],
  });
  return {
    [`${versions.stations}.${CHANNEL_ROLE}.json`]: textOf(signedBy(stations, [keys.stations])),
    [`${versions.snapshot}.snapshot.json`]: snapshotText,
    'timestamp.json': textOf(signedBy(timestamp, [keys.timestamp])),
  };
}
