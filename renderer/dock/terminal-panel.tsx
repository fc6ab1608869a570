import { CreditCard, ExternalLink, IdCardLanyard, type LucideIcon, ScanBarcode } from 'lucide-react';
import type { PropsWithChildren } from 'react';
import type { DockDevice, DockWorld } from '#shared/contract/dock.ts';
import { DEVICE_WORDS } from './device-words.ts';
import { useDockLanguage } from './dock-language.ts';
import type { DockTerminal } from './dock-terminal.ts';
import type { DockLine } from './dock-line.ts';
import { ReaderControls } from './reader-controls.tsx';
import { ScannerControls } from './scanner-controls.tsx';
import { DeviceTrouble, LineManner } from './device-trouble.tsx';

interface TerminalPanelProps {
  readonly terminal: DockTerminal;
  readonly items: DockWorld['items'];
  readonly residents: DockWorld['residents'];
  readonly line: DockLine;
}

interface DeviceProps {
  readonly device: DockDevice;
  readonly icon: LucideIcon;
  readonly terminal: DockTerminal;
  readonly line: DockLine;
}

/** A device: what it is, the ways to make trouble with it, and what it can be made to do. */
function Device({ device, icon: Icon, terminal, line, children }: PropsWithChildren<DeviceProps>) {
  const { t } = useDockLanguage();
  return (
    <div className="device">
      <div className="device-head">
        <Icon aria-hidden size={20} />
        <h3>{t(`${DEVICE_WORDS[device]}.name`)}</h3>
        <DeviceTrouble device={device} terminal={terminal} line={line} />
      </div>
      <LineManner device={device} terminal={terminal} line={line} />
      {children}
    </div>
  );
}

/** One terminal and its three devices. */
export function TerminalPanel({ terminal, items, residents, line }: TerminalPanelProps) {
  const { t, pick } = useDockLanguage();
  return (
    <section className="panel terminal" aria-label={terminal.id}>
      <div className="terminal-head">
        <h2>{terminal.id}</h2>
        <span>{pick(terminal.stationName)}</span>
        <a className="link" href={terminal.kioskUrl} target="_blank" rel="noreferrer">
          {t('terminal.kiosk')}
          <ExternalLink aria-hidden size={15} />
        </a>
      </div>
      <Device device="scanner" icon={ScanBarcode} terminal={terminal} line={line}>
        <ScannerControls terminal={terminal} items={items} line={line} />
      </Device>
      <Device device="card-reader" icon={CreditCard} terminal={terminal} line={line}>
        <ReaderControls terminal={terminal} residents={residents} line={line} />
      </Device>
      <Device device="ic-card-reader" icon={IdCardLanyard} terminal={terminal} line={line}>
        <button
          type="button"
          className="primary"
          disabled={!terminal.plugged['ic-card-reader']}
          onClick={() => line.act((client) => client.tapStaffCard({ terminal: terminal.id }))}
        >
          {t('staffReader.tap')}
        </button>
      </Device>
    </section>
  );
}
