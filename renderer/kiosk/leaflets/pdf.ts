import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/**
 * PDFs as pictures of their pages, by pdf.js (pdfjs-dist). Nothing in them runs: no scripting is loaded, XFA is off, links
 * and forms are not drawn as such. All of pdf.js's own files come with the page (renderer/vite.config.ts).
 */

async function load() {
  const [pdfjs, worker] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.min.mjs?url')]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  return pdfjs;
}

const own = (path: string): string => new URL(`pdfjs/${path}/`, document.baseURI).href;

/** Rejects where the file is none that can be drawn. To be destroyed by whoever opens it. */
export async function openPdf(url: string): Promise<PDFDocumentProxy> {
  const { getDocument } = await load();
  return getDocument({
    url: new URL(url, document.baseURI).href,
    enableXfa: false,
    // The policy of the page lets no WebAssembly in; pdf.js has the same in JavaScript.
    useWasm: false,
    wasmUrl: own('wasm'),
    cMapUrl: own('cmaps'),
    standardFontDataUrl: own('standard_fonts'),
    stopAtErrors: false,
  }).promise;
}

/** Draws a page on a canvas as wide as `widthPx` device pixels. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, widthPx: number): Promise<void> {
  const scale = widthPx / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  await page.render({ canvas, viewport }).promise;
}
