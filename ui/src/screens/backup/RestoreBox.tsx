/** What a restored workspace is made of, and where it goes. Starts nothing itself. */
import { FileZipOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { PathChooser } from "../../components/PathChooser";
import { TargetChooser } from "../../components/TargetChooser";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.backup;

/** A backup of the list, or one in a file. */
export interface RestoreFrom {
  name: string;
  file: string;
  /** What it is called here. */
  what: string;
}

interface Props {
  from: RestoreFrom;
  busy: boolean;
  onRestore: (folder: string, passphrase: string) => void;
  onClose: () => void;
}

export function RestoreBox({ from, busy, onRestore, onClose }: Props) {
  const [passphrase, setPassphrase] = useState("");
  const needed = from.file !== "" && passphrase.trim() === "";
  return (
    <div className="backup-restore stack" data-testid={tid.backupRestoreBox}>
      <strong className="break">{words.restoreOf(from.what)}</strong>
      <p className="quiet">{words.restoreNote}</p>
      {from.file === "" ? null : (
        <Input
          className="mono backup-passphrase"
          data-testid={tid.backupPassphraseInput}
          value={passphrase}
          autoComplete="off"
          placeholder={words.needPassphrase}
          aria-label={words.passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      )}
      <div className="target-row">
        <TargetChooser
          label={words.restoreTo}
          testid={tid.backupRestoreTo}
          disabled={busy || needed}
          onChosen={(folder) => folder !== null && onRestore(folder, passphrase.trim())}
        />
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </div>
  );
}

export function RestoreFile({ busy, onChosen }: { busy: boolean; onChosen: (file: string) => void }) {
  return (
    <div className="stack">
      <h3>{words.fileTitle}</h3>
      <p className="quiet">{words.restoreNote}</p>
      <PathChooser
        disabled={busy}
        choices={[{ kind: "backup", label: words.file, testid: tid.backupFile, icon: <FileZipOutlined /> }]}
        onChosen={([file]) => file !== undefined && onChosen(file)}
      />
    </div>
  );
}
