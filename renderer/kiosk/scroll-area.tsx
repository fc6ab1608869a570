import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PropsWithChildren, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSpeech } from './kiosk-context.tsx';

interface Below {
  /** Whether the content is higher than its view. */
  readonly overflows: boolean;
  /** Rows (`li`) below what is seen. */
  readonly rows: number;
}

/** Finds the row that is to be seen. */
export const WANTED = '[data-wanted="true"]';
const NOTHING_BELOW: Below = { overflows: false, rows: 0 };
/** A row of which more than this part is hidden counts as below. */
const HIDDEN_PART = 0.3;
/** One press scrolls by so much of the view, so that what was read last is still seen. */
const STEP = 0.75;

function look(view: HTMLElement, cue: HTMLElement | null): Below {
  // Measured with the cue away, so that the cue's own height does not decide whether it is needed.
  const room = view.clientHeight + (cue?.offsetHeight ?? 0);
  if (view.scrollHeight <= room + 1) return NOTHING_BELOW;
  const { bottom } = view.getBoundingClientRect();
  const rows = [...view.querySelectorAll('li')].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom - bottom > box.height * HIDDEN_PART;
  });
  return { overflows: true, rows: rows.length };
}

export interface ScrollAreaProps {
  /** What its rows are, as the cue counts them. */
  readonly of: 'items' | 'types';
}

/** Content that may be higher than its place: says in words how many rows are below, and a press on that goes there. */
export function ScrollArea({ of, children }: PropsWithChildren<ScrollAreaProps>) {
  const { t } = useSpeech();
  const view = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const cue = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(NOTHING_BELOW);

  useLayoutEffect(() => {
    const element = view.current;
    if (element === null || content.current === null) return undefined;
    const update = () => {
      const now = look(element, cue.current);
      setBelow((before) => (before.overflows === now.overflows && before.rows === now.rows ? before : now));
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    observer.observe(content.current);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, []);

  // The cue takes its height from the view: what was just brought into view may be out of it again.
  useLayoutEffect(() => {
    if (below.overflows) view.current?.querySelector(WANTED)?.scrollIntoView({ block: 'nearest' });
  }, [below.overflows]);

  const go = () => {
    const element = view.current;
    if (element === null) return;
    if (below.rows === 0) element.scrollTo({ top: 0, behavior: 'smooth' });
    else element.scrollBy({ top: element.clientHeight * STEP, behavior: 'smooth' });
  };
  return (
    <div className="scroll">
      <div className="scroll__view" ref={view}>
        <div ref={content}>{children}</div>
      </div>
      {below.overflows ? (
        <div className={below.rows === 0 ? 'scroll__cue' : 'scroll__cue scroll__cue--more'} ref={cue}>
          <Button className="scroll__button" onPress={go}>
            {below.rows === 0 ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
            {below.rows === 0 ? t('scroll.top') : t(`scroll.more.${of}`, { count: below.rows })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
