/** What a round's books amount to, and every act on them. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { useSigner } from "../../app/useSigner";
import type { Failure, ReceiptsImported, ReconcileView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { count } from "../../format";
import { zh } from "../../zh";

import { keepReceipts, lastReceipts } from "./lastReceipts";

const words = zh.reconcile;

type Revert = "reconcile_undo" | "reconcile_redo";
const BOTH_LIVE: Record<Revert, boolean> = { reconcile_undo: false, reconcile_redo: false };

export function useReconcile(round: number) {
  const { bridge, status, named, refresh } = useApp();
  const [view, setView] = useState<ReconcileView | null>(null);
  const person = status.seat.person ?? 0;
  const [imported, setShown] = useState(() => lastReceipts(round, person));
  const signer = useSigner();
  const setImported = (done: ReceiptsImported | null) => {
    keepReceipts(round, signer.current, done);
    setShown(done);
  };
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState("");
  /** What was said is that the last page was saved: it can be shown where it lies. */
  const [saved, setSaved] = useState(false);
  /** What the station said there is nothing left of, until something is done again. */
  const [spent, setSpent] = useState(BOTH_LIVE);

  const reads = useRef(0);
  const show = useCallback(async () => {
    reads.current += 1;
    const mine = reads.current;
    const read = await bridge.call("reconcile_show", { round });
    // An earlier answer may come after a later one.
    if (mine === reads.current) setView(read);
  }, [bridge, round]);
  /** Does something, says what came of it, and reads the books again. */
  const act = useCallback(
    async (doing: () => Promise<string>) => {
      try {
        setSaved(false);
        const text = await doing();
        await show();
        setFailure(null);
        setSaid(text);
      } catch (thrown) {
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [show],
  );
  useEffect(() => {
    // Nothing is said of it: it may come after what was done meanwhile.
    show().catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [show]);
  /** As `act`, when somebody is there to sign it; else asks who first. */
  const signed = (doing: () => Promise<string>) => named(() => void act(doing));
  /** As `signed`, for what can be taken back. */
  const changing = (doing: () => Promise<string>) =>
    signed(async () => {
      const text = await doing();
      setSpent(BOTH_LIVE);
      return text;
    });

  /** What was said stays where it belongs. */
  const leave = () => {
    setSaid("");
    setSaved(false);
    if (view) setFailure(null);
  };
  const importList = (path: string, kind: string, delivery: number | null) =>
    changing(async () => {
      setImported(null);
      setImported(await bridge.call("receipts_import", { round, path, kind, delivery }));
      return "";
    });
  const reject = () =>
    changing(async () => {
      const done = await bridge.call("receipts_reject", { round, receipts: [] });
      void refresh();
      return words.rejected(count(done.rejected));
    });
  const drop = (receipt: number) =>
    changing(async () => {
      const done = await bridge.call("receipts_drop", { round, receipts: [receipt] });
      return words.dropped(count(done.dropped), done.whom);
    });
  const assign = (receipt: number, student: number) =>
    changing(async () => {
      const done = await bridge.call("receipt_assign", { round, receipt, student });
      return words.assigned(done.whose, done.delivered);
    });
  const settle = (receipt: number, state: string, reason: string) =>
    changing(async () => {
      const done = await bridge.call("receipt_settle", { round, receipt, state, reason });
      return words.settled(done.whose, done.meaning);
    });
  const revert = (command: Revert) =>
    signed(async () => {
      const done = await bridge.call(command, { round });
      void refresh();
      setSpent((before) => (done.act ? BOTH_LIVE : { ...before, [command]: true }));
      return done.act?.summary ?? words.nothing[command];
    });
  const mark = (students: number[], arrived: boolean) =>
    changing(async () => {
      const done = await bridge.call("paper_mark", { round, students, arrived });
      return words.marked(count(done.changed), arrived, done.whom);
    });
  const close = (folder: string) =>
    signed(async () => {
      const done = await bridge.call("closing_save", { round, folder });
      setSaved(true);
      return words.saved(done.workbook, done.pdf);
    });
  return {
    view,
    imported,
    failure,
    said,
    saved,
    spent,
    leave,
    importList,
    reject,
    drop,
    assign,
    settle,
    revert,
    mark,
    close,
    putAway: () => setImported(null),
  };
}
