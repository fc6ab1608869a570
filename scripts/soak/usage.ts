import type { Usage } from './drivers.ts';

const MINUTE_MS = 60_000;
/** A heap that is larger at the end than in the middle by more than this grows; so little is the collector's own unrest. */
const HEAP_SLACK_BYTES = 2_000_000;
/** The same of a whole process, which gives memory back late. */
const RSS_SLACK_BYTES = 16_000_000;

const megabytes = (bytes: number) => Math.round(bytes / 100_000) / 10;

function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What the drivers have used. `grows` is null where the run is too short to tell. */
export function usageFigures(usage: readonly Usage[]) {
  const first = usage[0];
  const last = usage.at(-1);
  const elapsedMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs;
  const cpuMicros = first === undefined || last === undefined ? 0 : last.cpuMicros - first.cpuMicros;
  const endMs = last?.atMs ?? 0;
  const around = (fromMs: number) => {
    const samples = usage.filter(({ atMs }) => atMs >= fromMs && atMs <= fromMs + MINUTE_MS / 2);
    return { rss: middleOf(samples.map(({ rss }) => rss)), heap: middleOf(samples.map(({ heap }) => heap)) };
  };
  const begin = around(MINUTE_MS);
  const middle = around(endMs / 2 - MINUTE_MS / 4);
  const end = around(endMs - MINUTE_MS / 2);
  const isLong = endMs >= 3 * MINUTE_MS;
  return {
    cpu: { percentOfACore: elapsedMs === 0 ? null : Math.round(cpuMicros / elapsedMs) / 10 },
    memory: {
      rssMegabytes: { minute1: megabytes(begin.rss), middle: megabytes(middle.rss), end: megabytes(end.rss) },
      heapMegabytes: { minute1: megabytes(begin.heap), middle: megabytes(middle.heap), end: megabytes(end.heap) },
      grows: isLong ? end.heap - middle.heap > HEAP_SLACK_BYTES || end.rss - middle.rss > RSS_SLACK_BYTES : null,
    },
  };
}
