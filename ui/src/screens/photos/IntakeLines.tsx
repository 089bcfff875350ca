/** The files of an import that are to be looked at, with what to do about each. */
import type { IntakeLine } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { LINES_PAGE, useLines } from "./useLines";

const words = zh.photos;

/** Where lines are a page of very many: which page, and every one of them. */
interface Paged {
  page: number;
  total: number;
  /** Whose some of the files are is told. */
  known: boolean;
  onPage: (page: number) => void;
  readAll: () => Promise<IntakeLine[]>;
}

interface Props {
  name: string;
  title: string;
  lines: IntakeLine[];
  paged?: Paged;
}

const keyed = (lines: IntakeLine[]) => lines.map((line, key) => ({ ...line, key }));

/** Files with whose they are taken to be, what is to be looked at, and what to do. */
export function LinesTable({ name, title, lines, paged }: Props) {
  const known = paged?.known ?? lines.some((line) => line.whose !== "");
  return (
    <DataTable<IntakeLine & { key: number }>
      name={name}
      title={title}
      pagination={{
        pageSize: LINES_PAGE,
        hideOnSinglePage: true,
        showSizeChanger: false,
        ...(paged ? { current: paged.page, total: paged.total, onChange: paged.onPage } : {}),
      }}
      rows={keyed(lines)}
      {...(paged ? { readAll: () => paged.readAll().then(keyed) } : {})}
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

/** The lines of a job's report, of which it brings the first. */
export function IntakeLines({ job, lines, left }: { job: number; lines: IntakeLine[]; left: number }) {
  const { page, setPage, rows, readAll, failure } = useLines(job, lines, left);
  if (lines.length === 0) return null;
  const total = lines.length + left;
  const known = lines.some((line) => line.whose !== "");
  return (
    <section data-testid={tid.intakeLines}>
      <h3>{words.lines(count(total))}</h3>
      <FailureNote failure={failure} />
      <LinesTable
        name="intake-lines-table"
        title={words.linesTitle}
        lines={rows}
        paged={{ page, total, known, onPage: setPage, readAll }}
      />
    </section>
  );
}
