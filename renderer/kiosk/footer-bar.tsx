import { Button, Group, ToggleButton } from 'react-aria-components';
import type { DeviceCondition, KioskView } from '#shared/contract/kiosk.ts';
import type { Language } from '#shared/i18n/translate.ts';
import { unreachable } from '#shared/result.ts';
import { formatDay, formatTime } from '#renderer/ui/time-format.ts';
import { useKioskState, useMinute, useServices, useSpeech, useView, type Words } from './kiosk-context.tsx';

function trouble(device: keyof KioskView['devices'], condition: DeviceCondition | null, t: Words): string | null {
  switch (condition) {
    case null:
    case 'ready':
      return null;
    case 'no-device':
      return t(`${device}.noDevice`);
    case 'silent':
      return t(`${device}.silent`);
    // What a technician tells apart is one thing to a resident.
    case 'no-permission':
    case 'busy':
    case 'broken':
      return t(`${device}.broken`);
    default:
      return unreachable(condition);
  }
}

function syncText({ sync, zone }: KioskView, today: number, language: Language, t: Words): string {
  switch (sync.state) {
    case 'synced': {
      if (sync.lastMs === null) return t('sync.never');
      const isToday = formatDay(sync.lastMs, zone, language) === formatDay(today, zone, language);
      return t('sync.synced', {
        time: isToday ? formatTime(sync.lastMs, zone, language) : formatDay(sync.lastMs, zone, language),
      });
    }
    case 'sending':
      return t('sync.sending');
    case 'saved-here':
      return t('sync.savedHere');
    case 'never':
      return t('sync.never');
    default:
      return unreachable(sync.state);
  }
}

/** Small honest marks: what does not work, and where the records are. */
function StatusMarks() {
  const view = useView();
  const { t, language } = useSpeech();
  const minute = useMinute();
  const { scanner, cardReader, icCardReader } = view.devices;
  const troubles = [
    trouble('scanner', scanner, t),
    trouble('cardReader', cardReader, t),
    trouble('icCardReader', icCardReader, t),
  ];
  const calm = view.sync.state === 'synced' || view.sync.state === 'sending';
  return (
    <ul className="marks">
      {troubles.map((text) =>
        text === null ? null : (
          <li key={text} className="mark mark--trouble">
            {text}
          </li>
        ),
      )}
      <li className={calm ? 'mark mark--good' : 'mark mark--wait'}>{syncText(view, minute, language, t)}</li>
    </ul>
  );
}

/** On every screen, in the same place: how the page looks and speaks, and how the terminal is. */
export function FooterBar() {
  const { kiosk } = useServices();
  const { t, language } = useSpeech();
  const largeText = useKioskState((state) => state.display.largeText);
  const highContrast = useKioskState((state) => state.display.highContrast);
  const fault = useKioskState((state) => state.view?.fault ?? null);
  return (
    <footer className="footer">
      <Group className="footer__buttons" aria-label={t('footer.label')}>
        <ToggleButton className="small-button" isSelected={largeText} onChange={kiosk.switchLargeText}>
          {t('footer.large')}
        </ToggleButton>
        <ToggleButton className="small-button" isSelected={highContrast} onChange={kiosk.switchHighContrast}>
          {t('footer.contrast')}
        </ToggleButton>
        <Button className="small-button" onPress={kiosk.switchLanguage}>
          <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{t('footer.language')}</span>
        </Button>
      </Group>
      {fault === null ? <StatusMarks /> : null}
    </footer>
  );
}
