import type { DockDevice } from '#shared/contract/dock.ts';

/** The part of the catalogue's keys that names a device. */
export const DEVICE_WORDS = {
  scanner: 'scanner',
  'card-reader': 'reader',
  'ic-card-reader': 'staffReader',
} as const satisfies Record<DockDevice, string>;
