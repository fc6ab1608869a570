import { blankBlock, readField, writeField } from './sdt-text.ts';

/** One address of 35 characters: believed by device notes 1.2, and the size in a vendor's C header; no standard was read. */
const ADDRESS_BYTES = 70;

/** The data of the reply to `readNewAddress` as text, or null where they are not 70 bytes. */
export function decodeNewAddress(data: Uint8Array): string | null {
  return data.length === ADDRESS_BYTES ? readField(data, [0, ADDRESS_BYTES]) : null;
}

/** The 70 bytes of an address; cut where it is longer than 35 characters. */
export function encodeNewAddress(address: string): Uint8Array {
  const data = blankBlock(ADDRESS_BYTES);
  writeField(data, [0, ADDRESS_BYTES], address);
  return data;
}
