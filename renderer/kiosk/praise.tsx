import type { LucideIcon } from 'lucide-react';
import { Unbroken } from '#renderer/ui/unbroken.tsx';

export interface PraiseProps {
  readonly picture: LucideIcon;
  readonly title: string;
  readonly lead: string;
}

/** What has gone well, on green. */
export function Praise({ picture: Picture, title, lead }: PraiseProps) {
  return (
    <div className="praise" aria-live="polite">
      <span className="praise__picture" aria-hidden="true">
        <Picture />
      </span>
      <div>
        <h1 className="praise__title">
          <Unbroken text={title} />
        </h1>
        <p className="praise__lead">
          <Unbroken text={lead} />
        </p>
      </div>
    </div>
  );
}
