import { useSecondsLeft, useSpeech, type Words } from './kiosk-context.tsx';

/** From so few seconds on, the countdown also says how to stay. */
const SOON_S = 10;

/** When the open sheet ends by itself, in words; `key` is the sentence while there is time. */
export function useEndsIn(endsInMs: number, key: Extract<Parameters<Words>[0], `${string}ndsIn`>): string {
  const { t } = useSpeech();
  const seconds = useSecondsLeft(endsInMs);
  return seconds <= SOON_S ? t('endsSoon', { seconds }) : t(key, { seconds });
}
