import { type FormEvent, useId, useMemo, useState } from 'react';
import type { DockWorld } from '#shared/contract/dock.ts';
import { useDockLanguage } from './dock-language.ts';
import type { DockLine } from './dock-line.ts';
import { findItems, firstOfEachType } from './finding.ts';
import type { DockTerminal } from './dock-terminal.ts';

interface ScannerControlsProps {
  readonly terminal: DockTerminal;
  readonly items: DockWorld['items'];
  readonly line: DockLine;
}

/** Scanning: one of each type by a click, any item from the list, any text at all. */
export function ScannerControls({ terminal, items, line }: ScannerControlsProps) {
  const { t, pick } = useDockLanguage();
  const id = useId();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const quick = useMemo(() => firstOfEachType(items, terminal.station), [items, terminal.station]);
  const found = useMemo(() => findItems(items, search, terminal.station), [items, search, terminal.station]);
  const label = found.find((item) => item.label === chosen)?.label ?? found[0]?.label;
  const scan = (what: string | undefined) => {
    if (what !== undefined && what !== '') line.act((client) => client.scan({ terminal: terminal.id, text: what }));
  };
  const submit = (what: string | undefined) => (event: FormEvent) => {
    event.preventDefault();
    scan(what);
  };
  return (
    <fieldset className="controls" disabled={!terminal.plugged.scanner} aria-label={t('scanner.name')}>
      <fieldset className="chips" aria-label={t('scanner.quick')} title={t('scanner.quick')}>
        {quick.map((item) => (
          <button
            key={item.item}
            type="button"
            className="chip"
            aria-label={t('scanner.quickOne', { type: pick(item.typeName), item: item.item })}
            onClick={() => scan(item.label)}
          >
            {pick(item.typeName)}
          </button>
        ))}
      </fieldset>
      <form className="finder" onSubmit={submit(label)}>
        <label htmlFor={`${id}-search`}>{t('scanner.search')}</label>
        <input
          id={`${id}-search`}
          type="search"
          placeholder={t('scanner.searchHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select
          size={6}
          aria-label={t('scanner.items')}
          value={label ?? ''}
          onChange={(event) => setChosen(event.target.value)}
          onDoubleClick={() => scan(label)}
        >
          {found.map((item) => (
            <option key={item.item} value={item.label}>
              {[item.label, item.home, pick(item.typeName), ...(item.note === null ? [] : [pick(item.note)])].join(
                ' · ',
              )}
            </option>
          ))}
          {found.length === 0 && <option value="">{t('noMatch')}</option>}
        </select>
        <button type="submit" className="primary" disabled={label === undefined}>
          {t('scanner.scan')}
        </button>
      </form>
      <form className="finder one-line" onSubmit={submit(text)}>
        <label htmlFor={`${id}-text`}>{t('scanner.text')}</label>
        <input
          id={`${id}-text`}
          placeholder={t('scanner.textHint')}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" disabled={text === ''}>
          {t('scanner.scanText')}
        </button>
      </form>
    </fieldset>
  );
}
