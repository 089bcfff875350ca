/** Writing the archive of a closed round, and checking one that lies somewhere. */
import { FileZipOutlined, LoadingOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { Busy } from "../../app/busy";
import { useApp } from "../../app/context";
import type { ArchiveChecked, ArchiveChoice, ArchiveView, EndingView } from "../../bindings/wire";
import { CopyButton } from "../../components/CopyButton";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { OpenButton } from "../../components/OpenButton";
import { PathChooser } from "../../components/PathChooser";
import { TargetChooser } from "../../components/TargetChooser";
import { bytes, count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Panel } from "./EndingPart";
import type { Ending } from "./useEnding";

const words = zh.ending;
const FIRST: ArchiveChoice = { encrypted: true, id_numbers: false, renditions: true, originals: false };

function Made({ archive }: { archive: ArchiveView }) {
  return (
    <div className="stack" data-testid={tid.endingArchived}>
      <span>
        ✔ {words.made(archive.file, archive.made)}
        {"　"}
        {words.entries(count(archive.entries), bytes(archive.bytes))}
      </span>
      {archive.lacks === "" ? null : <span className="text-warn">{archive.lacks}</span>}
      <span className="quiet">
        SHA-256 <span className="mono break">{archive.sha256}</span>{" "}
        <CopyButton text={archive.sha256} label={words.copy} />
      </span>
    </div>
  );
}

function Choices({ choice, onChoice }: { choice: ArchiveChoice; onChoice: (choice: ArchiveChoice) => void }) {
  const box = (key: keyof ArchiveChoice, label: string, disabled = false) => (
    <Checkbox
      data-testid={tid.endingChoice(key)}
      checked={choice[key]}
      disabled={disabled}
      onChange={(event) => {
        const next = { ...choice, [key]: event.target.checked };
        // ID numbers never leave without encryption.
        onChoice({ ...next, id_numbers: next.id_numbers && next.encrypted });
      }}
    >
      {label}
    </Checkbox>
  );
  return (
    <div className="wrap-row">
      {box("renditions", words.renditions)}
      {box("originals", words.originals)}
      {box("encrypted", words.encrypted)}
      {box("id_numbers", words.idNumbers, !choice.encrypted)}
    </div>
  );
}

/** One that counts no longer is whole, and yet not to be relied upon. */
function soundness(checked: ArchiveChecked): "success" | "warning" | "error" {
  if (checked.problems.length > 0) return "error";
  return checked.voided === "" ? "success" : "warning";
}

function Check({ ending }: { ending: Ending }) {
  const [passphrase, setPassphrase] = useState("");
  const { checked, notChecked, checking } = ending;
  return (
    <details>
      <summary>{words.check}</summary>
      <div className="stack">
        <div className="wrap-row">
          <Input.Password
            data-testid={tid.endingPassphrase}
            className="ending-name"
            aria-label={words.passphrase}
            placeholder={words.passphrase}
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
          <PathChooser
            choices={[
              {
                kind: "archive",
                label: words.checkPick,
                testid: tid.endingCheck,
                icon: <FileZipOutlined />,
              },
            ]}
            disabled={checking}
            onChosen={(paths) => paths[0] && ending.check(paths[0], passphrase)}
          />
          {checking ? (
            <span role="status" data-testid={tid.endingChecking}>
              <LoadingOutlined /> {words.checking}
            </span>
          ) : null}
        </div>
        <FailureNote failure={notChecked} />
        {checked ? (
          <Alert
            data-testid={tid.endingChecked}
            type={soundness(checked)}
            showIcon
            title={checked.problems.length === 0 ? words.sound(count(checked.entries)) : words.unsound}
            description={
              <ul className="lines">
                {[checked.round === "" ? words.notLogged : words.belongs(checked.round)]
                  .concat(checked.voided === "" ? [] : [checked.voided])
                  .concat(checked.problems)
                  .map((line) => (
                    <li key={line}>{line}</li>
                  ))}
              </ul>
            }
          />
        ) : null}
      </div>
    </details>
  );
}

/** What is still to be done before the archive can be written; empty for nothing. */
function missing(busy: Busy, target: string | null): string {
  if (busy === "this") return words.writing;
  if (busy === "other") return words.writeBusy;
  return target === null ? words.writeLacks : "";
}

export function ArchivePanel({ view, ending }: { view: EndingView; ending: Ending }) {
  const { bridge } = useApp();
  const [choice, setChoice] = useState(FIRST);
  const [target, setTarget] = useState<string | null>(null);
  const { written } = ending;
  const lacks = missing(ending.archiving, target);
  return (
    <Panel title={words.archive} text={words.archiveText}>
      {view.archive ? <Made archive={view.archive} /> : null}
      {written ? (
        <div className="wrap-row">
          <span className="mono break">{written.report.path}</span>
          <OpenButton testid={tid.endingArchiveOpen} onOpen={() => bridge.openWritten(written.job, null)} />
        </div>
      ) : null}
      {view.closed === "" ? (
        <p className="quiet">{words.archiveFirst}</p>
      ) : (
        <Guarded command="archive_write">
          <Choices choice={choice} onChoice={setChoice} />
          <div className="target-row">
            <TargetChooser
              label={words.pick}
              testid={tid.endingTarget}
              disabled={ending.busy}
              onChosen={setTarget}
            />
            <Button
              type={view.archive ? "default" : "primary"}
              size="large"
              data-testid={tid.endingArchive}
              disabled={lacks !== ""}
              onClick={() => target !== null && ending.archive(choice, target)}
            >
              {words.write}
            </Button>
            {lacks === "" ? null : (
              <span className="text-warn" data-testid={tid.endingArchiveLacks}>
                {lacks}
              </span>
            )}
          </div>
          {target ? <span className="mono break">{target}</span> : null}
        </Guarded>
      )}
      <Guarded command="archive_verify">
        <Check ending={ending} />
      </Guarded>
    </Panel>
  );
}
