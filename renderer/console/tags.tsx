import type { ItemRow } from '#shared/contract/console.ts';
import { useI18n } from './i18n.tsx';

/** What the statuses of items are called. */
export const STATUSES = {
  'in-stock': 'status.inStock',
  'on-loan': 'status.onLoan',
  'in-transfer': 'status.inTransfer',
  'set-aside': 'status.setAside',
  damaged: 'status.damaged',
  lost: 'status.lost',
  retired: 'status.retired',
} as const;

/** Whether an item is in stock, on loan, or why it is neither. */
export function StatusTag({ status }: { readonly status: ItemRow['status'] }) {
  const { t } = useI18n();
  return <span className={`tag tag-${status}`}>{t(STATUSES[status])}</span>;
}

const EXCEPTIONS = {
  'lent-twice': 'exception.lentTwice',
  'lent-while-lost': 'exception.lentWhileLost',
  'lent-while-aside': 'exception.lentWhileAside',
  'returned-unlent': 'exception.returnedUnlent',
  'renewed-unlent': 'exception.renewedUnlent',
  'counted-while-lent': 'exception.countedWhileLent',
  'moved-while-lent': 'exception.movedWhileLent',
  'transfer-twice': 'exception.transferTwice',
  'reservation-clash': 'exception.reservationClash',
  'undone-unknown': 'exception.undoneUnknown',
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
