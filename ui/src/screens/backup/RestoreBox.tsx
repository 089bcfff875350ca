/** What a restored workspace is made of, and where it goes. Starts nothing itself. */
import { FileZipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { PathChooser } from "../../components/PathChooser";
import { Secret } from "../../components/Secret";
import { TargetChooser } from "../../components/TargetChooser";
import { useIntoSight } from "../../components/useIntoSight";
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

/** Stays open, with all that was given, until whoever shows it hears that the workspace was restored. */
export function RestoreBox({ from, busy, onRestore, onClose }: Props) {
  const [passphrase, setPassphrase] = useState("");
  const [folder, setFolder] = useState<string | null>(null);
  const needed = from.file !== "" && passphrase.trim() === "";
  // It opens below the list, whichever row it was opened from.
  const box = useIntoSight<HTMLDivElement>();
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, button")?.focus({ preventScroll: true });
  }, [box]);
  return (
    <div ref={box} className="backup-restore stack" data-testid={tid.backupRestoreBox}>
      <strong className="break">{words.restoreOf(from.what)}</strong>
      <p className="quiet">{words.restoreNote}</p>
      {from.file === "" ? null : (
        <Secret
          name={tid.backupPassphraseInput}
          className="mono backup-passphrase"
          label={words.filePassphrase}
          value={passphrase}
          autoComplete="off"
          onValue={setPassphrase}
        />
      )}
      <div className="target-row">
        <TargetChooser
          label={words.restoreTo}
          testid={tid.backupRestoreTo}
          disabled={busy || needed}
          onChosen={(chosen) => {
            if (chosen === null) return;
            setFolder(chosen);
            onRestore(chosen, passphrase.trim());
          }}
        />
        {folder === null ? null : (
          <Button
            data-testid={tid.backupRestoreAgain}
            title={folder}
            disabled={busy || needed}
            onClick={() => onRestore(folder, passphrase.trim())}
          >
            {words.restoreAgain}
          </Button>
        )}
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
