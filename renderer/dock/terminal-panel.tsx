import { CreditCard, ExternalLink, IdCardLanyard, ScanBarcode } from 'lucide-react';
import type { DockWorld } from '#shared/contract/dock.ts';
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
      <div className="device">
        <div className="device-head">
          <ScanBarcode aria-hidden size={20} />
          <h3>{t('scanner.name')}</h3>
          <DeviceTrouble device="scanner" terminal={terminal} line={line} />
        </div>
        <LineManner device="scanner" terminal={terminal} line={line} />
        <ScannerControls terminal={terminal} items={items} line={line} />
      </div>
      <div className="device">
        <div className="device-head">
          <CreditCard aria-hidden size={20} />
          <h3>{t('reader.name')}</h3>
          <DeviceTrouble device="card-reader" terminal={terminal} line={line} />
        </div>
        <LineManner device="card-reader" terminal={terminal} line={line} />
        <ReaderControls terminal={terminal} residents={residents} line={line} />
      </div>
      <div className="device">
        <div className="device-head">
          <IdCardLanyard aria-hidden size={20} />
          <h3>{t('staffReader.name')}</h3>
          <DeviceTrouble device="ic-card-reader" terminal={terminal} line={line} />
        </div>
        <LineManner device="ic-card-reader" terminal={terminal} line={line} />
        <button
          type="button"
          className="primary"
          disabled={!terminal.plugged['ic-card-reader']}
          onClick={() => line.act((client) => client.tapStaffCard({ terminal: terminal.id }))}
        >
          {t('staffReader.tap')}
        </button>
      </div>
    </section>
  );
}
