import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { dockContract, type DockWorld } from '#shared/contract/dock.ts';

export type DockClient = ContractRouterClient<typeof dockContract>;

export interface DockSnapshot {
  /** The last world that was told; null before the first. */
  readonly world: DockWorld | null;
  readonly connected: boolean;
  /** The last action did not work. */
  readonly failed: boolean;
}

export interface DockLineOptions {
  readonly open: () => WebSocket;
  readonly pause: (ms: number) => Promise<void>;
}

const RECONNECT_MS = 1000;

/** Settles when the socket is closed, whoever closed it. */
function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
}

/** The line to the demo program: one WebSocket at a time, opened again whenever it is lost. */
export class DockLine {
  readonly #options: DockLineOptions;
  readonly #listeners = new Set<() => void>();
  #snapshot: DockSnapshot = { world: null, connected: false, failed: false };
  #client: DockClient | null = null;

  constructor(options: DockLineOptions) {
    this.#options = options;
  }

  /** Both are for `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): DockSnapshot => this.#snapshot;

  /** Connects, and keeps at it for as long as the page is open. */
  start(): void {
    void this.#run();
  }

  /** Asks the demo for one thing; where that fails, `failed` says so until the next one works. */
  readonly act = (ask: (client: DockClient) => Promise<unknown>): void => {
    const client = this.#client;
    if (client === null) return;
    ask(client).then(
      () => this.#set({ failed: false }),
      () => this.#set({ failed: true }),
    );
  };

  #set(change: Partial<DockSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }

  async #run(): Promise<never> {
    for (;;) {
      const socket = this.#options.open();
      await Promise.race([closed(socket), this.#listen(socket)]);
      this.#client = null;
      this.#set({ connected: false });
      socket.close();
      await this.#options.pause(RECONNECT_MS);
    }
  }

  /** Takes what the demo tells until the line breaks; how it broke makes no difference. */
  async #listen(socket: WebSocket): Promise<void> {
    const client: DockClient = createORPCClient(
      new RPCLink({ websocket: socket, plugins: [new ResponseValidationPlugin(dockContract)] }),
    );
    try {
      for await (const world of await client.watch()) {
        this.#client = client;
        this.#set({ world, connected: true });
      }
    } catch {
      // The loop in `#run` opens the next line.
    }
  }
}
