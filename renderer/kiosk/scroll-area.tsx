import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PropsWithChildren, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSpeech } from './kiosk-context.tsx';
import { fillWithRows, fitRoomAfter, scrollOn, showRow } from './whole-rows.ts';

interface Unseen {
  /** Whether the content is higher than its view. */
  readonly overflows: boolean;
  /** Rows (`li`) above and below what is seen. */
  readonly above: number;
  readonly below: number;
}

/** The class of the element that scrolls. */
export const VIEW = 'scroll__view';
/** Finds the row that is to be seen. */
export const WANTED = '[data-wanted="true"]';
const NOTHING: Unseen = { overflows: false, above: 0, below: 0 };
/** A row of which more than this part is hidden counts as not seen. */
const HIDDEN_PART = 0.3;

function look(view: HTMLElement, content: HTMLElement, cue: HTMLElement | null): Unseen {
  // Measured with the cue away, so that the cue's own height does not decide whether it is needed.
  const room = view.clientHeight + (cue?.offsetHeight ?? 0);
  if (content.offsetHeight <= room + 1) return NOTHING;
  const { top, bottom } = view.getBoundingClientRect();
  const rows = [...content.querySelectorAll('li')].map((row) => row.getBoundingClientRect());
  return {
    overflows: true,
    above: rows.filter((row) => top - row.top > row.height * HIDDEN_PART).length,
    below: rows.filter((row) => row.bottom - bottom > row.height * HIDDEN_PART).length,
  };
}

export interface ScrollAreaProps {
  /** What its rows are, as the cue counts them. */
  readonly of: 'items' | 'types' | 'leaflets';
}

/**
 * Content that may be higher than its place: says in words how many rows are above and below, and a press on the latter goes
 * there. It stands still only where the row on top is whole.
 */
export function ScrollArea({ of, children }: PropsWithChildren<ScrollAreaProps>) {
  const { t } = useSpeech();
  const view = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const cue = useRef<HTMLDivElement>(null);
  const [{ overflows, above, below }, setUnseen] = useState(NOTHING);

  useLayoutEffect(() => {
    const element = view.current;
    const rows = content.current;
    if (element === null || rows === null) return undefined;
    const update = () => {
      if (of === 'types') fillWithRows(element);
      fitRoomAfter(element);
      const now = look(element, rows, cue.current);
      setUnseen((before) =>
        before.overflows === now.overflows && before.above === now.above && before.below === now.below ? before : now,
      );
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    observer.observe(rows);
    // Its rows may take all the room there is: only whoever gives the room sees that there is more.
    const giver = element.parentElement?.parentElement;
    if (giver) observer.observe(giver);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [of]);

  // The cue takes its height from the view: what was just brought into view may be out of it again.
  useLayoutEffect(() => {
    const row = view.current?.querySelector(WANTED);
    if (overflows && view.current && row) showRow(view.current, row);
  }, [overflows]);

  const go = () => {
    if (view.current === null) return;
    if (below === 0) view.current.scrollTo({ top: 0, behavior: 'smooth' });
    else scrollOn(view.current);
  };
  return (
    <div className="scroll">
      <div className={VIEW} ref={view}>
        <div ref={content}>{children}</div>
        <div aria-hidden="true" />
      </div>
      {above > 0 ? (
        <p className="scroll__above">
          <ArrowUp aria-hidden="true" />
          {t(`scroll.above.${of}`, { count: above })}
        </p>
      ) : null}
      {overflows ? (
        <div className={below === 0 ? 'scroll__cue' : 'scroll__cue scroll__cue--more'} ref={cue}>
          <Button className="scroll__button" onPress={go}>
            {below === 0 ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
            {below === 0 ? t('scroll.top') : t(`scroll.more.${of}`, { count: below })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
