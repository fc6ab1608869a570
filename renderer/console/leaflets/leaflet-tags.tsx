import type { Priority } from '#shared/content/leaflet.ts';
import type { LeafletState } from '#shared/contract/leaflets.ts';
import { useI18n } from '../i18n.tsx';

const LOOKS: Readonly<Record<LeafletState | 'expired', string>> = {
  draft: 'tag',
  submitted: 'tag tag-on-loan',
  approved: 'tag tag-on-loan',
  published: 'tag tag-in-stock',
  expired: 'tag',
  replaced: 'tag',
  withdrawn: 'tag tag-alarm',
};

export function LeafletStateTag({ state }: { readonly state: LeafletState | 'expired' }) {
  const { t } = useI18n();
  return <span className={LOOKS[state]}>{t(`leafletState.${state}`)}</span>;
}

/** What is out of the ordinary only. */
export function PriorityTag({ priority }: { readonly priority: Priority }) {
  const { t } = useI18n();
  if (priority === 'normal') return null;
  return <span className={priority === 'emergency' ? 'tag tag-alarm' : 'tag'}>{t(`priority.${priority}`)}</span>;
}
