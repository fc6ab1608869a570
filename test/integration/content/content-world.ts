import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ContentProgress, RefusalOfRelease } from '#shared/contract/content.ts';
import type { KioskContent } from '#shared/contract/kiosk-content.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { contentServer } from './content-server.ts';
import { terminalSide, type TerminalSideOptions } from './terminal-side.ts';

/** A server and a terminal, with a clock that both have and the test sets. */
export async function contentWorld(options: TerminalSideOptions = {}) {
  const clock = { ms: Date.parse('2026-11-20T08:00:00+08:00') };
  const now = () => clock.ms;
  const folder = temporaryFolder();
  const server = await contentServer(join(folder, 'server'), now);
  onTestFinished(() => server.close());
  const terminalFolder = join(folder, 'terminal');

  function start(more: TerminalSideOptions = {}) {
    const terminal = terminalSide(server.url, more.folder ?? terminalFolder, { now, ...options, ...more });
    let running = true;
    const stop = async () => {
      if (!running) return;
      running = false;
      await terminal.stop();
    };
    onTestFinished(stop);
    terminal.start();
    return { ...terminal, stop };
  }

  const lastReport = () => server.reports.at(-1);

  return {
    clock,
    server,
    repository: server.repository,
    folder,
    terminalFolder,
    start,
    lastReport,

    /** Resolves when a report says this of the way of a release. */
    async reported(progress: Partial<ContentProgress> & { readonly why?: RefusalOfRelease }) {
      await expect.poll(() => lastReport()?.progress, { timeout: 10_000, interval: 10 }).toMatchObject(progress);
      return lastReport();
    },

    /** Resolves when the page of a terminal is told this. */
    async shows(terminal: { view: () => KioskContent }, release: number | null): Promise<void> {
      await expect.poll(() => terminal.view().release, { timeout: 10_000, interval: 10 }).toBe(release);
    },
  };
}
