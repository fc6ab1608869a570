import type { Browser } from 'playwright';

export const LANGUAGES = ['zh', 'en'] as const;
export const MODES = ['normal', 'large', 'contrast'] as const;

/** One way of looking at a page; pictures are taken at device scale 1. */
export interface Look {
  readonly language: (typeof LANGUAGES)[number];
  readonly mode: (typeof MODES)[number];
  readonly width: number;
  readonly height: number;
}

export interface Shot {
  /** What is on the picture: `borrow`. */
  readonly screen: string;
  readonly look: Look;
  /** Relative to the output folder. */
  readonly file: string;
  /** What is wrong with it, in words; empty where nothing is. */
  readonly faults: readonly string[];
}

export interface CaptureOptions {
  readonly browser: Browser;
  /** The built page. */
  readonly pageDir: string;
  /** Existing folder for this page's pictures. */
  readonly folder: string;
  /** Screens whose name contains this only; empty for all. */
  readonly only: string;
  /** Called with each picture when it is on the disk. */
  readonly onShot: (shot: Shot) => void;
}

/** A page with pictures: its name is its folder under renderer/, dist/ and out/screenshots/. */
export interface ShotPage {
  readonly name: string;
  readonly capture: (options: CaptureOptions) => Promise<void>;
}

/** `borrow-zh-normal-1080x1920.png` */
export function shotFile(screen: string, { language, mode, width, height }: Look): string {
  return `${screen}-${language}-${mode}-${width}x${height}.png`;
}
