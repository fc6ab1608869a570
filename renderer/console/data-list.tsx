import { Grid, Pagination, Select } from 'antd';
import { useI18n } from './i18n.tsx';
import type { DataListProps } from './list-column.ts';
import { PAGE_SIZES } from './list-state.ts';
import { SortedTable } from './sorted-table.tsx';

function Cards<Row, Sort extends string>({ label, emptyText, columns, rowKey, rows }: DataListProps<Row, Sort>) {
  if (rows !== undefined && rows.length === 0) return <p className="empty">{emptyText}</p>;
  return (
    <ul className="row-cards" aria-label={label}>
      {(rows ?? []).map((row) => (
        <li key={rowKey(row)}>
          <div className="row-card-head">
            {columns
              .filter((column) => column.head)
              .map((column) => (
                <span key={column.key}>{column.render(row)}</span>
              ))}
          </div>
          <dl>
            {columns
              .filter((column) => !column.head)
              .map((column) => ({ column, content: column.render(row) }))
              // An empty cell keeps a table straight; on a card it would be a line that says nothing.
              .filter(({ content }) => content !== null)
              .map(({ column, content }) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{content}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function SortChoice<Row, Sort extends string>({ columns, view, onView }: DataListProps<Row, Sort>) {
  const { t } = useI18n();
  return (
    <div className="sort-choice">
      <label>
        {t('filter.sort')}
        <Select<Sort>
          aria-label={t('filter.sort')}
          value={view.sort}
          options={columns.flatMap(({ sort, title }) => (sort === undefined ? [] : [{ value: sort, label: title }]))}
          onChange={(sort) => onView({ sort })}
        />
      </label>
      <button type="button" className="direction" onClick={() => onView({ desc: !view.desc })}>
        {t(view.desc ? 'filter.descending' : 'filter.ascending')} <span aria-hidden>{view.desc ? '↓' : '↑'}</span>
      </button>
    </div>
  );
}

/** A list that the server filters, sorts and pages: a table, or cards where the screen is narrow. */
export function DataList<Row extends object, Sort extends string>(props: DataListProps<Row, Sort>) {
  const { view, onView, total, totalText } = props;
  const screens = Grid.useBreakpoint();
  const narrow = screens.md === false;
  return (
    <div className="card list-card" aria-busy={props.loading}>
      {narrow && props.columns.some(({ sort }) => sort !== undefined) && <SortChoice {...props} />}
      {narrow ? <Cards {...props} /> : <SortedTable {...props} />}
      {total === 0 ? null : (
        <div className="list-foot">
          <Pagination
            current={view.page}
            pageSize={view.size}
            total={total}
            simple={narrow}
            showTotal={totalText}
            showSizeChanger={!narrow}
            pageSizeOptions={[...PAGE_SIZES]}
            onChange={(page, pageSize) => {
              const size = PAGE_SIZES.find((known) => known === pageSize) ?? view.size;
              onView(size === view.size ? { page } : { size, page: 1 });
            }}
          />
        </div>
      )}
    </div>
  );
}
