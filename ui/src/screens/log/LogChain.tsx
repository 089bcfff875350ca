/** Whether the chain of the log holds, and what breaks it. Follows it when the screen opens. */
import { CheckCircleOutlined, FileExcelOutlined, ReloadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { AuditView, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { PathChooser } from "../../components/PathChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.log;

function Broken({ audit }: { audit: AuditView }) {
  return (
    <Alert
      data-testid={tid.logBroken}
      type="error"
      showIcon
      title={words.broken(count(audit.faults.length + audit.more))}
      description={
        <>
          <ul>
            {audit.faults.map((fault) => (
              <li key={fault.text}>{fault.text}</li>
            ))}
            {audit.more > 0 ? <li>{words.brokenMore(count(audit.more))}</li> : null}
          </ul>
          {words.brokenAdvice}
        </>
      }
    />
  );
}

export function LogChain({ round }: { round: number | null }) {
  const { bridge } = useApp();
  const [audit, setAudit] = useState<AuditView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const verify = useCallback(async () => {
    setAudit(null);
    try {
      setAudit(await bridge.call("log_verify", {}));
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, [bridge]);
  useEffect(() => {
    void verify();
  }, [verify]);
  const saveTo = async ([folder]: string[]) => {
    if (folder === undefined) return;
    try {
      setSaved((await bridge.call("log_save", { round, folder })).path);
      setAsks(false);
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const save = async () => {
    if (!bridge.picks) setAsks(!asks);
    else await saveTo((await bridge.pick("delivery_folder")) ?? []);
  };
  return (
    <div className="log-chain">
      <div className="log-chain-row">
        {audit?.holds ? (
          <span className="text-pass" data-testid={tid.logHolds} title={words.holdsTip(audit.at, audit.head)}>
            <CheckCircleOutlined /> {words.holds(count(audit.rows))}
          </span>
        ) : null}
        {audit === null && failure === null ? <span className="quiet">{words.checking}</span> : null}
        <Button
          size="small"
          icon={<ReloadOutlined />}
          data-testid={tid.logAgain}
          onClick={() => void verify()}
        >
          {words.again}
        </Button>
        <Button
          size="small"
          icon={<FileExcelOutlined />}
          data-testid={tid.logSave}
          onClick={() => void save()}
        >
          {words.save}
        </Button>
        {saved ? (
          <span role="status" data-testid={tid.logSaved}>
            {words.saved} <span className="mono break">{saved}</span>
          </span>
        ) : null}
      </div>
      {asks ? <PathChooser choices={[]} onChosen={(paths) => void saveTo(paths)} /> : null}
      <FailureNote failure={failure} />
      {audit && !audit.holds ? <Broken audit={audit} /> : null}
    </div>
  );
}
