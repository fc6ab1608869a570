import { createRoot } from 'react-dom/client';
import { filesOf } from '#shared/content/leaflet.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { unreachable } from '#shared/result.ts';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
import { drawPage, openPdf } from './pdf.ts';

/** Every page of a set, rendered where nobody sees it, before it may be shown (design: content.md). */

export interface ProofFault {
  readonly leaflet: string;
  readonly detail: string;
}

export interface ProveDeps {
  readonly page: Document;
  readonly fileUrl: (hash: string) => string;
  /** Resolves when nothing else is to be done on the screen. */
  readonly idle: () => Promise<void>;
  /** Pages that came out, of how many. */
  readonly onPages: (pages: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Device pixels: enough to see whether anything is there. */
const PROOF_WIDTH = 240;
const VIDEO_PATIENCE_MS = 30_000;

function pagesOf({ body }: ReleasedLeaflet): number {
  switch (body.kind) {
    case 'article':
    case 'notice':
      return body.text.en === undefined ? 1 : 2;
    case 'pdf':
      return body.file.zh.pages + (body.file.en?.pages ?? 0);
    case 'pictures':
      return body.pictures.length;
    case 'video':
      return 1;
    default:
      return unreachable(body);
  }
}

/** Whether all of it has one colour. */
function isBlank(canvas: HTMLCanvasElement): boolean {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  const pixels = new Uint32Array(new Uint8Array(data).buffer);
  return pixels.every((pixel) => pixel === pixels[0]);
}

async function provePicture(url: string): Promise<void> {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  if (picture.naturalWidth === 0) throw new Error('a picture without a size');
}

async function proveText(text: string, { page, fileUrl }: ProveDeps): Promise<void> {
  const place = page.createElement('div');
  place.className = 'proving';
  place.setAttribute('aria-hidden', 'true');
  page.body.append(place);
  const root = createRoot(place);
  try {
    await new Promise<void>((resolve) => {
      root.render(
        <div ref={() => resolve()}>
          <LeafletText text={text} pictureUrl={fileUrl} />
        </div>,
      );
    });
    const { height } = place.getBoundingClientRect();
    if (height < 1 || (place.textContent.trim() === '' && place.querySelector('img') === null)) {
      throw new Error('a text that comes out empty');
    }
    for (const picture of place.querySelectorAll('img')) await picture.decode();
  } finally {
    root.unmount();
    place.remove();
  }
}

async function provePdf(hash: string, pages: number, deps: ProveDeps, onPage: () => void): Promise<void> {
  const pdf = await openPdf(deps.fileUrl(hash));
  const canvas = deps.page.createElement('canvas');
  let blank = 0;
  try {
    if (pdf.numPages !== pages) throw new Error(`${pdf.numPages} pages where ${pages} were said`);
    for (let number = 1; number <= pages; number += 1) {
      deps.signal.throwIfAborted();
      await deps.idle();
      const page = await pdf.getPage(number);
      await drawPage(page, canvas, PROOF_WIDTH);
      // Somebody may have left a side empty; a PDF with nothing but such sides was not drawn.
      if (isBlank(canvas)) blank += 1;
      page.cleanup();
      onPage();
    }
    if (blank === pages) throw new Error('a PDF that comes out empty');
  } finally {
    canvas.width = 0;
    await pdf.loadingTask.destroy();
  }
}

async function proveVideo(url: string, { page }: ProveDeps): Promise<void> {
  const video = page.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  try {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener('loadeddata', () => resolve(), { once: true });
      video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'a film that does not run')), {
        once: true,
      });
      setTimeout(() => reject(new Error('a film that does not begin')), VIDEO_PATIENCE_MS);
      video.src = url;
    });
    if (video.videoWidth === 0) throw new Error('a film without a picture');
  } finally {
    video.removeAttribute('src');
    video.load();
  }
}

async function proveLeaflet({ body }: ReleasedLeaflet, deps: ProveDeps, onPage: () => void): Promise<void> {
  const { fileUrl } = deps;
  switch (body.kind) {
    case 'article':
    case 'notice':
      for (const text of [body.text.zh, body.text.en]) {
        if (text === undefined) continue;
        await proveText(text, deps);
        onPage();
      }
      // One that the text does not name is a file of the set all the same.
      for (const { hash } of filesOf(body)) await provePicture(fileUrl(hash));
      return undefined;
    case 'pdf':
      await provePdf(body.file.zh.hash, body.file.zh.pages, deps, onPage);
      if (body.file.en !== undefined) await provePdf(body.file.en.hash, body.file.en.pages, deps, onPage);
      return undefined;
    case 'pictures':
      for (const { file } of body.pictures) {
        await provePicture(fileUrl(file.hash));
        onPage();
      }
      return undefined;
    case 'video':
      if (body.poster !== null) await provePicture(fileUrl(body.poster.hash));
      await proveVideo(fileUrl(body.file.hash), deps);
      onPage();
      return undefined;
    default:
      return unreachable(body);
  }
}

/** Null: all came out. Rejects only where it was called off. */
export async function proveSet(leaflets: readonly ReleasedLeaflet[], deps: ProveDeps): Promise<ProofFault | null> {
  const total = leaflets.map(pagesOf).reduce((sum, pages) => sum + pages, 0);
  let pages = 0;
  const onPage = () => {
    pages += 1;
    deps.onPages(pages, total);
  };
  for (const leaflet of leaflets) {
    deps.signal.throwIfAborted();
    await deps.idle();
    try {
      await proveLeaflet(leaflet, deps, onPage);
    } catch (error) {
      deps.signal.throwIfAborted();
      const detail = error instanceof Error ? error.message : String(error);
      return { leaflet: leaflet.id, detail: detail.slice(0, 300) };
    }
  }
  return null;
}
