import type { DeviceLog } from './transport.ts';

/**
 * Loads a native module when a device first needs it: a machine without what one of them needs (libusb, libudev) starts
 * all the same, and its other devices work. Null where it can't be loaded; that is logged each time.
 */
export async function loadNative<Module>(
  load: () => Promise<Module>,
  device: string,
  log: DeviceLog,
): Promise<Module | null> {
  try {
    return await load();
  } catch (error) {
    log.warn({ device, err: error }, 'the native module of this kind of device can not be loaded on this machine');
    return null;
  }
}
