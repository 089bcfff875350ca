/** Writes the package for whoever helps. */
import { Alert, Spin } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { OpenButton } from "../../components/OpenButton";
import { TargetChooser } from "../../components/TargetChooser";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.help.diagnostics;

export function PackagePart() {
  const { bridge } = useApp();
  const [saved, setSaved] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (folder: string | null) => {
    if (folder === null) return;
    setBusy(true);
    setSaved("");
    setFailure(null);
    try {
      setSaved((await bridge.call("diagnostics_save", { folder })).path);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  return (
    <>
      <p>{words.note}</p>
      <div className="doctor-ways">
        <TargetChooser
          label={words.save}
          testid={tid.doctorPackage}
          disabled={busy}
          onChosen={(folder) => void save(folder)}
        />
        {busy ? (
          <span className="quiet" role="status">
            <Spin size="small" /> {words.saving}
          </span>
        ) : null}
      </div>
      <FailureNote failure={failure} />
      {saved ? (
        <Alert
          type="success"
          showIcon
          data-testid={tid.doctorSaved}
          title={`${words.saved}${saved}`}
          action={<OpenButton testid={tid.doctorOpen} onOpen={() => bridge.openSaved("diagnostics")} />}
        />
      ) : null}
    </>
  );
}
