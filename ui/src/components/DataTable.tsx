/** A short table, whole in memory: antd's, with copying and saving around it. Long ones are a `VirtualTable`. */
import { Table, type TableProps } from "antd";
import type { HTMLAttributes } from "react";
import { TableBox } from "./TableBox";
import { type CellText, type OutColumn, tableOut } from "./tableOut";

type Shown<Row> = NonNullable<TableProps<Row>["columns"]>[number] & { title: string; dataIndex?: string };

/**
 * A column as antd takes it. `text` says what leaves the program where that is not the value itself; what `stays`
 * is only ever shown.
 */
export type DataColumn<Row> = Shown<Row> & { text?: (row: Row) => CellText; stays?: boolean };

interface Props<Row> extends Omit<TableProps<Row>, "columns" | "title" | "dataSource" | "size" | "onRow"> {
  /** Names the table for tests. */
  name: string;
  /** Names the file it is saved to. */
  title: string;
  columns: DataColumn<Row>[];
  rows: readonly Row[];
  /** Every row, for copying and saving, where `rows` are a page. */
  readAll?: () => Promise<readonly Row[]>;
}

function plainValue<Row>(row: Row, key: string | undefined): CellText {
  if (key === undefined) return "";
  const value = (row as Record<string, unknown>)[key];
  return typeof value === "number" || typeof value === "string" ? value : "";
}

/** By these the context menu knows what is under the pointer; antd's types know no data attributes. */
const marked = (name: "data-row" | "data-col", at: number) => ({ [name]: at }) as HTMLAttributes<HTMLElement>;

/** What leaves of a column; nothing of one without a title, which holds buttons. */
function textOf<Row>(column: DataColumn<Row>): OutColumn<Row>["text"] | undefined {
  if (column.title === "" || column.stays) return undefined;
  return column.text ?? ((row) => plainValue(row, column.dataIndex));
}

function outColumns<Row>(columns: DataColumn<Row>[]): OutColumn<Row>[] {
  return columns.flatMap((column) => {
    const text = textOf(column);
    return text ? [{ title: column.title, text }] : [];
  });
}

/** As antd takes them, every cell naming its column. */
function shownColumns<Row>(columns: DataColumn<Row>[]) {
  const shown = columns.map(({ text: _, stays: _stays, ...column }, at) => ({
    ...column,
    onCell: () => marked("data-col", at),
  }));
  return shown as NonNullable<TableProps<Row>["columns"]>;
}

export function DataTable<Row extends object>({ name, title, columns, rows, readAll, ...table }: Props<Row>) {
  const cells = (at: number) => {
    const row = rows[at];
    return row ? columns.map((column) => textOf(column)?.(row)) : [];
  };
  // Not antd's index, which begins anew on every page.
  const onRow = (row: Row) => marked("data-row", rows.indexOf(row));
  const out = (all: readonly Row[]) => tableOut(title, outColumns(columns), all);
  return (
    <TableBox name={name} read={() => (readAll ? readAll().then(out) : out(rows))} cells={cells}>
      <Table<Row> size="small" dataSource={rows} columns={shownColumns(columns)} onRow={onRow} {...table} />
    </TableBox>
  );
}
