import { Info, ScanBarcode, TriangleAlert } from 'lucide-react';
import type { Line, Notice } from '#shared/contract/kiosk.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech, useView } from './kiosk-context.tsx';
import { noticeWords, refusedWords, scannerWords } from './notice-words.ts';

export interface PromptProps {
  readonly title: string;
  readonly hint: string;
  readonly notice: Notice | null;
  readonly lines: readonly Line[];
}

/**
 * What comes next. What is wrong, and a notice about the last scan, take the same place for as long as they hold, so that
 * nothing moves under a finger; the same notice twice is noticed by its coming in anew.
 */
export function Prompt({ title, hint, notice, lines }: PromptProps) {
  const { t, say } = useSpeech();
  const { devices } = useView();
  const words =
    scannerWords(devices, t) ?? (notice === null ? refusedWords(lines, t, say) : noticeWords(notice, lines, t, say));
  const Picture = words === null ? ScanBarcode : words.tone === 'careful' ? TriangleAlert : Info;
  return (
    <section className={`prompt prompt--${words?.tone ?? 'next'}`} aria-live="polite">
      <div key={notice?.seq ?? words?.title ?? 'next'} className="prompt__content">
        <span className="prompt__picture" aria-hidden="true">
          <Picture />
        </span>
        <h2 className="prompt__title">
          <Unbroken text={words?.title ?? title} />
        </h2>
        <p className="prompt__hint">
          <Unbroken text={words?.help ?? hint} />
        </p>
      </div>
    </section>
  );
}
