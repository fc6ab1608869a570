import type { DockWorld } from '#shared/contract/dock.ts';

/** One terminal of the demo, with the state of its devices. */
export type DockTerminal = DockWorld['terminals'][number];
