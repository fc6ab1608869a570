import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useI18n } from './i18n.tsx';
import { shownText } from './raw-text.ts';

/** More than this makes a browser slow, and nobody reads it. */
const MOST_SHOWN = 20_000;

/** Lines of the box; the rest is scrolled to. */
const MOST_LINES = 20;

/** A line of the box on a desk, in characters, about. */
const LINE = 90;

function linesOf(text: string): number {
  return Math.min(Math.max(text.split('\n', MOST_LINES).length, Math.ceil(text.length / LINE)) + 1, MOST_LINES);
}

/** Puts it where it can be pasted from. False where the browser won't: it does so for pages over TLS only. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A raw text, to be read and copied. */
export function RawBox({ raw }: { readonly raw: string }) {
  const { t } = useI18n();
  const box = useRef<HTMLTextAreaElement>(null);
  const [told, tell] = useState<'setAside.copied' | 'setAside.copyByHand' | null>(null);
  const { text, cut } = useMemo(() => shownText(raw, MOST_SHOWN), [raw]);
  const copy = async () => {
    const done = await copied(raw);
    if (!done) box.current?.select();
    tell(done ? 'setAside.copied' : 'setAside.copyByHand');
  };
  return (
    <section className="raw" aria-label={t('setAside.raw')}>
      <div className="raw-head">
        <h3>{t('setAside.raw')}</h3>
        <output>{told !== null && t(told)}</output>
        <Button onClick={() => void copy()}>{t('setAside.copy')}</Button>
      </div>
      <textarea
        ref={box}
        readOnly
        spellCheck={false}
        aria-label={t('setAside.raw')}
        rows={linesOf(text)}
        value={text}
      />
      {cut && <p className="note">{t('setAside.cut', { count: raw.length })}</p>}
    </section>
  );
}
