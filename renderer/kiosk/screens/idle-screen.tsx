import {
  ArrowRight,
  HandHeart,
  IdCard,
  PackageCheck,
  ScanBarcode,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { ItemIcon } from '#renderer/ui/item-icon.tsx';
import { SailScene } from '#renderer/ui/sail-mark.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { LeafletStrip } from '../leaflets/leaflet-strip.tsx';
import { ScrollArea } from '../scroll-area.tsx';
import { useSpeech, useView, type Words } from '../kiosk-context.tsx';

interface StepProps {
  readonly picture: LucideIcon;
  readonly name: string;
  readonly hint: string;
}

function Step({ picture: Picture, name, hint }: StepProps) {
  return (
    <li className="step">
      <span className="step__picture" aria-hidden="true">
        <Picture />
      </span>
      <span className="step__name">{name}</span>
      <span className="step__hint">
        <Unbroken text={hint} />
      </span>
      <ArrowRight className="step__arrow" aria-hidden="true" />
    </li>
  );
}

interface HeroWords {
  readonly title: string;
  /** What is wrong and what to do; null where all is well. */
  readonly warning: string | null;
}

/** What can be done here now, depending on which device is away. */
function heroWords({ scanner, cardReader }: KioskView['devices'], t: Words): HeroWords {
  if (scanner !== 'ready') return { title: t('idle.titleNoScanner'), warning: t('idle.noScanner') };
  if (cardReader !== 'ready') return { title: t('idle.titleNoCardReader'), warning: t('idle.noCardReader') };
  return { title: t('idle.title'), warning: null };
}

/** What to do, in pictures: to borrow, or only to return where no card can be read. */
function Steps({ canBorrow }: { readonly canBorrow: boolean }) {
  const { t } = useSpeech();
  return (
    <ol className="steps" aria-label={canBorrow ? t('idle.steps') : t('idle.stepsReturn')}>
      <Step picture={ScanBarcode} name={t('step.scan')} hint={t('step.scanHint')} />
      {canBorrow ? (
        <>
          <Step picture={IdCard} name={t('step.card')} hint={t('step.cardHint')} />
          <Step picture={PackageCheck} name={t('step.take')} hint={t('step.takeHint')} />
        </>
      ) : (
        <Step picture={Undo2} name={t('step.putBack')} hint={t('step.putBackHint')} />
      )}
    </ol>
  );
}

/** How to borrow, in one sentence and three pictures; where a device is away, what still works. */
function Hero() {
  const { t } = useSpeech();
  const { devices } = useView();
  const { title, warning } = heroWords(devices, t);
  return (
    <section className="hero">
      <div className="hero__words">
        <h1 className="hero__title">
          <Unbroken text={title} />
        </h1>
        {warning === null ? (
          <p className="hero__lead">
            <Unbroken text={t('idle.lead')} />
          </p>
        ) : (
          <p className="hero__warning">
            <TriangleAlert aria-hidden="true" />
            <span>
              <Unbroken text={warning} />
            </span>
          </p>
        )}
      </div>
      <div className="hero__sea">
        <SailScene lies="right" />
      </div>
      {devices.scanner === 'ready' ? <Steps canBorrow={devices.cardReader === 'ready'} /> : null}
    </section>
  );
}

function ReturnStrip() {
  const { t } = useSpeech();
  return (
    <section className="return-strip">
      <span className="return-strip__picture" aria-hidden="true">
        <Undo2 />
      </span>
      <div>
        <h2 className="return-strip__title">
          <Unbroken text={t('idle.returnTitle')} />
        </h2>
        <p className="return-strip__lead">
          <Unbroken text={t('idle.returnLead')} />
        </p>
      </div>
      <HandHeart className="return-strip__heart" aria-hidden="true" />
    </section>
  );
}

/** From so many types on the tiles are smaller, so that all are seen without scrolling. */
const MANY_TYPES = 9;

function tileClass(available: number, canBorrow: boolean): string {
  if (available === 0) return 'stock-tile stock-tile--none';
  return canBorrow ? 'stock-tile' : 'stock-tile stock-tile--closed';
}

function Stock() {
  const { t, say } = useSpeech();
  const { stock, devices } = useView();
  const canBorrow = devices.scanner === 'ready' && devices.cardReader === 'ready';
  return (
    <section className={stock.length < MANY_TYPES ? 'stock' : 'stock stock--many'}>
      <h2 className="stock__title">{canBorrow ? t('stock.title') : t('stock.titleClosed')}</h2>
      {stock.length === 0 ? <p className="stock__empty">{t('stock.empty')}</p> : null}
      <ScrollArea of="types">
        <ul className="stock__grid">
          {stock.map(({ type, icon, name, available }) => (
            <li key={type} className={tileClass(available, canBorrow)}>
              <ItemIcon icon={icon} />
              <span className="stock-tile__words">
                <span className="stock-tile__name">
                  <Unbroken text={say(name)} />
                </span>
                <span className="stock-tile__count">
                  {available > 0 ? t(canBorrow ? 'stock.left' : 'stock.here', { count: available }) : t('stock.none')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </ScrollArea>
    </section>
  );
}

/** Nobody is here: how to borrow and return, and what there is. Any scan or card opens the right sheet. */
export function IdleScreen({ above }: { readonly above: ReactNode }) {
  const { scanner, cardReader } = useView().devices;
  // Where only returning works, the hero says so already.
  const strip = scanner === 'ready' && cardReader === 'ready';
  return (
    <main className="idle">
      {above}
      <Hero />
      {strip ? <ReturnStrip /> : null}
      <LeafletStrip />
      <Stock />
    </main>
  );
}
