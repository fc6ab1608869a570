import type { DeviceLog } from './transport.ts';

/**
 * Loads a native module when a device first needs it: a machine without what one of them needs (libusb, libudev) starts
 * all the same, and its other devices work. Null where it can't be loaded; that is tried, and logged, once.
 */
export function createNativeModule<Module>(
  load: () => Promise<Module>,
  device: string,
  log: DeviceLog,
): () => Promise<Module | null> {
  let loading: Promise<Module | null> | null = null;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      log.warn({ device, err: error }, 'the native module of this kind of device can not be loaded on this machine');
      return null;
    }));
}

/** Logs why something native fails, and again only when it fails in other words: it is tried every few seconds. */
export function createComplaint(device: string, log: DeviceLog): (error: unknown) => void {
  let last = '';
  return (error) => {
    const words = error instanceof Error ? error.message : String(error);
    if (words !== last) log.warn({ device, why: words }, 'a device can not be opened');
    last = words;
  };
}
