import { SailMark } from '#renderer/ui/sail-mark.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';

/** The core is away. Says so in the person's language, and shows nothing of anybody. */
export function ConnectingScreen({ wasConnected }: { readonly wasConnected: boolean }) {
  const { t } = useSpeech();
  return (
    <main className="full-screen" aria-live="polite">
      <SailMark />
      <h1>{t('connecting.title')}</h1>
      <p>
        <Unbroken text={wasConnected ? t('connecting.lost') : t('connecting.start')} />
      </p>
      <p className="full-screen__dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </p>
      <p className="full-screen__help">
        <Unbroken text={t('connecting.help')} />
      </p>
    </main>
  );
}
