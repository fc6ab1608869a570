import { type DockDevice, WIRE_MANNERS } from '#shared/contract/dock.ts';
import { DockChoice } from './dock-choice.tsx';
import { DEVICE_WORDS } from './device-words.ts';
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
  const key = DEVICE_WORDS[device];
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

/** How the line of a device behaves: it goes for all that is sent from now on. */
export function LineManner({ device, terminal, line }: DeviceTroubleProps) {
  const { t } = useDockLanguage();
  const key = DEVICE_WORDS[device];
  const target = { terminal: terminal.id, device };
  const now = terminal.manners[device];
  return (
    <div className="manner">
      <DockChoice
        label={t('manner.label')}
        name={t(`${key}.manner`)}
        value={now}
        isOdd={now !== 'correct'}
        options={WIRE_MANNERS.map((manner) => ({ value: manner, label: t(`manner.${manner}`) }))}
        onChoose={(manner) => line.act((client) => client.behave({ ...target, manner }))}
      />
      <button
        type="button"
        disabled={!terminal.plugged[device]}
        aria-label={t(`${key}.flood`)}
        onClick={() => line.act((client) => client.flood(target))}
      >
        {t('device.flood')}
      </button>
    </div>
  );
}
