/** When something does not work: what is wrong with this computer or the workspace, and a package for whoever helps. */
import { Alert, Button, Tag } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { DoctorReport, DoctorState, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { TargetChooser } from "../../components/TargetChooser";
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
  const [saved, setSaved] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  const run = () => doing(async () => setReport(await bridge.call("doctor_run", {})));
  const save = (folder: string | null) => {
    if (folder === null) return;
    void doing(async () => setSaved((await bridge.call("diagnostics_save", { folder })).path));
  };
  return (
    <section className="stack doctor">
      <h3>{words.title}</h3>
      <p className="quiet">{words.note}</p>
      <div className="doctor-ways">
        <Button data-testid={tid.doctorRun} loading={busy} onClick={() => void run()}>
          {words.run}
        </Button>
        <TargetChooser label={words.save} testid={tid.doctorPackage} disabled={busy} onChosen={save} />
      </div>
      <FailureNote failure={failure} />
      {saved ? (
        <Alert type="success" showIcon data-testid={tid.doctorSaved} title={`${words.saved}${saved}`} />
      ) : null}
      {report ? <Findings report={report} /> : null}
    </section>
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
