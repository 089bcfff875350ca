/** What was said of a student last, with the way back; or the box for a reason that has no name. */
import { Button, Input } from "antd";
import { useState } from "react";
import type { StudentRow } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;

interface Props {
  said: { text: string; undo: boolean } | null;
  asked: StudentRow | null;
  /** The reason, or `null` when it is not to be said after all. */
  onAnswer: (note: string | null) => void;
  onUndo: () => void;
}

function NoteBox({ row, onAnswer }: { row: StudentRow; onAnswer: Props["onAnswer"] }) {
  const [note, setNote] = useState("");
  return (
    <div className="mark-note">
      <label htmlFor="mark-note">{words.noteOf(`${row.student_no} ${row.name}`)}</label>
      <Input
        id="mark-note"
        autoFocus
        maxLength={100}
        placeholder={words.notePlaceholder}
        data-testid={tid.markNote}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onPressEnter={() => onAnswer(note)}
      />
      <Button type="primary" size="small" data-testid={tid.markNoteDo} onClick={() => onAnswer(note)}>
        {words.confirm}
      </Button>
      <Button size="small" onClick={() => onAnswer(null)}>
        {words.cancel}
      </Button>
    </div>
  );
}

export function MarkStrip({ said, asked, onAnswer, onUndo }: Props) {
  if (asked) return <NoteBox key={asked.student} row={asked} onAnswer={onAnswer} />;
  return (
    <div className="mark-note said-line" role="status">
      {said ? (
        <>
          <span data-testid={tid.markSaid}>{said.text}</span>
          {said.undo ? (
            <Button size="small" data-testid={tid.markUndo} onClick={onUndo}>
              {words.undoShort}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
