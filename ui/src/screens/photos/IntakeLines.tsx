/** The files of an import that are to be looked at, with what to do about each. */
import type { IntakeLine } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.photos;

interface Props {
  name: string;
  title: string;
  lines: IntakeLine[];
}

/** Files with whose they are taken to be, what is to be looked at, and what to do. */
export function LinesTable({ name, title, lines }: Props) {
  const known = lines.some((line) => line.whose !== "");
  return (
    <DataTable<IntakeLine & { key: number }>
      name={name}
      title={title}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      rows={lines.map((line, key) => ({ ...line, key }))}
      columns={[
        {
          title: words.file,
          dataIndex: "file",
          width: known ? "26%" : "32%",
          render: (file: string) => <span className="mono break">{file}</span>,
        },
        ...(known ? [{ title: words.whose, dataIndex: "whose", width: 190 }] : []),
        { title: words.problem, dataIndex: "problem" },
        { title: words.remedy, dataIndex: "remedy" },
      ]}
    />
  );
}

/** The first lines, and how many more there were. */
export function IntakeLines({ lines, left = 0 }: { lines: IntakeLine[]; left?: number }) {
  if (lines.length === 0) return null;
  return (
    <section data-testid={tid.intakeLines}>
      <h3>{words.lines(count(lines.length + left))}</h3>
      {left > 0 ? <p className="quiet">{words.linesFirst(count(lines.length))}</p> : null}
      <LinesTable name="intake-lines-table" title={words.linesTitle} lines={lines} />
    </section>
  );
}
