import { chunksOf, formatInput } from './inputs.ts';
import type { Finding, FuzzInput, StreamDecoder, StreamTarget, Target } from './target.ts';

type Fault = Pick<Finding, 'what' | 'detail'>;

/** No decoder keeps a pause for ever: after so many it has let go of everything. */
const MOST_PAUSES = 3;

function readAll(target: StreamTarget, chunks: readonly Uint8Array[]) {
  const decoder = target.create();
  const results = chunks.flatMap((chunk) => decoder.push(chunk));
  return { decoder, results, dropped: decoder.dropped() };
}

function streamFault(target: StreamTarget, input: FuzzInput): Fault | null {
  const whole = readAll(target, [input.bytes]);
  const cut = readAll(target, chunksOf(input));
  const [once, inPieces] = [whole, cut].map(({ results, dropped }) => JSON.stringify([results, dropped]));
  if (once !== inPieces) return { what: 'differs-when-cut', detail: `${once} whole, ${inPieces} in pieces` };

  const { decoder } = whole;
  for (let pauses = 0; decoder.isInside() && pauses < MOST_PAUSES; pauses += 1) decoder.pause();
  const dropped = decoder.dropped();
  if (decoder.isInside() || dropped < 0 || dropped > input.bytes.length) {
    return {
      what: 'miscounts',
      detail: `${dropped} of ${input.bytes.length} bytes dropped, inside: ${decoder.isInside()}`,
    };
  }
  if (!target.resyncs) return null;
  for (let pauses = 0; cut.decoder.isInside() && pauses < MOST_PAUSES; pauses += 1) cut.decoder.pause();
  return lostFrame(target, decoder) ?? lostFrame(target, cut.decoder);
}

/** Whether a whole valid input is read otherwise behind what came before than alone. */
function lostFrame(target: StreamTarget, decoder: StreamDecoder): Fault | null {
  for (const seed of target.seeds) {
    const alone = JSON.stringify(readAll(target, [seed]).results);
    const behind = JSON.stringify(decoder.push(seed));
    if (alone !== behind) return { what: 'loses-a-frame', detail: `${behind} behind it, ${alone} alone` };
    for (let pauses = 0; decoder.isInside() && pauses < MOST_PAUSES; pauses += 1) decoder.pause();
  }
  return null;
}

function faultOf(target: Target, input: FuzzInput): Fault | null {
  try {
    if (target.kind === 'stream') return streamFault(target, input);
    target.decode(input.bytes);
    return null;
  } catch (error) {
    return { what: 'throws', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** The same fault with as few bytes as could be found by leaving some out. */
function smaller(target: Target, found: FuzzInput, what: Fault['what']): FuzzInput {
  let best = found;
  for (let size = Math.ceil(best.bytes.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.bytes.length;) {
      const bytes = Uint8Array.from([...best.bytes.slice(0, at), ...best.bytes.slice(at + size)]);
      const cuts = best.cuts.map((cut) => (cut <= at ? cut : Math.max(at, cut - size)));
      if (faultOf(target, { bytes, cuts })?.what === what) best = { bytes, cuts };
      else at += size;
    }
  }
  return best;
}

/** What is wrong with how the target takes this input, made small; null where nothing is. */
export function check(target: Target, input: FuzzInput): Finding | null {
  const fault = faultOf(target, input);
  if (fault === null) return null;
  const least = smaller(target, input, fault.what);
  return {
    target: target.name,
    what: fault.what,
    detail: faultOf(target, least)?.detail ?? fault.detail,
    input: formatInput(least),
  };
}
