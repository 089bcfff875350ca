/** A short table, whole in memory: antd's, with copying and saving around it. Long ones are a `VirtualTable`. */
import { Table, type TableProps } from "antd";
import { TableBox } from "./TableBox";
import { type CellText, type OutColumn, tableOut } from "./tableOut";

type Shown<Row> = NonNullable<TableProps<Row>["columns"]>[number] & { title: string; dataIndex?: string };

/** A column as antd takes it. `text` says what leaves the program where that is not the value itself. */
export type DataColumn<Row> = Shown<Row> & { text?: (row: Row) => CellText };

interface Props<Row> extends Omit<TableProps<Row>, "columns" | "title" | "dataSource" | "size"> {
  /** Names the table for tests. */
  name: string;
  /** Names the file it is saved to. */
  title: string;
  columns: DataColumn<Row>[];
  rows: readonly Row[];
}

function plainValue<Row>(row: Row, key: string | undefined): CellText {
  if (key === undefined) return "";
  const value = (row as Record<string, unknown>)[key];
  return typeof value === "number" || typeof value === "string" ? value : "";
}

/** The columns that leave: a column without a title holds buttons. */
function outColumns<Row>(columns: DataColumn<Row>[]): OutColumn<Row>[] {
  return columns
    .filter((column) => column.title !== "")
    .map((column) => ({
      title: column.title,
      text: column.text ?? ((row) => plainValue(row, column.dataIndex)),
    }));
}

export function DataTable<Row extends object>({ name, title, columns, rows, ...table }: Props<Row>) {
  return (
    <TableBox name={name} read={() => tableOut(title, outColumns(columns), rows)}>
      <Table<Row>
        size="small"
        dataSource={rows}
        columns={columns.map(({ text: _, ...column }) => column) as NonNullable<TableProps<Row>["columns"]>}
        {...table}
      />
    </TableBox>
  );
}
