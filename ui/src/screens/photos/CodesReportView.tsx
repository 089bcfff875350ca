/** What became of every file of an import of 采集码 pictures. Only shows. */
import { Alert, Button } from "antd";
import { useApp } from "../../app/context";
import type { CodesReport } from "../../bindings/wire";
import { Figures } from "../../components/Figures";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { IntakeLines } from "./IntakeLines";

const words = zh.photos;

/** Numbers that somebody should look at. */
const LOOK = ["replaced", "unmatched", "unreadable"];
const BAD = ["refused", "shared"];

export function CodesReportView({ report, round }: { report: CodesReport; round: number }) {
  const { go } = useApp();
  const keys = Object.keys(words.codeFigures) as (keyof typeof words.codeFigures)[];
  const tone = (key: string) => (BAD.includes(key) ? "bad" : LOOK.includes(key) ? "look" : "good");
  return (
    <section className="panel stack" data-testid={tid.codesReport}>
      <header className="panel-head">
        <h2>{words.codesReport}</h2>
        <Button type="primary" onClick={() => go({ screen: "students", round })}>
          {words.codesToStudents}
        </Button>
      </header>
      <Figures
        figures={keys.map((key) => ({
          key,
          label: words.codeFigures[key],
          value: report[key],
          testid: tid.intakeCount(key),
          ...(key === "files" || key === "already_there" ? {} : { tone: tone(key) }),
        }))}
      />
      {report.cancelled ? <Alert type="warning" showIcon title={words.cancelled} /> : null}
      <IntakeLines lines={report.lines} />
    </section>
  );
}
