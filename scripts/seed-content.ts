import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright';
import sharp from 'sharp';
import { launchChromium } from './browser/chromium.ts';
import { BROCHURES, brochureHtml } from './seed-content/brochures.ts';
import { FILM_MS, filmFrame } from './seed-content/film.ts';
import { PICTURES } from './seed-content/pictures.ts';

/** Draws what the seed's leaflets show, anew: pictures, brochures, a film. */

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'server/seed/leaflets/files');
const FRAMES_A_SECOND = 12;

interface Drawn {
  readonly bytes: Buffer;
  /** All of LeafletFile but hash and bytes (shared/content/leaflet.ts). */
  readonly facts: Readonly<Record<string, string | number>>;
}

async function drawPicture(svg: string): Promise<Drawn> {
  const { data, info } = await sharp(Buffer.from(svg)).webp({ quality: 88 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, facts: { type: 'image/webp', width: info.width, height: info.height } };
}

async function printBrochures(browser: Browser): Promise<[string, Drawn][]> {
  const face = pathToFileURL(join(ROOT, 'node_modules/@fontsource-variable/noto-sans-sc/index.css')).href;
  const drawn: [string, Drawn][] = [];
  const sheet = join(FOLDER, 'brochure.html');
  for (const [name, brochure] of Object.entries(BROCHURES)) {
    const page = await browser.newPage();
    // A page from a file may read the face's files beside it; one from a text may not.
    writeFileSync(sheet, brochureHtml(brochure, face));
    await page.goto(pathToFileURL(sheet).href);
    await page.evaluate(() => document.fonts.ready);
    const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    drawn.push([name, { bytes, facts: { type: 'application/pdf', pages: brochure.pages.length } }]);
    await page.close();
  }
  rmSync(sheet);
  return drawn;
}

/** Paints the frames on a canvas at their own pace and records it: what comes out is a WebM of VP8. */
async function recordFilm(browser: Browser): Promise<Drawn> {
  const count = Math.round((FILM_MS / 1000) * FRAMES_A_SECOND);
  const frames = Array.from({ length: count }, (_, index) => filmFrame((index * 1000) / FRAMES_A_SECOND));
  const page = await browser.newPage();
  const base64 = await page.evaluate(
    async ({ svgs, frameMs }) => {
      const canvas = document.createElement('canvas');
      canvas.width = 960;
      canvas.height = 640;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      const images = await Promise.all(
        svgs.map(async (svg) => {
          const image = new Image();
          image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
          await image.decode();
          return image;
        }),
      );
      const recorder = new MediaRecorder(canvas.captureStream(), {
        mimeType: 'video/webm;codecs=vp8',
        videoBitsPerSecond: 700_000,
      });
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
      recorder.start();
      for (const image of images) {
        context.drawImage(image, 0, 0);
        await new Promise((resolve) => setTimeout(resolve, frameMs));
      }
      recorder.stop();
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
    },
    { svgs: frames, frameMs: 1000 / FRAMES_A_SECOND },
  );
  await page.close();
  return { bytes: Buffer.from(base64, 'base64'), facts: { type: 'video/webm' } };
}

mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium();
try {
  const drawn = new Map<string, Drawn>(await printBrochures(browser));
  for (const [name, draw] of Object.entries(PICTURES)) drawn.set(`${name}.webp`, await drawPicture(draw()));
  drawn.set('borrow.webm', await recordFilm(browser));
  drawn.set('borrow.webp', await drawPicture(filmFrame(0)));
  const list = Object.fromEntries(
    [...drawn]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { bytes, facts }]) => {
        writeFileSync(join(FOLDER, name), bytes);
        return [name, { ...facts, hash: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }];
      }),
  );
  writeFileSync(join(FOLDER, 'files.json'), `${JSON.stringify(list, null, 2)}\n`);
  console.log(`${drawn.size} files drawn into ${FOLDER}`);
} finally {
  await browser.close();
}
