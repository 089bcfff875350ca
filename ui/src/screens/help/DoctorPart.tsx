/** Looks over this computer and the workspace when something does not work, and says how to mend it. */
import { Alert, Button, Tag } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { DoctorReport, DoctorState, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.help.doctor;
const COLOURS: Record<DoctorState, string> = {
  good: "success",
  note: "warning",
  bad: "error",
  unknown: "default",
};
const AREAS = ["machine", "workspace"] as const;

export function DoctorPart() {
  const { bridge } = useApp();
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setReport(await bridge.call("doctor_run", {}));
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  return (
    <>
      <p>{words.note}</p>
      <Button type="primary" data-testid={tid.doctorRun} loading={busy} onClick={() => void run()}>
        {words.run}
      </Button>
      <FailureNote failure={failure} />
      {report ? <Findings report={report} /> : null}
    </>
  );
}

function Findings({ report }: { report: DoctorReport }) {
  return (
    <>
      <Alert
        type={report.sound ? "success" : "error"}
        showIcon
        title={report.sound ? words.sound : words.unsound}
      />
      {AREAS.map((area) => (
        <div key={area}>
          <h4>{words.areas[area]}</h4>
          <ul className="doctor-findings">
            {report.findings
              .filter((finding) => finding.area === area)
              .map((finding) => (
                <li key={finding.code} data-testid={tid.doctorFinding(finding.code)}>
                  <Tag color={COLOURS[finding.state]}>{words.states[finding.state]}</Tag>
                  <strong>{finding.title}</strong>：{finding.text}
                  {finding.remedy ? <p className="quiet">{finding.remedy}</p> : null}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  );
}
