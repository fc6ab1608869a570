import { Check, Clock3, Undo2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import type { Line } from '#shared/contract/kiosk.ts';
import { unreachable } from '#shared/result.ts';
import { ItemIcon } from '#renderer/ui/item-icon.tsx';
import { useDueText } from './due-text.ts';
import { useServices, useSpeech, useView } from './kiosk-context.tsx';
import { cardReaderWords, refusalWords } from './notice-words.ts';

const BADGES = { lent: Check, returned: Check, waiting: Clock3, 'taken-back': Undo2, refused: X } as const;

function Outcome({ outcome }: { readonly outcome: Line['outcome'] }) {
  const { t } = useSpeech();
  const dueText = useDueText();
  const { devices } = useView();
  switch (outcome.kind) {
    case 'lent':
      return (
        <>
          <span className="line__due">{dueText(outcome.due)}</span>
          <span className="line__small line__where">{t('line.anyStation')}</span>
        </>
      );
    case 'waiting':
      return (
        <span className="line__state">{t(cardReaderWords(devices, t) === null ? 'line.waiting' : 'line.notLent')}</span>
      );
    case 'returned':
      return (
        <>
          <span className="line__due">{t('line.returned')}</span>
          {outcome.late ? <span className="line__small">{t('line.returnedLate')}</span> : null}
          {outcome.name === '' ? null : (
            <span className="line__small">{t('line.returnedFrom', { name: outcome.name })}</span>
          )}
        </>
      );
    case 'taken-back':
      return <span className="line__state">{t('line.takenBack')}</span>;
    case 'refused': {
      const { why, help } = refusalWords(outcome, t);
      return (
        <>
          <span className="line__refused">{why}</span>
          <span className="line__small">{help}</span>
        </>
      );
    }
    default:
      return unreachable(outcome);
  }
}

function LineContent({ line }: { readonly line: Line }) {
  const { say } = useSpeech();
  const Badge = BADGES[line.outcome.kind];
  return (
    <>
      <span className="line__picture">
        <ItemIcon icon={line.icon} />
        <span className="line__badge">
          <Badge aria-hidden="true" />
        </span>
      </span>
      <span className="line__text">
        <span className="line__what">
          <span className="line__name">{say(line.name)}</span>
          <span className="line__small">
            <span className="line__code">{line.item}</span>
            {line.note === null ? null : <span className="line__note">{say(line.note)}</span>}
          </span>
        </span>
        <span className="line__outcome">
          <Outcome outcome={line.outcome} />
        </span>
      </span>
    </>
  );
}

/** One item on a sheet. What can be given back is a button as a whole. */
function LineRow({ line, canGiveBack }: { readonly line: Line; readonly canGiveBack: boolean }) {
  const { kiosk } = useServices();
  const { t, say } = useSpeech();
  const { kind } = line.outcome;
  if (!canGiveBack || (kind !== 'lent' && kind !== 'waiting')) {
    return (
      <div className={`line line--${kind}`}>
        <LineContent line={line} />
      </div>
    );
  }
  const values = { item: say(line.name), code: line.item };
  return (
    <Button
      className={`line line--button line--${kind}`}
      aria-label={kind === 'lent' ? t('line.takeBackName', values) : t('line.dropName', values)}
      onPress={() => kiosk.takeBack(line.id)}
    >
      <LineContent line={line} />
      <span className="line__give-back">{kind === 'lent' ? t('line.takeBack') : t('line.drop')}</span>
    </Button>
  );
}

export interface LineListProps {
  readonly lines: readonly Line[];
  /** False on sheets that are over. */
  readonly canGiveBack: boolean;
}

/** The items of a sheet, oldest first; a new one is scrolled into view. */
export function LineList({ lines, canGiveBack }: LineListProps) {
  const list = useRef<HTMLUListElement>(null);
  const newest = lines.at(-1)?.id;
  const shown = useRef(newest);
  useEffect(() => {
    // A list that opens is read from its top; only what comes later is brought into view.
    if (shown.current !== newest) list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
    shown.current = newest;
  }, [newest]);
  return (
    <ul className="lines" ref={list}>
      {lines.map((line) => (
        <li key={line.id}>
          <LineRow line={line} canGiveBack={canGiveBack} />
        </li>
      ))}
    </ul>
  );
}
