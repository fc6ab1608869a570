import sharp, { type Sharp } from 'sharp';
import type { FileRefusal } from '#shared/contract/uploads.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Pixels of a picture that comes in, and of the longest side of one that is kept. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 4096;
/** Longest side of a drawing that is made a picture: as sharp as the largest screen shows it. */
const DRAWING_SIDE = 2048;
/** Dots per inch between which libvips draws; 72 is a drawing's own size. */
const DENSITY = { own: 72, least: 1, most: 100_000 };
/** A picture that takes longer is one that was made to. */
const SLOWEST_SECONDS = 30;

export interface Picture {
  readonly bytes: Buffer;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

const TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

async function made(image: Sharp, format: keyof typeof TYPES, longest: number): Promise<Picture> {
  const { data, info } = await image
    .autoOrient()
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .toFormat(format, format === 'png' ? {} : { quality: 86 })
    .timeout({ seconds: SLOWEST_SECONDS })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, type: TYPES[format], width: info.width, height: info.height };
}

/**
 * A photograph or picture made anew from its pixels: what else the file had is gone (place, camera, thumbnails, whatever hung
 * behind it). Of a moving picture the first is kept.
 */
export async function remakePicture(path: string): Promise<Result<Picture, FileRefusal>> {
  const options = { failOn: 'error', limitInputPixels: MOST_PIXELS } as const;
  try {
    const { format, width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return err('too-many-pixels');
    if (format !== 'jpeg' && format !== 'png' && format !== 'webp') return err('unknown-type');
    return ok(await made(sharp(path, options), format, LONGEST_SIDE));
  } catch {
    return err('damaged');
  }
}

/** A drawing that was looked at (svg-rules.ts) as a picture. */
export async function drawSvg(bytes: Uint8Array): Promise<Result<Picture, FileRefusal>> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const scale = DRAWING_SIDE / Math.max(width, height);
    const density = Math.min(DENSITY.most, Math.max(DENSITY.least, DENSITY.own * scale));
    const image = sharp(bytes, { density, failOn: 'error', limitInputPixels: MOST_PIXELS });
    return ok(await made(image, 'png', DRAWING_SIDE));
  } catch {
    return err('damaged');
  }
}
