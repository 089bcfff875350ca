/** What the end of a round asks of the station. */
import { useCallback, useEffect, useState } from "react";
import { busyWith } from "../../app/busy";
import { useApp } from "../../app/context";
import type { ArchiveChecked, ArchiveChoice, EndingView, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { zh } from "../../zh";

export function useEnding(round: number) {
  const { bridge, job, startJob, refresh, named } = useApp();
  const [view, setView] = useState<EndingView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** Files of the certificate that was saved just now. */
  const [saved, setSaved] = useState<string[]>([]);
  const [checked, setChecked] = useState<ArchiveChecked | null>(null);
  const [notChecked, setNotChecked] = useState<Failure | null>(null);
  /** An archive is being read. */
  const [checking, setChecking] = useState(false);
  /** The name was just changed here: what undo takes back first. */
  const [renamed, setRenamed] = useState(false);
  const busy = job !== null && !job.finished;
  const ended = job?.finished ? job.job : 0;
  const written =
    job?.round === round && job.outcome?.kind === "archive"
      ? { job: job.job, report: job.outcome.report }
      : null;

  /** Does something, shows what came of it, and has the cards of the rounds follow. */
  const run = useCallback(
    async (work: () => Promise<EndingView | null>) => {
      setSaved([]);
      try {
        const answer = await work();
        setFailure(null);
        if (answer) setView(answer);
        await refresh();
      } catch (thrown) {
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [refresh],
  );
  useEffect(() => {
    void ended;
    let stale = false;
    bridge
      .call("ending_show", { round })
      .then((answer) => !stale && setView(answer))
      .catch((thrown) => !stale && setFailure(asFailure(thrown, zh.failure.host)));
    return () => {
      stale = true;
    };
  }, [bridge, round, ended]);

  return {
    view,
    failure,
    saved,
    checked,
    notChecked,
    checking,
    renamed,
    busy,
    archiving: busyWith(job, "archive", round),
    written,
    close: (reason: string) => named(() => void run(() => bridge.call("round_close", { round, reason }))),
    reopen: () => named(() => void run(() => bridge.call("round_reopen", { round }))),
    keep: (keep_until: string) =>
      named(() => void run(() => bridge.call("retention_set", { round, keep_until }))),
    rename: (name: string) =>
      void run(async () => {
        await bridge.call("round_rename", { round, name: name.trim() });
        setRenamed(true);
        return bridge.call("ending_show", { round });
      }),
    unrename: () =>
      void run(async () => {
        setRenamed(false);
        await bridge.call("scope_undo", { round });
        return bridge.call("ending_show", { round });
      }),
    archive: (choice: ArchiveChoice, target: string) =>
      named(() => void startJob(bridge.call("archive_write", { round, choice, target }))),
    check: (path: string, passphrase: string) => {
      setChecked(null);
      setNotChecked(null);
      setChecking(true);
      bridge
        .call("archive_verify", { path, passphrase })
        .then(setChecked)
        .catch((thrown) => setNotChecked(asFailure(thrown, zh.failure.host)))
        .finally(() => setChecking(false));
    },
    erase: (name: string, waived: string) =>
      named(() => void startJob(bridge.call("round_erase", { round, name, waived }))),
    certificate: (folder: string) =>
      void run(async () => {
        const { workbook, pdf } = await bridge.call("certificate_save", { round, folder });
        setSaved([workbook, pdf]);
        return null;
      }),
  };
}

export type Ending = ReturnType<typeof useEnding>;
