import { devices as hidDevices } from 'node-hid';
import { SerialPort } from 'serialport';

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * `devices`: what is plugged in, for the paths in a terminal's settings: a line a serial port, a line a HID device. Serial
 * ports are listed through udev. A kind that can't be listed is said on stderr, the other is listed all the same, and the
 * exit code is 1.
 */
export async function run(_args: string[], out: (line: object) => void): Promise<number> {
  let code = 0;
  try {
    for (const { vendorId, productId, path, product, serialNumber, usagePage, usage } of hidDevices()) {
      const names = { product: product ?? null, serial: serialNumber ?? null };
      out({ kind: 'hid', path: path ?? null, vendorId, productId, ...names, usagePage, usage });
    }
  } catch (error) {
    console.error(`HID devices can't be listed: ${wordsOf(error)} (are libudev1 and libusb-1.0-0 there?)`);
    code = 1;
  }
  try {
    for (const { path, pnpId, vendorId, productId, manufacturer } of await SerialPort.list()) {
      const byId = pnpId === undefined ? null : `/dev/serial/by-id/${pnpId}`;
      out({ kind: 'serial', path, byId, vendorId, productId, manufacturer });
    }
  } catch (error) {
    console.error(`serial ports can't be listed: ${wordsOf(error)} (is udev there?)`);
    code = 1;
  }
  return code;
}
