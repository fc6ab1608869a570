import type { PropsWithChildren } from 'react';
import { LiveMark } from './live-mark.tsx';
import { useMay } from './may.ts';

/** A page's name, one line about it, and whether what it shows is live. */
export function PageHead({
  title,
  lead,
  children,
}: PropsWithChildren<{ readonly title: string; readonly lead: string }>) {
  const watches = useMay('events.watch');
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
      </div>
      <div className="page-head-side">
        {children}
        {watches && <LiveMark />}
      </div>
    </div>
  );
}
