/**
 * Takes the last import of the roster back, and does it again: offered where there is one of whoever sits here. Asks once,
 * with what that does to the roster.
 */
import { Button, type ButtonProps, Popconfirm } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, UndoneAct } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { WhileOpen } from "../../components/WhileOpen";
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

interface Word {
  text: string;
  /** An import was taken back, and can be brought again. */
  undone: boolean;
}

/** What each person was told last of an undo: whoever goes away and comes back finds the way back still there. */
const lastWord = new Map<string, Word>();

/** Whether an import of whoever sits here could be taken back, as the station says; asked again with every `turn`. */
function useTakeable(round: number, person: number, turn: unknown): boolean {
  const { bridge } = useApp();
  const [takeable, setTakeable] = useState(false);
  useEffect(() => {
    void [person, turn];
    let stale = false;
    bridge
      .call("roster_peek", { round })
      .then(({ summary }) => stale || setTakeable(summary !== null))
      // Whoever is not told of it is not offered it; what is wrong with the workspace is told beside the list.
      .catch(() => stale || setTakeable(false));
    return () => {
      stale = true;
    };
  }, [bridge, round, person, turn]);
  return takeable;
}

export function ImportUndo({ round, any, onChanged }: Props) {
  const { bridge, status, refresh } = useApp();
  const person = status.seat.person ?? 0;
  const last = lastImport(round, person);
  const key = `${round} ${person}`;
  const [word, setWord] = useState(lastWord.get(key) ?? null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const takeable = useTakeable(round, person, turn);

  const take = async (command: "roster_undo" | "roster_redo", told: (act: UndoneAct | null) => string) => {
    setBusy(true);
    setFailure(null);
    try {
      const { act } = await bridge.call(command, { round });
      const said = { text: told(act), undone: act !== null && command === "roster_undo" };
      setWord(said);
      // That there is nothing is an answer to the press alone; what was done stays worth knowing.
      if (act) lastWord.set(key, said);
      else lastWord.delete(key);
      setTurn((before) => before + 1);
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

  const offers = any && takeable;
  return (
    <>
      {word ? (
        <span className="quiet" role="status" data-testid={tid.rosterUndoWord}>
          {word.text}
        </span>
      ) : null}
      <WhileOpen round={round}>
        {word?.undone ? (
          <Button size="small" disabled={busy} data-testid={tid.rosterRedo} onClick={redo}>
            {words.redoImport}
          </Button>
        ) : offers ? (
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
      </WhileOpen>
      <FailureNote failure={failure} />
    </>
  );
}
