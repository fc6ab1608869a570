import { createLineParser, type LineParserOptions, type LineResult } from './line.ts';
import type { LineProtocol } from './line-protocol.ts';

type Barcode = Extract<LineResult, { readonly kind: 'barcode' }>;

/** Lines of a serial barcode scanner, with the settings of this one; baud as most scanners leave the factory (device notes 2.1). */
export function barcodeLine(settings: LineParserOptions): LineProtocol<Barcode> {
  return {
    name: 'barcode',
    baud: 9600,
    createParser: () => createLineParser(settings),
    pauseMs: 200,
    pauseEnds: settings.pause === 'pause-ends',
    repeat: { of: 'last', withinMs: 1_500 },
    identity: ({ text }) => text,
  };
}
