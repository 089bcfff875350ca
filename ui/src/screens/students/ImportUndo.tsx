/** Takes the last import of the roster back, and does it again. Asks once, with what that does to the roster. */
import { Button, type ButtonProps, Popconfirm } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, UndoneAct } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { dropImport, lastImport } from "../roster/lastImport";

const words = zh.students;

interface Props {
  round: number;
  /** There are students, so there was an import. */
  any: boolean;
  /** The roster is another one now. */
  onChanged: () => void;
}

/** What was said last in a round: whoever goes away and comes back finds the way back still there. */
const lastWord = new Map<number, { text: string; undone: boolean }>();

export function ImportUndo({ round, any, onChanged }: Props) {
  const { bridge, status, refresh } = useApp();
  const person = status.seat.person ?? 0;
  const last = lastImport(round, person);
  const [word, setWord] = useState(lastWord.get(round) ?? null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const take = async (command: "roster_undo" | "roster_redo", told: (act: UndoneAct | null) => string) => {
    setBusy(true);
    setFailure(null);
    try {
      const { act } = await bridge.call(command, { round });
      const said = { text: told(act), undone: act !== null && command === "roster_undo" };
      lastWord.set(round, said);
      setWord(said);
      if (act) {
        dropImport(round, person);
        onChanged();
        await refresh();
      }
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  const undo = () =>
    void take("roster_undo", (act) => (act ? words.undone(act.summary) : words.nothingToUndo));
  const redo = () => void take("roster_redo", (act) => (act ? act.summary : words.nothingToRedo));

  return (
    <>
      {word ? (
        <span className="quiet" role="status" data-testid={tid.rosterUndoWord}>
          {word.text}
        </span>
      ) : null}
      {word?.undone ? (
        <Button size="small" disabled={busy} data-testid={tid.rosterRedo} onClick={redo}>
          {words.redoImport}
        </Button>
      ) : any ? (
        <Popconfirm
          placement="bottomLeft"
          title={words.undoSure}
          description={
            <div className="undo-effect" data-testid={tid.rosterUndoEffect}>
              {words.undoEffect(last)}
            </div>
          }
          okText={words.undoImport}
          cancelText={zh.reviewer.cancel}
          okButtonProps={{ "data-testid": tid.rosterUndoSure } as ButtonProps}
          onConfirm={undo}
        >
          <Button size="small" disabled={busy} data-testid={tid.rosterUndo}>
            {words.undoImport}
          </Button>
        </Popconfirm>
      ) : null}
      <FailureNote failure={failure} />
    </>
  );
}
