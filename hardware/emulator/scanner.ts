import { encodeLine } from '../protocol/line.ts';
import type { FarEnd } from './pseudo-terminal.ts';

/** A serial barcode scanner seen from inside: somebody pulls its trigger. */
export function createScannerEmulator({ line }: { line: FarEnd }) {
  return {
    /** Reads this label. */
    scan(text: string): void {
      line.send(encodeLine(text));
    },
    sendRaw(bytes: Uint8Array): void {
      line.send(bytes);
    },
    /** The first half of a code, and then nothing. */
    halfFrame(text: string): void {
      const bytes = encodeLine(text);
      line.send(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    },
  };
}
