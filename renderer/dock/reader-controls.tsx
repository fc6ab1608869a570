import { useId, useMemo, useState } from 'react';
import { CARD_WAYS, type CardWay, type DockWorld, READER_MOODS } from '#shared/contract/dock.ts';
import { DockChoice } from './dock-choice.tsx';
import { useDockLanguage } from './dock-language.ts';
import type { DockLine } from './dock-line.ts';
import { findResidents } from './finding.ts';
import type { DockTerminal } from './dock-terminal.ts';

interface ReaderControlsProps {
  readonly terminal: DockTerminal;
  readonly residents: DockWorld['residents'];
  readonly line: DockLine;
}

/** Tapping the card of a resident; those of this garden come first. */
export function ReaderControls({ terminal, residents, line }: ReaderControlsProps) {
  const { t, pick } = useDockLanguage();
  const id = useId();
  const [search, setSearch] = useState('');
  const [way, setWay] = useState<CardWay>('tap');
  const [chosen, setChosen] = useState<number | null>(null);
  const { station, stationName, card } = terminal;
  const found = useMemo(
    () => findResidents(residents, search, [station, stationName.zh, stationName.en]),
    [residents, search, station, stationName],
  );
  const resident = (found.find(({ index }) => index === chosen) ?? found[0])?.index;
  const tap = () => {
    if (resident !== undefined) line.act((client) => client.tapCard({ terminal: terminal.id, resident, way }));
  };
  const onReader = card === null ? undefined : residents[card]?.name;
  return (
    <fieldset className="controls" disabled={!terminal.plugged['card-reader']} aria-label={t('reader.name')}>
      <form
        className="finder"
        onSubmit={(event) => {
          event.preventDefault();
          tap();
        }}
      >
        <label htmlFor={`${id}-search`}>{t('reader.search')}</label>
        <input
          id={`${id}-search`}
          type="search"
          placeholder={t('reader.searchHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select
          size={4}
          aria-label={t('reader.residents')}
          value={resident ?? ''}
          onChange={(event) => setChosen(Number(event.target.value))}
          onDoubleClick={tap}
        >
          {found.map(({ index, resident: { name, garden } }) => (
            <option key={index} value={index}>
              {[name, pick(garden)].join(' · ')}
            </option>
          ))}
          {found.length === 0 && <option value="">{t('noMatch')}</option>}
        </select>
        <button type="submit" className="primary" disabled={resident === undefined}>
          {t('reader.tap')}
        </button>
      </form>
      <div className="manner">
        <DockChoice
          label={t('reader.way')}
          value={way}
          options={CARD_WAYS.map((each) => ({ value: each, label: t(`way.${each}`) }))}
          onChoose={setWay}
        />
        <DockChoice
          label={t('reader.mood')}
          value={terminal.mood}
          isOdd={terminal.mood !== 'well'}
          options={READER_MOODS.map((mood) => ({ value: mood, label: t(`mood.${mood}`) }))}
          onChoose={(mood) => line.act((client) => client.mood({ terminal: terminal.id, mood }))}
        />
      </div>
      <output className={onReader === undefined ? 'on-reader' : 'on-reader lit'}>
        {onReader === undefined ? t('reader.empty') : t('reader.card', { name: onReader })}
      </output>
    </fieldset>
  );
}
