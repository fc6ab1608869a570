/** What is used of a USB endpoint (WebUSB, USBEndpoint; the number without its direction bit). */
export interface BulkEndpoint {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

/** Where a reader takes its commands and gives its answers. */
export type BulkLayout =
  /** The whole frame goes out on one endpoint and comes in on one. */
  | { readonly kind: 'single'; readonly out: BulkEndpoint; readonly in: readonly [BulkEndpoint] }
  /** Preamble and length on the first endpoint of each direction, what is behind them on the second. */
  | {
      readonly kind: 'split';
      readonly outHead: BulkEndpoint;
      readonly outRest: BulkEndpoint;
      readonly in: readonly [head: BulkEndpoint, rest: BulkEndpoint];
    };

/** Device notes 1.6: 0x02 and 0x06 out, 0x81 and 0x85 in. */
const SPLIT = { outHead: 2, outRest: 6, inHead: 1, inRest: 5 } as const;

/**
 * Both layouts are claimed for the same vendor and product, so the endpoints decide (device notes 1.6). The split one has
 * exactly the endpoints its manual names; otherwise the first bulk endpoint of each direction is the single one. Null
 * where an interface has no bulk endpoint of one direction.
 */
export function bulkLayoutOf(endpoints: readonly BulkEndpoint[]): BulkLayout | null {
  const bulk = endpoints.filter(({ type }) => type === 'bulk');
  const find = (direction: 'in' | 'out', number?: number) =>
    bulk.find(
      (endpoint) => endpoint.direction === direction && (number === undefined || endpoint.endpointNumber === number),
    );
  const [outHead, outRest] = [find('out', SPLIT.outHead), find('out', SPLIT.outRest)];
  const [inHead, inRest] = [find('in', SPLIT.inHead), find('in', SPLIT.inRest)];
  if (outHead !== undefined && outRest !== undefined && inHead !== undefined && inRest !== undefined) {
    return { kind: 'split', outHead, outRest, in: [inHead, inRest] };
  }
  const [out, single] = [find('out'), find('in')];
  return out === undefined || single === undefined ? null : { kind: 'single', out, in: [single] };
}
