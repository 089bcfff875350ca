/** Saying something of single students on their list, with the way back. */
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, StudentRow } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { zh } from "../../zh";
import { REMOVE_CODE, REMOVE_REFERENCE } from "./MarkMenu";

const words = zh.scope;

export function useMarks(round: number, onChanged: () => void) {
  const { bridge, named, refresh } = useApp();
  const [said, setSaid] = useState<{ text: string; undo: boolean } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** Whose other reason is being typed. */
  const [asked, setAsked] = useState<StudentRow | null>(null);

  const signed = async (doing: () => Promise<{ text: string; undo: boolean }>) => {
    setFailure(null);
    try {
      setSaid(await doing());
      onChanged();
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const act = (doing: () => Promise<{ text: string; undo: boolean }>) => named(() => void signed(doing));
  const say = (row: StudentRow, mark: string, note: string) =>
    act(async () => {
      const args = { round, students: [row.student], mark, on: true, note };
      const { changed } = await bridge.call("student_mark", args);
      const whose = `${row.student_no} ${row.name}`;
      const label = (words.marks[mark] ?? mark).replace("…", "");
      return changed > 0
        ? { text: words.marked(whose, label), undo: true }
        : { text: words.unchanged(whose), undo: false };
    });
  const remove = (row: StudentRow, command: "codes_remove" | "references_remove") =>
    act(async () => {
      const { removed } = await bridge.call(command, { round, students: [row.student] });
      const whose = `${row.student_no} ${row.name}`;
      const told = words.removed[command];
      return removed > 0 ? { text: told.done(whose), undo: true } : { text: told.gone(whose), undo: false };
    });
  const mark = (row: StudentRow, what: string) => {
    setAsked(what === "other" ? row : null);
    if (what === REMOVE_CODE) remove(row, "codes_remove");
    else if (what === REMOVE_REFERENCE) remove(row, "references_remove");
    else if (what !== "other") say(row, what, "");
  };
  const answer = (note: string | null) => {
    if (asked && note !== null) say(asked, "other", note);
    setAsked(null);
  };
  const undo = () =>
    act(async () => {
      const { act: undone } = await bridge.call("scope_undo", { round });
      return { text: undone?.summary ?? words.undone, undo: false };
    });
  return { said, failure, asked, mark, answer, undo };
}
