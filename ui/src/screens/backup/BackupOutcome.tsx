/** What the last piece of work on backups brought: the passphrase of a file is here and nowhere else. */
import { Alert } from "antd";
import { useApp } from "../../app/context";
import { CopyButton, CopyPath } from "../../components/CopyButton";
import { count, decimal } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.backup;

export function BackupOutcome() {
  const { job, status } = useApp();
  const outcome = job?.outcome;
  switch (outcome?.kind) {
    case "copied_out": {
      const { path, passphrase, photos, mebibytes } = outcome.report;
      return (
        <Alert
          type="warning"
          showIcon
          data-testid={tid.backupCopied}
          title={words.copied(count(photos), decimal(mebibytes, 1))}
          description={
            <>
              <p className="mono break">{path}</p>
              <p>
                {words.passphrase}：
                <strong className="mono passphrase" data-testid={tid.backupPassphrase}>
                  {passphrase}
                </strong>{" "}
                <CopyButton text={passphrase} label={zh.delivery.copyPassphrase} />
              </p>
              {words.passphraseNote}
            </>
          }
        />
      );
    }
    case "restored": {
      const { folder, rounds, students, photos, missing, sealed } = outcome.report;
      const nowPlain = status.sealed && !sealed;
      return (
        <Alert
          type={missing > 0 || nowPlain ? "warning" : "success"}
          showIcon
          data-testid={tid.backupRestored}
          title={words.restored(count(rounds), count(students), count(photos))}
          description={
            <>
              {missing > 0 ? <p>{words.restoredMissing(count(missing))}</p> : null}
              <p className="mono break">
                {folder} <CopyPath path={folder} />
              </p>
              {sealed ? <p>{words.restoredSealed}</p> : null}
              {nowPlain ? <p>{words.restoredPlain}</p> : null}
              {words.restoredNote}
            </>
          }
        />
      );
    }
    case "backup_verified": {
      const { name, whole, photos, problems } = outcome.report;
      return (
        <Alert
          type={whole ? "success" : "error"}
          showIcon
          data-testid={tid.backupVerified}
          title={whole ? words.whole(name, count(photos)) : words.broken(name)}
          description={problems.join("；")}
        />
      );
    }
    default:
      return null;
  }
}
