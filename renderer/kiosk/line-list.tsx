import { Check, Clock3, Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Line, Notice } from '#shared/contract/kiosk.ts';
import { unreachable } from '#shared/result.ts';
import { ItemIcon } from '#renderer/ui/item-icon.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useDueText } from './due-text.ts';
import { useServices, useSpeech, useView } from './kiosk-context.tsx';
import { VIEW, WANTED } from './scroll-area.tsx';
import { cardReaderWords, lineSpokenOf, refusalWords } from './notice-words.ts';
import { showRow } from './whole-rows.ts';

const BADGES = { lent: Check, returned: Check, waiting: Clock3, 'taken-back': Undo2, refused: X } as const;

interface OutcomeProps {
  readonly outcome: Line['outcome'];
  /** Masked; whose sheet it is. */
  readonly borrowerName: string | null;
}

function Outcome({ outcome, borrowerName }: OutcomeProps) {
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
          {outcome.name === '' || outcome.name === borrowerName ? null : (
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
          <span className="line__refused">
            <Unbroken text={why} />
          </span>
          <span className="line__small">
            <span>
              <Unbroken text={help} />
            </span>
          </span>
        </>
      );
    }
    default:
      return unreachable(outcome);
  }
}

function LineContent({ line, borrowerName }: { readonly line: Line; readonly borrowerName: string | null }) {
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
          <span className="line__name">
            <Unbroken text={say(line.name)} />
          </span>
          <span className="line__small">
            <span className="line__code">{line.item}</span>
            {line.note === null ? null : (
              <span className="line__note">
                <Unbroken text={say(line.note)} />
              </span>
            )}
          </span>
        </span>
        <span className="line__outcome">
          <Outcome outcome={line.outcome} borrowerName={borrowerName} />
        </span>
      </span>
    </>
  );
}

/** One item on a sheet. What can be given back is a button as a whole. */
interface LineRowProps extends Omit<LineListProps, 'lines' | 'notice'> {
  readonly line: Line;
  /** Whether what is said beside the list is about this line. */
  readonly marked: boolean;
}

function LineRow({ line, canGiveBack, borrowerName, marked }: LineRowProps) {
  const { kiosk } = useServices();
  const { t, say } = useSpeech();
  const { kind } = line.outcome;
  const look = marked ? `line--${kind} line--marked` : `line--${kind}`;
  if (!canGiveBack || (kind !== 'lent' && kind !== 'waiting')) {
    return (
      <div className={`line ${look}`}>
        <LineContent line={line} borrowerName={borrowerName} />
      </div>
    );
  }
  const values = { item: say(line.name), code: line.item };
  return (
    <Button
      className={`line line--button ${look}`}
      aria-label={kind === 'lent' ? t('line.takeBackName', values) : t('line.dropName', values)}
      onPress={() => kiosk.takeBack(line.id)}
    >
      <LineContent line={line} borrowerName={borrowerName} />
      <span className="line__give-back">{kind === 'lent' ? t('line.takeBack') : t('line.drop')}</span>
    </Button>
  );
}

export interface LineListProps {
  readonly lines: readonly Line[];
  /** False on sheets that are over. */
  readonly canGiveBack: boolean;
  readonly notice: Notice | null;
  /** Masked; whose sheet it is. Null where nobody's card is known. */
  readonly borrowerName: string | null;
}

/** The items of a sheet, oldest first; a new one, and the one that is spoken of, is scrolled into view. */
export function LineList({ lines, canGiveBack, notice, borrowerName }: LineListProps) {
  const list = useRef<HTMLUListElement>(null);
  const marked = lineSpokenOf(notice, lines)?.id ?? null;
  const newest = lines.at(-1)?.id ?? null;
  // A list that opens is read from its top; only what comes later is brought into view.
  const [newestAtFirst] = useState(newest);
  const wanted = marked ?? (newest === newestAtFirst ? null : newest);
  // The same notice a second time brings its line into view again.
  const occasion = wanted === null ? null : `${notice?.seq ?? 0} ${wanted}`;
  useEffect(() => {
    const row = list.current?.querySelector(WANTED);
    const view = row?.closest(`.${VIEW}`);
    if (occasion !== null && row && view) showRow(view, row);
  }, [occasion]);
  return (
    <ul className="lines" ref={list}>
      {lines.map((line) => (
        <li key={line.id} data-wanted={line.id === wanted}>
          <LineRow line={line} canGiveBack={canGiveBack} borrowerName={borrowerName} marked={line.id === marked} />
        </li>
      ))}
    </ul>
  );
}
