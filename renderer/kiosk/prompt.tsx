import { Info, ScanBarcode, TriangleAlert } from 'lucide-react';
import type { Notice } from '#shared/contract/kiosk.ts';
import { useSpeech } from './kiosk-context.tsx';
import { noticeWords } from './notice-words.ts';

export interface PromptProps {
  readonly title: string;
  readonly hint: string;
  readonly notice: Notice | null;
}

/**
 * What comes next. A notice about the last scan takes the same place for as long as it holds, so that nothing moves
 * under a finger; the same notice twice is noticed by a short flash of its frame.
 */
export function Prompt({ title, hint, notice }: PromptProps) {
  const { t } = useSpeech();
  const words = notice === null ? null : noticeWords(notice, t);
  const Picture = words === null ? ScanBarcode : words.tone === 'careful' ? TriangleAlert : Info;
  return (
    <section className={`prompt prompt--${words?.tone ?? 'next'}`} aria-live="polite">
      <div key={notice?.seq ?? 'next'} className="prompt__content">
        <span className="prompt__picture" aria-hidden="true">
          <Picture />
        </span>
        <h2 className="prompt__title">{words?.title ?? title}</h2>
        <p className="prompt__hint">{words?.help ?? hint}</p>
      </div>
    </section>
  );
}
