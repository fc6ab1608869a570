import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BulkEndpoint, bulkLayoutOf } from '#hardware/transport/bulk-endpoints.ts';

function endpoint(address: number, type: BulkEndpoint['type'] = 'bulk'): BulkEndpoint {
  return { endpointNumber: address & 0x0f, direction: address & 0x80 ? 'in' : 'out', type, packetSize: 64 };
}

const SPLIT = [0x02, 0x06, 0x81, 0x85].map((address) => endpoint(address));

describe('the layout of a bulk card reader (device notes 1.6)', () => {
  it('is split where the four endpoints of the manual are there, in any order and among others', () => {
    const others = [endpoint(0x83, 'interrupt'), endpoint(0x0a)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...SPLIT, ...others], { minLength: 6 }), (endpoints) => {
        const layout = bulkLayoutOf(endpoints);
        expect(layout).toEqual({
          kind: 'split',
          outHead: SPLIT[0],
          outRest: SPLIT[1],
          in: [SPLIT[2], SPLIT[3]],
        });
      }),
    );
  });

  it('is single where one of the four is missing or is no bulk endpoint', () => {
    for (const missing of SPLIT) {
      const rest = SPLIT.filter((one) => one !== missing);
      expect(bulkLayoutOf(rest)?.kind).toBe('single');
      expect(bulkLayoutOf([...rest, { ...missing, type: 'interrupt' }])?.kind).toBe('single');
    }
  });

  it('takes the first of each direction where it is single', () => {
    const [out, first] = [endpoint(0x01), endpoint(0x82)];
    expect(bulkLayoutOf([endpoint(0x83, 'interrupt'), first, out, endpoint(0x84)])).toEqual({
      kind: 'single',
      out,
      in: [first],
    });
  });

  it('is none without a bulk endpoint of each direction', () => {
    expect(bulkLayoutOf([])).toBeNull();
    expect(bulkLayoutOf([endpoint(0x81), endpoint(0x02, 'isochronous')])).toBeNull();
    expect(bulkLayoutOf([endpoint(0x02)])).toBeNull();
  });
});
