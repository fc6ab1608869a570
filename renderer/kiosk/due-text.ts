import { dueWords } from '#renderer/ui/time-format.ts';
import { useMinute, useSpeech, useView } from './kiosk-context.tsx';

/** Says a due time (ISO 8601 with offset) in the station's zone, as seen now. */
export function useDueText(): (due: string) => string {
  const { t, language } = useSpeech();
  const { zone } = useView();
  const minute = useMinute();
  return (due) => {
    const { key, ...values } = dueWords(due, minute, zone, language);
    return t(key, values);
  };
}
