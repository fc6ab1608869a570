import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { type OpenContentDeps, openContent } from '#electron/core/content/open-content.ts';
import { createBlobFiles } from '#electron/store/blob-files.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';

export interface TerminalSideOptions extends Partial<OpenContentDeps> {
  /** Bytes that blobs may have in all. */
  readonly quotaBytes?: number;
  /** Renders what it is asked to, and paints; else the test is the page. */
  readonly autoPage?: boolean;
  readonly onLog?: (line: string) => void;
}

export const realSleep = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => {});

/** Does what the kiosk page does with a set. */
function pageFor(source: NonNullable<ReturnType<typeof openContent>>['source']): () => void {
  let painted: number | null = null;
  const look = ({ release, toProve }: KioskContent): void => {
    queueMicrotask(() => {
      if (release !== null && release !== painted) source.act({ kind: 'painted', release });
      painted = release;
      if (toProve !== null) source.act({ kind: 'proved', release: toProve.release, fault: null });
    });
  };
  const leave = source.subscribe(look);
  look(source.view());
  return leave;
}

/** A terminal's half of leaflets in a folder of its own, over plain HTTP. */
export function terminalSide(url: string, folder: string, options: TerminalSideOptions = {}) {
  const { quotaBytes = 1e9, autoPage = true, onLog, ...deps } = options;
  const files = createBlobFiles({ folder: join(folder, 'blobs'), quotaBytes, keepFreeBytes: 0, freeBytes: () => 1e12 });
  const lines: string[] = [];
  const log = pino(
    { level: 'debug' },
    {
      write(line: string) {
        lines.push(line);
        onLog?.(line);
      },
    },
  );
  const content = openContent({
    folder,
    url,
    fetch,
    // Of the transfer nothing but this is used.
    blobs: { files, transfer: { pending: () => [] } } as unknown as OpenContentDeps['blobs'],
    root: null,
    stickFolders: [],
    bytesPerSecond: 1e9,
    station: 'LD',
    zone: 'Asia/Shanghai',
    kioskScreen: () => null,
    now: Date.now,
    monotonic: () => performance.now(),
    random: () => 0,
    sleep: realSleep,
    schedule(task, ms) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    log,
    ...deps,
  });
  if (content === null) throw new Error('no content');
  const leave = autoPage ? pageFor(content.source) : () => {};

  return {
    ...content,
    files,
    lines,
    leave,
    view: () => content.source.view(),
    act: (action: ContentAction) => content.source.act(action),
  };
}
