/** A HID device as settings name it: by vendor and product, and one of several alike by its serial number or its path. */
export interface HidSettings {
  readonly vid: number;
  readonly pid: number;
  /** The device's own serial number. Many have none. */
  readonly serial?: string | undefined;
  /** A device node or a link to one, as udev makes for a certain USB port: for two alike without serial numbers. */
  readonly path?: string | undefined;
}

/** What node-hid says of a device: one entry for each of its interfaces. */
export interface HidFound {
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

/** HID Usage Tables: the generic desktop's pointers, mice and keyboards, and the page of barcode scanners. */
const DESKTOP_PAGE = 0x01;
const SCANNER_PAGE = 0x8c;
const SCANNER_USAGE = 0x02;

/**
 * How well an interface fits a scanner or a card reader; null where it can't be one. A scanner may have a keyboard beside
 * its scanner interface, and keyboards squat on the scanners' page under another usage (device notes 2.3).
 */
function fit({ usagePage, usage }: HidFound): number | null {
  if (usagePage === DESKTOP_PAGE) return null;
  if (usagePage === SCANNER_PAGE) return usage === SCANNER_USAGE ? 0 : null;
  return 1;
}

/** The path of the interface to open; of several that are alike the first by path, so that it is the same each time. */
export function pickHid(found: readonly HidFound[], { serial }: Pick<HidSettings, 'serial'>): string | null {
  let best: { readonly path: string; readonly rank: number } | null = null;
  for (const device of found) {
    const rank = fit(device);
    const { path, serialNumber } = device;
    if (rank === null || path === undefined || (serial !== undefined && serialNumber !== serial)) continue;
    if (best === null || rank < best.rank || (rank === best.rank && path < best.path)) best = { path, rank };
  }
  return best?.path ?? null;
}
