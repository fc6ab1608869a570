import type { ReactNode } from 'react';
import type { PAGE_SIZES } from './list-state.ts';

export interface ListColumn<Row, Sort extends string> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** The order the server knows for this column. */
  readonly sort?: Sort;
  readonly width?: number;
  /** Heads the card on narrow screens, where a table does not fit. */
  readonly head?: boolean;
}

export interface ListView<Sort extends string> {
  readonly sort: Sort;
  readonly desc: boolean;
  readonly page: number;
  readonly size: (typeof PAGE_SIZES)[number];
}

export interface DataListProps<Row, Sort extends string> {
  readonly label: string;
  readonly emptyText: string;
  readonly totalText: (count: number) => string;
  readonly columns: readonly ListColumn<Row, Sort>[];
  readonly rowKey: (row: Row) => string;
  readonly rows: readonly Row[] | undefined;
  readonly total: number;
  readonly loading: boolean;
  readonly view: ListView<Sort>;
  readonly onView: (change: Partial<ListView<Sort>>) => void;
}
