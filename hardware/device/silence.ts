export interface SilenceOptions {
  /** So long without a byte is silence, milliseconds. */
  readonly ms: number;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onSilence: () => void;
}

/** A timer that is later than this says that the machine stood still. */
const LATE_MS = 50;

/**
 * Tells when a line has been silent. Timers run before what waits in the kernel is read: a machine that stood still would
 * take the rest of a frame, long there, for silence. So a timer that is late has proved nothing, and it is waited anew.
 */
export function createSilence({ ms, monotonic, onSilence }: SilenceOptions) {
  let timer: NodeJS.Timeout | undefined;

  function wait(): void {
    const due = monotonic() + ms;
    timer = setTimeout(() => {
      if (monotonic() - due > LATE_MS) wait();
      else onSilence();
    }, ms);
  }
  function end(): void {
    clearTimeout(timer);
  }
  return {
    /** Something was heard: from now on it is waited. */
    begin(): void {
      end();
      wait();
    },
    end,
  };
}
