import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The pseudonym under which the lending ledger knows a person: HMAC-SHA-256 (RFC 2104) of the ID number under the
 * community's key (64 hex digits). Without the key nobody can try out numbers; with it the same card gives the same
 * borrower at every station, also offline.
 */
export function borrowerId(communityKey: string, idNumber: string): string {
  return bytesToHex(hmac(sha256, hexToBytes(communityKey), utf8ToBytes(idNumber)));
}
