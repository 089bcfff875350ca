/** What became of every file of one import. Only shows. */
import { Alert, Button } from "antd";
import { useApp } from "../../app/context";
import type { IntakeReport } from "../../bindings/wire";
import { type Figure, Figures } from "../../components/Figures";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { IntakeLines, LinesTable } from "./IntakeLines";

const words = zh.photos;

/** What is said of a set that the studio gave back, and of no other. */
const returnedFigures = (report: IntakeReport): Figure[] =>
  report.unchanged + report.not_returned === 0
    ? []
    : [
        {
          key: "unchanged",
          label: words.unchanged,
          value: report.unchanged,
          testid: tid.intakeCount("unchanged"),
          tone: "good",
        },
        {
          key: "not_returned",
          label: words.notReturned,
          value: report.not_returned,
          testid: tid.intakeCount("not_returned"),
          tone: "look",
        },
      ];

/** Photos that a name gave to a student beside a number that nobody has: taken in, and one press away. */
function Beside({ report }: { report: IntakeReport }) {
  const { beside, beside_number } = report;
  if (beside_number === 0) return null;
  return (
    <details data-testid={tid.intakeBeside}>
      <summary>{words.beside(count(beside_number))}</summary>
      {beside.length < beside_number ? (
        <p className="quiet">{words.besideFirst(count(beside.length))}</p>
      ) : null}
      <LinesTable name="intake-beside-table" title={words.besideTitle} lines={beside} />
    </details>
  );
}

interface Props {
  job: number;
  report: IntakeReport;
  round: number;
}

export function IntakeReportView({ job, report, round }: Props) {
  const { go } = useApp();
  return (
    <section className="panel stack" data-testid={tid.intakeReport}>
      <header className="panel-head">
        <h2>{words.report}</h2>
        <Button type="primary" onClick={() => go({ screen: "desk", round, queue: "pending" })}>
          {words.toDesk}
        </Button>
      </header>
      <Figures
        figures={[
          { key: "files", label: words.files, value: report.files, testid: tid.intakeCount("files") },
          {
            key: "matched",
            label: words.matched,
            value: report.matched,
            testid: tid.intakeCount("matched"),
            tone: "good",
          },
          {
            key: "resubmitted",
            label: words.resubmitted,
            value: report.resubmitted,
            testid: tid.intakeCount("resubmitted"),
            tone: "good",
          },
          {
            key: "already_there",
            label: words.alreadyThere,
            value: report.already_there,
            testid: tid.intakeCount("already_there"),
          },
          {
            key: "ambiguous",
            label: words.ambiguous,
            value: report.ambiguous,
            testid: tid.intakeCount("ambiguous"),
            tone: "look",
          },
          {
            key: "not_on_roster",
            label: words.notOnRoster,
            value: report.not_on_roster,
            testid: tid.intakeCount("not_on_roster"),
            tone: "look",
          },
          {
            key: "unknown",
            label: words.unknown,
            value: report.unknown,
            testid: tid.intakeCount("unknown"),
            tone: "look",
          },
          {
            key: "excluded",
            label: words.excluded,
            value: report.excluded,
            testid: tid.intakeCount("excluded"),
            tone: "look",
          },
          {
            key: "shared",
            label: words.shared,
            value: report.shared,
            testid: tid.intakeCount("shared"),
            tone: "bad",
          },
          {
            key: "refused",
            label: words.refused,
            value: report.refused,
            testid: tid.intakeCount("refused"),
            tone: "bad",
          },
          ...returnedFigures(report),
        ]}
      />
      {report.outside_window ? <Alert type="warning" showIcon title={report.outside_window} /> : null}
      {report.over_limit > 0 ? (
        <Alert type="warning" showIcon title={words.overLimit(count(report.over_limit))} />
      ) : null}
      {report.together > 0 ? (
        <Alert type="info" showIcon title={words.together(count(report.together))} />
      ) : null}
      <Beside report={report} />
      {report.indexes > 0 ? <p className="quiet">{words.indexes(count(report.indexes))}</p> : null}
      {report.ignored > 0 ? <p className="quiet">{words.ignored(count(report.ignored))}</p> : null}
      {report.cancelled ? <Alert type="warning" showIcon title={words.cancelled} /> : null}
      <IntakeLines job={job} lines={report.lines} left={report.lines_left} />
    </section>
  );
}
