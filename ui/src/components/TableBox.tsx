/**
 * What every table of the program has around it: a button that copies it, one that saves it as a workbook, and a
 * context menu with the same and the row under the pointer. Not the table.
 */
import { CopyOutlined, FileExcelOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { type MouseEvent, type ReactNode, useState } from "react";
import { roundOf, useApp } from "../app/context";
import { asFailure } from "../bridge/bridge";
import { count } from "../format";
import { tid } from "../testids";
import { zh } from "../zh";
import { useContextMenu } from "./ContextMenu";
import { copyText } from "./clipboard";
import { PathChooser } from "./PathChooser";
import { asHtml, asTsv, type CellText, type TableOut, tableOut } from "./tableOut";

const words = zh.table;

interface Props {
  name: string;
  /** The whole table, also what is not in sight. */
  read: () => TableOut | Promise<TableOut>;
  /** What leaves of the row drawn with this `data-row`: a cell for every `data-col`, undefined where it stays. */
  cells: (row: number) => (CellText | undefined)[];
  children: ReactNode;
  fill?: boolean;
}

/** What leaves of what is under the pointer: of the row, and of the cell alone. */
function under(event: MouseEvent, cells: Props["cells"]): { row: CellText[]; cell: CellText } {
  const target = event.target instanceof Element ? event.target : null;
  const at = (name: "row" | "col") => {
    const number = target?.closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
    return number == null ? -1 : Number(number);
  };
  const row = at("row") < 0 ? [] : cells(at("row"));
  return { row: row.filter((cell) => cell !== undefined), cell: row[at("col")] ?? "" };
}

function useTableOut(read: Props["read"]) {
  const { bridge, place } = useApp();
  const [said, setSaid] = useState("");
  const say = (act: Promise<string>) =>
    act.then(setSaid).catch((thrown) => setSaid(asFailure(thrown, words.copyFailed).message));
  const both = (table: TableOut) => ({ plain: asTsv(table), html: asHtml(table) });
  const copyTable = () => {
    const table = read();
    const copied = table instanceof Promise ? copyText(table.then(both)) : copyText(both(table));
    return say(copied.then(async () => words.copied(count((await table).rows.length))));
  };
  const copyCells = (cells: CellText[]) => {
    const columns = cells.map((cell) => ({ title: "", text: () => cell }));
    const table = tableOut("", columns, [cells]);
    const [, plain = ""] = asTsv(table).split("\r\n");
    return say(
      copyText({ plain, html: asHtml(table) }).then(() =>
        cells.length === 1 ? words.copiedCell : words.copied("1"),
      ),
    );
  };
  const saveTo = ([folder]: string[]) =>
    folder === undefined
      ? Promise.resolve()
      : say(
          Promise.resolve(read())
            .then((table) => bridge.call("table_save", { ...table, folder, round: roundOf(place) }))
            .then(({ path }) => words.saved(path)),
        );
  const save = () =>
    bridge
      .pick("delivery_folder")
      .then((paths) => saveTo(paths ?? []))
      .catch((thrown) => setSaid(asFailure(thrown, zh.failure.host).message));
  return { said, copyTable, copyCells, save, saveTo };
}

export function TableBox({ name, read, cells, children, fill }: Props) {
  const { bridge } = useApp();
  const out = useTableOut(read);
  const { onContextMenu, menu } = useContextMenu((event) => {
    const { row, cell } = under(event, cells);
    return [
      {
        key: "copy-cell",
        label: words.copyCell,
        disabled: cell === "",
        onChoose: () => void out.copyCells([cell]),
      },
      {
        key: "copy-row",
        label: words.copyRow,
        disabled: row.length === 0,
        onChoose: () => void out.copyCells(row),
      },
      { key: "copy-table", label: words.copyTable, onChoose: () => void out.copyTable() },
      ...(bridge.picks
        ? [{ key: "save-table", label: words.save, apart: true, onChoose: () => void out.save() }]
        : []),
    ];
  });
  const saveButton = (
    <Button
      size="small"
      type="text"
      icon={<FileExcelOutlined />}
      data-testid={tid.tableSave(name)}
      onClick={bridge.picks ? () => void out.save() : undefined}
    >
      {words.save}
    </Button>
  );
  return (
    <div className={fill ? "table-box table-box-fill" : "table-box"}>
      <div className="table-tools">
        <span className="quiet table-said" role="status" title={out.said} data-testid={tid.tableSaid(name)}>
          {out.said}
        </span>
        <Button
          size="small"
          type="text"
          icon={<CopyOutlined />}
          data-testid={tid.tableCopy(name)}
          onClick={() => void out.copyTable()}
        >
          {words.copy}
        </Button>
        {bridge.picks ? (
          saveButton
        ) : (
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <PathChooser
                choices={[{ kind: "delivery_folder", label: words.save, testid: tid.tableSave(name) }]}
                onChosen={(paths) => void out.saveTo(paths)}
              />
            }
          >
            {saveButton}
          </Popover>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu key opens it from any focused part of the table */}
      <div className="table-held" onContextMenu={onContextMenu}>
        {children}
      </div>
      {menu}
    </div>
  );
}
