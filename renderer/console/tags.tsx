import type { ItemRow } from '#shared/contract/console.ts';
import { useI18n } from './i18n.tsx';

/** Whether an item is in stock or on loan. */
export function StatusTag({ status }: { readonly status: ItemRow['status'] }) {
  const { t } = useI18n();
  return <span className={`tag tag-${status}`}>{t(status === 'in-stock' ? 'status.inStock' : 'status.onLoan')}</span>;
}

const EXCEPTIONS = {
  'lent-twice': 'exception.lentTwice',
  'returned-unlent': 'exception.returnedUnlent',
  unreadable: 'exception.unreadable',
} as const;

/** The contradictions an item has, each kind once; a kind of a later version is shown by its code. */
export function ExceptionTags({ kinds }: { readonly kinds: readonly string[] }) {
  const { t } = useI18n();
  const text = (kind: string) => {
    const known = Object.entries(EXCEPTIONS).find(([code]) => code === kind);
    return known === undefined ? kind : t(known[1]);
  };
  return (
    <span className="tags">
      {[...new Set(kinds)].map((kind) => (
        <span key={kind} className="tag tag-alarm">
          {text(kind)}
        </span>
      ))}
    </span>
  );
}
