/** Resolves after `ms`, or at once when the signal fires. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export interface LineDeps {
  readonly sleep: Sleep;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  /** Bytes a second over this line, both ways together; null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
  /** Without a byte for this long a request is given up, milliseconds. */
  readonly idleMs: number;
}

/** A request that is watched: it is aborted where nothing comes for too long. */
export interface Watch {
  readonly signal: AbortSignal;
  /** `bytes` have come or gone. Resolves when the next ones may. */
  readonly moved: (bytes: number) => Promise<void>;
  readonly end: () => void;
}

/** The line to the server as blobs may use it: slower than it could be, so that events get through, and never silent. */
export function createLine({ sleep, monotonic, bytesPerSecond, idleMs }: LineDeps) {
  /** When the line is free again. */
  let freeAt = Number.NEGATIVE_INFINITY;

  return {
    watch(stopping: AbortSignal): Watch {
      const late = new AbortController();
      let timer = new AbortController();
      const signal = AbortSignal.any([stopping, late.signal]);

      async function giveUpLater(waiting: AbortController): Promise<void> {
        await sleep(idleMs, waiting.signal);
        if (!waiting.signal.aborted) late.abort(new Error('nothing came for too long'));
      }

      function begin(): void {
        timer = new AbortController();
        void giveUpLater(timer);
      }

      begin();
      return {
        signal,
        async moved(bytes) {
          timer.abort();
          if (bytesPerSecond !== null) {
            freeAt = Math.max(freeAt, monotonic()) + (bytes / bytesPerSecond) * 1000;
            const ms = freeAt - monotonic();
            if (ms > 0) await sleep(ms, stopping);
          }
          begin();
        },
        end: () => timer.abort(),
      };
    },
  };
}

export type Line = ReturnType<typeof createLine>;
