import { devices as hidDevices } from 'node-hid';
import { SerialPort } from 'serialport';

/**
 * `devices`: what is plugged in, for the paths in a terminal's settings: a line a serial port, a line a HID device. Serial
 * ports are listed through udev; where there is none, that is said on stderr and the exit code is 1.
 */
export async function run(_args: string[], out: (line: object) => void): Promise<number> {
  for (const { vendorId, productId, path, product, usagePage, usage } of hidDevices()) {
    out({ kind: 'hid', path: path ?? null, vendorId, productId, product: product ?? null, usagePage, usage });
  }
  try {
    for (const { path, pnpId, vendorId, productId, manufacturer } of await SerialPort.list()) {
      const byId = pnpId === undefined ? null : `/dev/serial/by-id/${pnpId}`;
      out({ kind: 'serial', path, byId, vendorId, productId, manufacturer });
    }
    return 0;
  } catch (error) {
    console.error(
      `serial ports can't be listed: ${error instanceof Error ? error.message : String(error)} (is udev there?)`,
    );
    return 1;
  }
}
