/** The files of an import that are to be looked at, with what to do about each. */
import type { IntakeLine } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.photos;

export function IntakeLines({ lines }: { lines: IntakeLine[] }) {
  if (lines.length === 0) return null;
  const known = lines.some((line) => line.whose !== "");
  return (
    <section data-testid={tid.intakeLines}>
      <h3>{words.lines(count(lines.length))}</h3>
      <DataTable<IntakeLine & { key: number }>
        name="intake-lines-table"
        title={words.linesTitle}
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
    </section>
  );
}
