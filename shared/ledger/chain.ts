import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { LedgerEvent } from './event.ts';

/** `prev` of a terminal's first event. */
export const CHAIN_START = '0'.repeat(64);

/** JSON with one spelling for one value (RFC 8785). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('canonicalJson: not a JSON value');
  return text;
}

/** SHA-256, hex, over a text in UTF-8. */
export function sha256Text(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** What the next event of the same terminal carries as `prev`. */
export function hashEvent(event: LedgerEvent): string {
  return sha256Text(canonicalJson(event));
}

/** The last link that is known of a terminal's chain. */
export interface ChainHead {
  readonly n: number;
  readonly hash: string;
}

export const CHAIN_EMPTY: ChainHead = { n: 0, hash: CHAIN_START };

export type ChainFault = 'gap' | 'wrong-chain';

/** Whether an event is the next link after `head`: null if it is, else what is wrong. */
export function chainFault(head: ChainHead, event: LedgerEvent): ChainFault | null {
  if (event.n !== head.n + 1) return 'gap';
  return event.prev === head.hash ? null : 'wrong-chain';
}
