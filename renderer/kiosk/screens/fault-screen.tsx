import { type LucideIcon, Phone, ShieldCheck, TriangleAlert } from 'lucide-react';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech, useView } from '../kiosk-context.tsx';

interface PartProps {
  readonly picture: LucideIcon;
  readonly tone: 'careful' | 'good' | 'help';
  readonly title: string;
  readonly text: string;
}

function Part({ picture: Picture, tone, title, text }: PartProps) {
  return (
    <li className={`fault__part fault__part--${tone}`}>
      <span className="fault__picture" aria-hidden="true">
        <Picture />
      </span>
      <div>
        <h2 className="fault__name">{title}</h2>
        <p className="fault__text">
          <Unbroken text={text} />
        </p>
      </div>
    </li>
  );
}

const WORDS = {
  database: { title: 'fault.title', happened: 'fault.happenedText', safe: 'fault.safeText' },
  revoked: { title: 'revoked.title', happened: 'revoked.happenedText', safe: 'revoked.safeText' },
} as const;

/** The terminal can't or mustn't work: what happened, what is safe, what to do. */
export function FaultScreen() {
  const { t } = useSpeech();
  const { fault, station } = useView();
  const { phone } = station;
  const words = WORDS[fault ?? 'database'];
  // A number that goes on in the next line is dialled wrong.
  const help = phone === null ? t('fault.helpText') : t('fault.helpPhone', { phone: phone.replaceAll('-', '-\u2060') });
  return (
    <main className="fault">
      <h1 className="fault__title">
        <Unbroken text={t(words.title)} />
      </h1>
      <ul className="fault__parts panel">
        <Part picture={TriangleAlert} tone="careful" title={t('fault.happened')} text={t(words.happened)} />
        <Part picture={ShieldCheck} tone="good" title={t('fault.safe')} text={t(words.safe)} />
        <Part picture={Phone} tone="help" title={t('fault.help')} text={help} />
      </ul>
    </main>
  );
}
