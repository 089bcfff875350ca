/** What became of every file of an import of pictures that are filed with students. Only shows. */
import { Alert, Button } from "antd";
import { useApp } from "../../app/context";
import type { FilingReport } from "../../bindings/wire";
import { Figures } from "../../components/Figures";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { IntakeLines } from "./IntakeLines";

const words = zh.photos;
const KEYS = [
  "files",
  "filed",
  "replaced",
  "already_there",
  "unmatched",
  "refused",
  "unreadable",
  "shared",
] as const;

/** Numbers that somebody should look at. */
const LOOK = ["replaced", "unmatched", "unreadable"];
const BAD = ["refused", "shared"];

interface Props {
  job: number;
  kind: "codes" | "references";
  report: FilingReport;
  round: number;
}

export function FilingReportView({ job, kind, report, round }: Props) {
  const { go } = useApp();
  const { title, unreadable } = words.filed[kind];
  const tone = (key: string) => (BAD.includes(key) ? "bad" : LOOK.includes(key) ? "look" : "good");
  return (
    <section className="panel stack" data-testid={tid.filingReport(kind)}>
      <header className="panel-head">
        <h2>{title}</h2>
        <Button type="primary" onClick={() => go({ screen: "students", round })}>
          {words.filedToStudents}
        </Button>
      </header>
      <Figures
        figures={KEYS.map((key) => ({
          key,
          label: key === "unreadable" ? unreadable : words.filedFigures[key],
          value: report[key],
          testid: tid.intakeCount(key),
          ...(key === "files" || key === "already_there" ? {} : { tone: tone(key) }),
        }))}
      />
      {report.cancelled ? <Alert type="warning" showIcon title={words.cancelled} /> : null}
      <IntakeLines job={job} lines={report.lines} left={report.lines_left} />
    </section>
  );
}
