import { House, Search, X } from 'lucide-react';
import { useMemo } from 'react';
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { CATEGORIES } from '#shared/content/leaflet.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { ScrollArea } from '../scroll-area.tsx';
import { LeafletPicture } from './leaflet-picture.tsx';
import { useLeaflets, usePick, useShownNow } from './leaflets-context.tsx';
import { type List } from './place.ts';
import { SearchKeys } from './search-keys.tsx';
import { useFound } from './use-found.ts';

/** Cards at once: more are found by searching. */
const MOST_CARDS = 200;

function Card({ leaflet }: { readonly leaflet: ReleasedLeaflet }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  const title = pick(leaflet.title);
  const summary = pick(leaflet.summary);
  return (
    <li>
      <Button className="leaflet-card" aria-label={title.text} onPress={() => leaflets.open(leaflet.id)}>
        <LeafletPicture leaflet={leaflet} />
        <span className="leaflet-card__words">
          <span className="leaflet-card__title" lang={title.lang}>
            <Unbroken text={title.text} />
          </span>
          <span className="leaflet-card__summary" lang={summary.lang}>
            <Unbroken text={summary.text} />
          </span>
          <span className="leaflet-card__marks">
            {leaflet.priority === 'emergency' ? (
              <em className="leaflet-mark--alarm">{t('reading.emergency')}</em>
            ) : null}
            {leaflet.priority === 'pinned' ? <em>{t('reading.pinned')}</em> : null}
            <span>{t(`reading.${leaflet.category}`)}</span>
            <span>{t(`reading.${leaflet.body.kind}`)}</span>
          </span>
        </span>
      </Button>
    </li>
  );
}

function Categories({ list, shown }: { readonly list: List; readonly shown: readonly ReleasedLeaflet[] }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const present = CATEGORIES.filter((category) => shown.some((each) => each.category === category));
  return (
    <ToggleButtonGroup
      className="leaflet-tabs"
      aria-label={t('reading.categories')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[list.category ?? 'all']}
      onSelectionChange={([chosen]) =>
        leaflets.list({ ...list, category: CATEGORIES.find((category) => category === chosen) ?? null })
      }
    >
      {(['all', ...present] as const).map((category) => (
        <ToggleButton key={category} id={category} className="small-button">
          {t(`reading.${category}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** All that can be read here now: by category, or searched. */
export function ListScreen({ list }: { readonly list: List }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const shown = useShownNow();
  const inCategory = useMemo(
    () => (list.category === null ? shown : shown.filter(({ category }) => category === list.category)),
    [shown, list.category],
  );
  const found = useFound(inCategory, list.query);
  const cards = found.slice(0, MOST_CARDS);
  return (
    <main className={list.searching ? 'reading reading--searching' : 'reading'}>
      <div className="reading__bar">
        <Button className="small-button reading__back" onPress={() => leaflets.back()}>
          <span>
            <House aria-hidden="true" />
            {t('reading.home')}
          </span>
        </Button>
        <ToggleButton
          className="small-button reading__search"
          isSelected={list.searching}
          onChange={(searching) => leaflets.list({ ...list, searching, query: searching ? list.query : '' })}
        >
          <span>
            {list.searching ? <X aria-hidden="true" /> : <Search aria-hidden="true" />}
            {list.searching ? t('reading.closeKeys') : t('reading.search')}
          </span>
        </ToggleButton>
      </div>
      <Categories list={list} shown={shown} />
      <div className="reading__list">
        <ScrollArea of="leaflets" key={`${list.category ?? ''}/${list.query}`}>
          <ul className="leaflet-cards">
            {cards.map((leaflet) => (
              <Card key={leaflet.id} leaflet={leaflet} />
            ))}
          </ul>
          {found.length > cards.length ? (
            <p className="reading__note">{t('reading.tooMany', { count: cards.length })}</p>
          ) : null}
          {found.length === 0 ? (
            <p className="reading__note">{list.query === '' ? t('reading.none') : t('reading.noneFound')}</p>
          ) : null}
        </ScrollArea>
      </div>
      {list.searching ? <SearchKeys query={list.query} onQuery={(query) => leaflets.list({ ...list, query })} /> : null}
    </main>
  );
}
