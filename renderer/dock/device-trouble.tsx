import type { DockDevice } from '#shared/contract/dock.ts';
import { useDockLanguage } from './dock-language.ts';
import type { DockLine } from './dock-line.ts';
import type { DockTerminal } from './dock-terminal.ts';

interface DeviceTroubleProps {
  readonly device: DockDevice;
  readonly terminal: DockTerminal;
  readonly line: DockLine;
}

/** Whether a device is plugged in, and the ways to make trouble with it. */
export function DeviceTrouble({ device, terminal, line }: DeviceTroubleProps) {
  const { t } = useDockLanguage();
  const plugged = terminal.plugged[device];
  const key = device === 'scanner' ? 'scanner' : 'reader';
  const target = { terminal: terminal.id, device };
  return (
    <>
      <span className={plugged ? 'light on' : 'light off'}>{t(plugged ? 'device.plugged' : 'device.unplugged')}</span>
      <span className="trouble-buttons">
        <button
          type="button"
          disabled={!plugged}
          aria-label={t(`${key}.garbage`)}
          onClick={() => line.act((client) => client.garbage(target))}
        >
          {t('device.garbage')}
        </button>
        <button
          type="button"
          disabled={!plugged}
          aria-label={t(`${key}.halfFrame`)}
          onClick={() => line.act((client) => client.halfFrame(target))}
        >
          {t('device.halfFrame')}
        </button>
        <button
          type="button"
          className={plugged ? 'danger' : 'primary'}
          aria-label={t(plugged ? `${key}.unplug` : `${key}.plug`)}
          onClick={() => line.act((client) => client.plug({ ...target, plugged: !plugged }))}
        >
          {t(plugged ? 'device.unplug' : 'device.plug')}
        </button>
      </span>
    </>
  );
}
