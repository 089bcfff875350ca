/**
 * A table of any length of which only the rows in sight exist. Plain elements with table roles; rows
 * come a page at a time. Not for short tables, which use antd's.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { zh } from "../zh";
import { TableBox } from "./TableBox";
import { type CellText, tableOut } from "./tableOut";

export interface Column<Row> {
  key: string;
  title: string;
  /** A width as in CSS grid: "120px", "minmax(80px, 1fr)". */
  width: string;
  cell: (row: Row) => ReactNode;
  /** What leaves the program when the table is copied or saved; a column without it stays. */
  text?: (row: Row) => CellText;
}

interface Props<Row> {
  columns: Column<Row>[];
  total: number;
  row: (index: number) => Row | undefined;
  /** The rows in sight, so that their pages can be fetched. */
  onSight: (first: number, last: number) => void;
  /** Every row, for copying and saving. */
  readAll: () => Promise<Row[]>;
  label: string;
  testid: string;
  empty: ReactNode;
  rowTestid?: (row: Row) => string;
  minWidth?: number;
  /**
   * Height of a row, of every row or of each by what it holds; one line's without it. Cells of several lines are the
   * columns' business.
   */
  rowPx?: number | ((row: Row) => number);
}

const ROW_PX = 32;

interface RowProps {
  columns: Column<unknown>[];
  value: unknown;
  index: number;
  /** Px from the top of the list. */
  start: number;
  height: number;
  widths: string;
  name: string | undefined;
}

/** Drawn anew only when its own content is another: typing a search draws no row of the list it leaves. */
const RowInSight = memo(function RowInSight(props: RowProps) {
  const { columns, value, index, start, height, widths, name } = props;
  return (
    <div
      className={height > ROW_PX ? "vtable-row vtable-high" : "vtable-row"}
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      style={{ gridTemplateColumns: widths, height, transform: `translateY(${start}px)` }}
      {...(name === undefined ? {} : { "data-testid": name })}
    >
      {columns.map((column, at) => (
        <span key={column.key} role="cell" data-col={at}>
          {value === undefined ? null : column.cell(value)}
        </span>
      ))}
    </div>
  );
});

export function VirtualTable<Row>(props: Props<Row>) {
  const { columns, total, row, onSight, readAll, label, testid, empty, rowTestid, minWidth } = props;
  const { rowPx = ROW_PX } = props;
  const heightOf = (index: number) => {
    if (typeof rowPx === "number") return rowPx;
    const value = row(index);
    return value === undefined ? ROW_PX : rowPx(value);
  };
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 6,
  });
  // Rows of their own height are known as their page comes.
  const heights = typeof rowPx === "number" ? rowPx : row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what the virtualizer measures by
  useLayoutEffect(() => rows.measure(), [heights]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (total > 0) onSight(first, last);
  }, [onSight, first, last, total]);
  const widths = columns.map((column) => column.width).join(" ");

  const read = async () => {
    const leaving = columns.flatMap(({ title, text }) => (text ? [{ title, text }] : []));
    return tableOut(label, leaving, await readAll());
  };
  const cells = (index: number) => {
    const value = row(index);
    return value ? columns.map(({ text }) => text?.(value)) : [];
  };

  return (
    <TableBox name={testid} read={read} cells={cells} fill>
      <div className="vtable" data-testid={testid}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <div className="vtable-scroll" ref={scroller} tabIndex={0}>
          <div role="table" aria-label={label} aria-rowcount={total + 1} style={{ minWidth: minWidth ?? 0 }}>
            <div
              className="vtable-row vtable-head"
              role="row"
              aria-rowindex={1}
              style={{ gridTemplateColumns: widths }}
            >
              {columns.map((column) => (
                <span key={column.key} role="columnheader">
                  {column.title}
                </span>
              ))}
            </div>
            <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
              {items.map((item) => {
                const value = row(item.index);
                return (
                  <RowInSight
                    key={item.key}
                    columns={columns as Column<unknown>[]}
                    value={value}
                    index={item.index}
                    start={item.start}
                    height={item.size}
                    widths={widths}
                    name={value && rowTestid ? rowTestid(value) : undefined}
                  />
                );
              })}
            </div>
          </div>
          {total === 0 ? <div className="vtable-empty">{empty}</div> : null}
        </div>
        <span className="visually-hidden" aria-live="polite">
          {total > 0 && !row(first) ? zh.table.loading : ""}
        </span>
      </div>
    </TableBox>
  );
}
