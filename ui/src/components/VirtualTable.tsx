/**
 * A table of any length of which only the rows in sight exist. Plain elements with table roles; rows
 * come a page at a time, and what kept them from coming is told above. Not for short tables, which use antd's.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { zh } from "../zh";
import { FailureNote } from "./FailureNote";
import { TableBox } from "./TableBox";
import { type CellText, tableOut } from "./tableOut";
import { isCut } from "./titleWhereCut";
import type { Pages } from "./usePages";

export interface Column<Row> {
  key: string;
  title: string;
  /** A width as in CSS grid: "120px", "minmax(80px, 1fr)". */
  width: string;
  cell: (row: Row) => ReactNode;
  /**
   * Stays in sight at this edge while the others are scrolled sideways. Those of the start stand first, those of the end
   * last, and their widths are in px.
   */
  frozen?: "start" | "end";
  /** What leaves the program when the table is copied or saved; a column without it stays. */
  text?: (row: Row) => CellText;
}

/** A column that shows as it is what leaves the program. */
export const plain = <Row,>(
  key: string,
  title: string,
  width: string,
  text: (row: Row) => string,
  frozen?: Column<Row>["frozen"],
): Column<Row> => ({ key, title, width, cell: text, text, ...(frozen && { frozen }) });

interface Props<Row> {
  columns: Column<Row>[];
  pages: Pages<Row>;
  label: string;
  testid: string;
  empty: ReactNode;
  rowTestid?: (row: Row) => string;
  /** Whether the row is the one that something beside the table is about. */
  isOpen?: (row: Row) => boolean;
  minWidth?: number;
  /**
   * Height of a row, of every row or of each by what it holds; one line's without it. Cells of several lines are the
   * columns' business.
   */
  rowPx?: number | ((row: Row) => number);
}

const ROW_PX = 32;
/** As in the styles: what stands left and right of a row's cells, and between two of them. */
const EDGE_PX = 12;
const GAP_PX = 10;

/** What the columns need at their least: narrower, those frozen at the end would cover their neighbour. */
export function leastWidth<Row>(columns: readonly Column<Row>[]): number {
  const px = columns.map(({ width }) => Number(/(\d+)px/.exec(width)?.[1] ?? 0));
  return px.reduce((sum, one) => sum + one, 2 * EDGE_PX + GAP_PX * (columns.length - 1));
}

/** Where a frozen column stays. */
interface Place {
  className: string;
  style: CSSProperties;
}

/** Where the frozen columns stay, each beside those before it. */
function frozenPlaces<Row>(columns: Column<Row>[]): (Place | undefined)[] {
  const places: (Place | undefined)[] = columns.map(() => undefined);
  for (const [edge, side] of [
    ["start", "left"],
    ["end", "right"],
  ] as const) {
    let px = EDGE_PX;
    const order = columns.map((column, at) => ({ column, at }));
    for (const { column, at } of edge === "start" ? order : order.reverse()) {
      if (column.frozen !== edge) break;
      places[at] = { className: `vtable-${edge}`, style: { [side]: px } };
      px += Number.parseInt(column.width, 10) + GAP_PX;
    }
  }
  return places;
}

interface CellProps {
  role: "cell" | "columnheader";
  at: number;
  place: Place | undefined;
  children: ReactNode;
}

function Cell({ role, at, place, children }: CellProps) {
  return (
    <span role={role} data-col={at} {...place}>
      {children}
    </span>
  );
}

interface RowProps {
  columns: Column<unknown>[];
  places: (Place | undefined)[];
  value: unknown;
  index: number;
  /** Px from the top of the list. */
  start: number;
  height: number;
  widths: string;
  name: string | undefined;
  open: boolean;
}

/** Drawn anew only when its own content is another: typing a search draws no row of the list it leaves. */
const RowInSight = memo(function RowInSight(props: RowProps) {
  const { columns, places, value, index, start, height, widths, name, open } = props;
  return (
    <div
      className={`vtable-row${height > ROW_PX ? " vtable-high" : ""}${open ? " vtable-open" : ""}`}
      role="row"
      aria-current={open ? "true" : undefined}
      aria-rowindex={index + 2}
      data-row={index}
      style={{ gridTemplateColumns: widths, height, transform: `translateY(${start}px)` }}
      {...(name === undefined ? {} : { "data-testid": name })}
    >
      {columns.map((column, at) => (
        <Cell key={column.key} role="cell" at={at} place={places[at]}>
          {value === undefined ? null : column.cell(value)}
        </Cell>
      ))}
    </div>
  );
});

export function VirtualTable<Row>(props: Props<Row>) {
  const { columns, label, testid, empty, rowTestid, isOpen, minWidth, rowPx = ROW_PX } = props;
  const { total, row, onSight, readAll, failure } = props.pages;
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
  const places = useMemo(() => frozenPlaces(columns), [columns]);

  const read = async () => {
    const leaving = columns.flatMap(({ title, text }) => (text ? [{ title, text }] : []));
    return tableOut(label, leaving, await readAll());
  };
  const cells = (index: number) => {
    const value = row(index);
    return value ? columns.map(({ text }) => text?.(value)) : [];
  };

  /** The whole text as a tip over what shows a part of it, where the cell has none of its own. */
  const tellWhole = (event: MouseEvent<HTMLElement>) => {
    const target = event.target instanceof Element ? event.target : null;
    const cell = target?.closest<HTMLElement>('[role="cell"]');
    const index = Number(cell?.parentElement?.dataset.row ?? -1);
    const text = index < 0 ? undefined : cells(index)[Number(cell?.dataset.col)];
    if (cell && text !== undefined) cell.title = isCut(cell) ? String(text) : "";
  };

  return (
    <>
      <FailureNote failure={failure} />
      <TableBox name={testid} read={read} cells={cells} fill>
        <div className="vtable" data-testid={testid}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <div className="vtable-scroll" ref={scroller} tabIndex={0}>
            <div
              role="table"
              aria-label={label}
              aria-rowcount={total + 1}
              style={{ minWidth: minWidth ?? 0 }}
            >
              <div
                className="vtable-row vtable-head"
                role="row"
                aria-rowindex={1}
                style={{ gridTemplateColumns: widths }}
              >
                {columns.map((column, at) => (
                  <Cell key={column.key} role="columnheader" at={at} place={places[at]}>
                    {column.title}
                  </Cell>
                ))}
              </div>
              {/* biome-ignore lint/a11y/useKeyWithMouseEvents: a tip of the pointer's; the text itself is read out whole */}
              <div
                role="rowgroup"
                onMouseOver={tellWhole}
                style={{ height: rows.getTotalSize(), position: "relative" }}
              >
                {items.map((item) => {
                  const value = row(item.index);
                  return (
                    <RowInSight
                      key={item.key}
                      columns={columns as Column<unknown>[]}
                      places={places}
                      value={value}
                      index={item.index}
                      start={item.start}
                      height={item.size}
                      widths={widths}
                      name={value && rowTestid ? rowTestid(value) : undefined}
                      open={value !== undefined && isOpen?.(value) === true}
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
    </>
  );
}
