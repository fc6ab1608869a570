import { ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import { useI18n } from './i18n.tsx';
import type { DataListProps, ListColumn } from './list-column.ts';

function SortMark({ active, desc }: { readonly active: boolean; readonly desc: boolean }) {
  if (!active) return <ChevronsUpDown aria-hidden size={15} className="sort-idle" />;
  return desc ? <ChevronDown aria-hidden size={15} /> : <ChevronUp aria-hidden size={15} />;
}

/**
 * A table whose heads sort. Not antd's: that one measures scroll bars with style elements, which the page's CSP
 * forbids, and all it would add here is the arrows.
 */
export function SortedTable<Row extends object, Sort extends string>(props: DataListProps<Row, Sort>) {
  const { label, columns, rows, rowKey, emptyText, view, onView } = props;
  const { t } = useI18n();
  const head = ({ key, title, sort, width }: ListColumn<Row, Sort>) => {
    const style = width === undefined ? {} : { width };
    if (sort === undefined) {
      return (
        <th key={key} scope="col" style={style}>
          {title}
        </th>
      );
    }
    const active = view.sort === sort;
    return (
      <th key={key} scope="col" style={style} aria-sort={active ? (view.desc ? 'descending' : 'ascending') : 'none'}>
        <button
          type="button"
          className="sort"
          title={t('filter.sort')}
          onClick={() => onView(active ? { desc: !view.desc } : { sort, desc: false })}
        >
          {title}
          <SortMark active={active} desc={view.desc} />
        </button>
      </th>
    );
  };
  return (
    <div className="scroll-x">
      <table className="plain-table sorted-table" aria-label={label}>
        <thead>
          <tr>{columns.map(head)}</tr>
        </thead>
        <tbody className={props.loading ? 'stale' : undefined}>
          {(rows ?? []).map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key}>{column.render(row) ?? <span className="none">—</span>}</td>
              ))}
            </tr>
          ))}
          {(rows === undefined || rows.length === 0) && (
            <tr>
              <td className="empty-cell" colSpan={columns.length}>
                {emptyText}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
