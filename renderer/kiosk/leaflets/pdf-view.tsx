import { ZoomIn, ZoomOut } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { PdfFile } from '#shared/content/leaflet.ts';
import { useSpeech } from '../kiosk-context.tsx';
import { fileUrl } from './leaflets-context.tsx';
import { PageTurner } from './page-turner.tsx';
import { drawPage, openPdf } from './pdf.ts';

interface PdfViewProps {
  readonly file: { readonly zh: PdfFile; readonly en?: PdfFile | undefined };
  readonly name: string;
}

/** How many times as wide as its place a page is when it is larger. */
const LARGER = 1.9;

/** The document of a file while it is open; `broken` where it can't be. */
function usePdf(hash: string): PDFDocumentProxy | 'opening' | 'broken' {
  const [opened, setOpened] = useState<{ readonly hash: string; readonly pdf: PDFDocumentProxy | 'broken' } | null>(
    null,
  );
  useEffect(() => {
    let left = false;
    let pdf: PDFDocumentProxy | null = null;
    const open = async () => {
      try {
        pdf = await openPdf(fileUrl(hash));
        if (left) await pdf.loadingTask.destroy();
        else setOpened({ hash, pdf });
      } catch {
        if (!left) setOpened({ hash, pdf: 'broken' });
      }
    };
    void open();
    return () => {
      left = true;
      void pdf?.loadingTask.destroy();
    };
  }, [hash]);
  return opened?.hash === hash ? opened.pdf : 'opening';
}

interface SheetProps {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly larger: boolean;
  readonly label: string;
  readonly onBroken: () => void;
}

/** One page, drawn as sharp as the screen is; whole, or wider than its place to be scrolled. */
function Sheet({ pdf, page, larger, label, onBroken }: SheetProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let left = false;
    const draw = async () => {
      const sheet = await pdf.getPage(page);
      if (left || place.current === null || canvas.current === null) return;
      const { clientWidth, clientHeight } = place.current;
      const { width, height } = sheet.getViewport({ scale: 1 });
      const fit = Math.min(clientWidth / width, clientHeight / height);
      const cssWidth = Math.floor(width * (larger ? Math.max(fit, (clientWidth / width) * 1) * LARGER : fit));
      // Drawn aside first: the page that is seen stays until the next one is whole.
      const aside = document.createElement('canvas');
      await drawPage(sheet, aside, cssWidth * window.devicePixelRatio);
      if (left || canvas.current === null) return;
      canvas.current.width = aside.width;
      canvas.current.height = aside.height;
      canvas.current.style.width = `${cssWidth}px`;
      canvas.current.getContext('2d')?.drawImage(aside, 0, 0);
      place.current.scrollTo({ top: 0, left: 0 });
    };
    draw().catch(() => {
      if (!left) onBroken();
    });
    return () => {
      left = true;
    };
  }, [pdf, page, larger, onBroken]);
  return (
    <div className={larger ? 'reading__sheet reading__sheet--larger' : 'reading__sheet'} ref={place}>
      <canvas ref={canvas} aria-label={label} />
    </div>
  );
}

/** A PDF, page by page. */
export function PdfView({ file, name }: PdfViewProps) {
  const { t, language } = useSpeech();
  const own = language === 'en' ? (file.en ?? file.zh) : file.zh;
  const pdf = usePdf(own.hash);
  const [turned, setTurned] = useState({ hash: own.hash, page: 1, larger: false });
  const [broken, setBroken] = useState<string | null>(null);
  const fail = useCallback(() => setBroken(own.hash), [own.hash]);
  const { page, larger } = turned.hash === own.hash ? turned : { page: 1, larger: false };
  const change = (changed: Partial<typeof turned>) => setTurned({ hash: own.hash, page, larger, ...changed });
  if (pdf === 'broken' || broken === own.hash) return <p className="reading__note">{t('reading.cannotShow')}</p>;
  return (
    <>
      {language === 'en' && file.en === undefined ? <p className="reading__only">{t('reading.onlyChinese')}</p> : null}
      {pdf === 'opening' ? (
        <output className="reading__note">{t('reading.opening')}</output>
      ) : (
        <Sheet
          pdf={pdf}
          page={page}
          larger={larger}
          label={t('reading.pageOf', { title: name, page })}
          onBroken={fail}
        />
      )}
      <PageTurner page={page} pages={own.pages} onTurn={(to) => change({ page: to })}>
        <Button className="small-button" onPress={() => change({ larger: !larger })}>
          <span>
            {larger ? <ZoomOut aria-hidden="true" /> : <ZoomIn aria-hidden="true" />}
            {t(larger ? 'reading.smaller' : 'reading.larger')}
          </span>
        </Button>
      </PageTurner>
    </>
  );
}
