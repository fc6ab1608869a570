import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useSpeech } from '../kiosk-context.tsx';
import { useLeaflets } from './leaflets-context.tsx';
import { partsOf } from './spoken-parts.ts';
import { TEXT } from './text-view.tsx';

/** A voice of the machine for a language; null where it has none. The list may come late (Web Speech API, `voiceschanged`). */
function findVoice(speech: SpeechSynthesis, lang: string): Promise<SpeechSynthesisVoice | null> {
  const find = () => speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(lang)) ?? null;
  if (speech.getVoices().length > 0) return Promise.resolve(find());
  return new Promise((resolve) => {
    const done = () => resolve(find());
    speech.addEventListener('voiceschanged', done, { once: true });
    setTimeout(done, 1000);
  });
}

/** Reads what is open aloud, where the machine has a voice; says so where it has none. */
export function ReadAloud() {
  const { t, language } = useSpeech();
  const leaflets = useLeaflets();
  const [state, setState] = useState<'quiet' | 'reading' | 'no-voice'>('quiet');
  const reading = useRef(0);
  const stop = () => {
    reading.current += 1;
    window.speechSynthesis.cancel();
  };
  useEffect(
    () => () => {
      reading.current += 1;
      window.speechSynthesis.cancel();
    },
    [],
  );
  const start = async () => {
    stop();
    const mine = reading.current;
    const place = document.querySelector<HTMLElement>(`.${TEXT}`);
    const isChinese = language === 'zh' || place?.lang === 'zh-CN';
    const voice = await findVoice(window.speechSynthesis, isChinese ? 'zh' : 'en');
    if (mine !== reading.current) return;
    if (voice === null || place === null) {
      setState('no-voice');
      return;
    }
    const parts = partsOf([...place.querySelectorAll('h2, h3, p, li, td, th')].map((each) => each.textContent));
    const next = (number: number): void => {
      const part = parts[number];
      if (mine !== reading.current) return;
      if (part === undefined) {
        setState('quiet');
        return;
      }
      const utterance = new SpeechSynthesisUtterance(part);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      utterance.addEventListener('boundary', () => leaflets.stay());
      utterance.addEventListener('end', () => {
        leaflets.stay();
        next(number + 1);
      });
      utterance.addEventListener('error', () => {
        if (mine === reading.current) setState('no-voice');
      });
      window.speechSynthesis.speak(utterance);
    };
    next(0);
  };
  return (
    <>
      {state === 'no-voice' ? <output className="reading__voice">{t('reading.noVoice')}</output> : null}
      <ToggleButton
        className="small-button reading__aloud"
        isSelected={state === 'reading'}
        onChange={(on) => {
          setState(on ? 'reading' : 'quiet');
          if (on) void start();
          else stop();
        }}
      >
        <span>
          {state === 'reading' ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
          {t(state === 'reading' ? 'reading.quiet' : 'reading.aloud')}
        </span>
      </ToggleButton>
    </>
  );
}
