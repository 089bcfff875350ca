/** 备份: when the workspace was last backed up, the backups there are, one carried away in a file, one restored. */
import { Alert, Button } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useMay } from "../../app/may";
import type { BackupView, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { TargetChooser } from "../../components/TargetChooser";
import { UnfinishedNotes } from "../../components/UnfinishedNotes";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { BackupOutcome } from "./BackupOutcome";
import { BackupTable } from "./BackupTable";
import { RestoreBox, RestoreFile, type RestoreFrom } from "./RestoreBox";
import { SealPart } from "./SealPart";

const words = zh.backup;

function useBackups(stamp: number) {
  const { bridge, refresh } = useApp();
  const [view, setView] = useState<BackupView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(async () => {
    void stamp;
    try {
      setView(await bridge.call("backup_list", {}));
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, [bridge, stamp]);
  useEffect(() => {
    void read();
  }, [read]);
  const dismiss = async (id: number) => {
    try {
      setView(await bridge.call("backup_dismiss", { id }));
      setFailure(null);
      // What is told above every screen may be of it.
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  return { view, failure, dismiss };
}

export function BackupPart() {
  const { bridge, named, job, startJob } = useApp();
  const busy = job !== null && !job.finished;
  const { view, failure, dismiss } = useBackups(job?.finished ? job.job : 0);
  const why = useMay()("backup_now");
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState<RestoreFrom | null>(null);
  // What was given stays where it was until it served: a passphrase is mistyped easily.
  useEffect(() => {
    if (job?.outcome?.kind === "restored") setFrom(null);
  }, [job]);
  const newest = view?.backups[0];
  const copy = (folder: string | null) => {
    if (folder === null) return;
    named(() => void startJob(bridge.call("backup_copy", { folder })));
  };
  const restore = (folder: string, passphrase: string) => {
    if (!from) return;
    const { name, file } = from;
    void startJob(bridge.call("backup_restore", { name, file, passphrase, folder }), words.restoring);
  };
  return (
    <section className="panel stack backup" data-testid={tid.backup}>
      <header className="panel-head">
        <h2>{words.title}</h2>
        {view && !newest ? <span>{words.none}</span> : null}
        {newest ? (
          <>
            <span data-testid={tid.backupNewest}>{words.newest(newest.at)}</span>
            <span className="quiet">
              {view.behind > 0 ? words.behind(count(view.behind)) : words.upToDate}
            </span>
          </>
        ) : null}
        <span className="grow" />
        <Button
          data-testid={tid.backupNow}
          disabled={busy || why !== null}
          title={why ?? undefined}
          onClick={() => void startJob(bridge.call("backup_now", {}))}
        >
          {words.now}
        </Button>
        <Button type="link" data-testid={tid.backupMore} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.less : words.more}
        </Button>
      </header>
      <FailureNote failure={failure} />
      {view?.problem ? <Alert type="error" showIcon title={view.problem} /> : null}
      <UnfinishedNotes
        cards={view?.unfinished ?? []}
        command="backup_dismiss"
        onDismiss={(id) => named(() => void dismiss(id))}
      />
      <BackupOutcome />
      {open && view ? (
        <Guarded command="backup_copy">
          <p className="quiet">{words.note}</p>
          {bridge.picks ? null : (
            <p className="quiet" data-testid={tid.backupElsewhere}>
              {words.elsewhere}
            </p>
          )}
          <BackupTable
            backups={view.backups}
            busy={busy}
            onVerify={(name) => void startJob(bridge.call("backup_verify", { name }), words.verifying)}
            onRestore={({ name, at }) => setFrom({ name, file: "", what: at })}
          />
          {from ? (
            <RestoreBox
              key={from.what}
              from={from}
              busy={busy}
              onRestore={restore}
              onClose={() => setFrom(null)}
            />
          ) : null}
          <div className="backup-ways">
            <div className="stack">
              <h3>{words.copyTitle}</h3>
              <p className="quiet">{words.copyNote}</p>
              <TargetChooser label={words.copy} testid={tid.backupCopy} disabled={busy} onChosen={copy} />
            </div>
            <RestoreFile busy={busy} onChosen={(file) => setFrom({ name: "", file, what: file })} />
          </div>
        </Guarded>
      ) : null}
      {open ? <SealPart /> : null}
    </section>
  );
}
