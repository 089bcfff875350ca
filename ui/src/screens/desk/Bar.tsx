/** Under the photo: the acts with their keys, where one stands in the queue, how fast, and what just happened. */
import { memo, type ReactNode } from "react";
import { type ActName, type KeyMap, keyOf } from "../../desk/keymap";
import type { DeskAct } from "../../desk/keys";
import type { DeskSession } from "../../desk/session";
import type { Snapshot } from "../../desk/snapshot";
import { count, decimal, duration } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { KeyCap } from "./KeyCap";

const words = zh.desk;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface ActProps {
  label: string;
  keys: ReactNode;
  testid: string;
  tone?: string;
  off?: boolean;
  /** Whose it is, where it is not for who sits here: pressed, it says so. */
  barred?: string | null;
  /** Its key says enough where there is little room. */
  brief?: boolean;
  onAct: () => void;
}

function Act({ label, keys, testid, tone, off, barred, brief, onAct }: ActProps) {
  const isBarred = typeof barred === "string";
  const looks = ["act", tone ? `act-${tone}` : "", isBarred ? "act-barred" : "", brief ? "act-brief" : ""];
  return (
    <button
      type="button"
      className={looks.filter(Boolean).join(" ")}
      data-testid={testid}
      aria-disabled={isBarred || (off ?? false)}
      title={barred ?? undefined}
      onMouseDown={keepFocus}
      // The second press of a double click is not about the photo that has come meanwhile.
      onClick={(event) => event.detail < 2 && onAct()}
    >
      <span className="act-label">{label}</span> {keys}
    </button>
  );
}

function Status({ snapshot }: { snapshot: Snapshot }) {
  const { total, index, secondsPerPhoto, sending } = snapshot;
  const open = total - snapshot.decided;
  return (
    <div className="bar-status">
      <b data-testid={tid.position}>{words.position(count(index + 1), count(total))}</b>
      {secondsPerPhoto !== null ? (
        <span>
          {words.pace(decimal(secondsPerPhoto, 1))}
          {open > 0 && !snapshot.finished ? ` · ${words.left(duration(secondsPerPhoto * open))}` : null}
        </span>
      ) : null}
      <span data-testid={tid.saving} data-sending={sending} className="quiet">
        {sending > 1 ? words.saving(sending) : snapshot.decided > 0 && sending === 0 ? words.saved : ""}
      </span>
    </div>
  );
}

interface Props {
  snapshot: Snapshot;
  keys: KeyMap;
  /** Whose deciding is, where it is not for who sits here. */
  barred: string | null;
  onAct: (act: DeskAct) => void;
}

export const Bar = memo(function Bar({ snapshot, keys, barred, onAct }: Props) {
  const off = !snapshot.painted;
  const unpicked = snapshot.toPick > 0;
  const barredFirst = barred ?? (unpicked ? words.pick.first(keyOf(keys, "approve")) : null);
  const pass = snapshot.pick ? words.pick.take : unpicked ? words.pick.open : words.actions.approve;
  const { actions } = words;
  const cap = (act: ActName, shift = false) => <KeyCap keys={keys} act={act} shift={shift} />;
  return (
    <footer className="bar">
      <Act
        label={actions.reject}
        keys={cap("reject")}
        tone="reject"
        testid={tid.reject}
        off={off}
        barred={barredFirst}
        onAct={() => onAct({ act: "reject" })}
      />
      <Act
        label={actions.hold}
        keys={cap("hold")}
        tone="hold"
        testid={tid.hold}
        off={off}
        barred={barredFirst}
        onAct={() => onAct({ act: "hold" })}
      />
      <Act
        label={pass}
        keys={cap("approve")}
        tone="approve"
        testid={tid.approve}
        off={off}
        barred={barred}
        onAct={() => onAct({ act: "approve" })}
      />
      <span className="bar-gap" />
      <Act
        label={snapshot.pick ? words.pick.left : actions.previous}
        keys={cap("previous")}
        testid="desk-previous"
        brief
        onAct={() => onAct({ act: "previous" })}
      />
      <Act
        label={snapshot.pick ? words.pick.right : actions.next}
        keys={cap("next")}
        testid="desk-next"
        brief
        onAct={() => onAct({ act: "next" })}
      />
      <Act
        label={actions.undo}
        keys={cap("undo")}
        testid={tid.undo}
        barred={snapshot.pick ? barredFirst : barred}
        onAct={() => onAct({ act: "undo" })}
      />
      <Act
        label={actions.redo}
        keys={cap("undo", true)}
        testid={tid.redo}
        barred={snapshot.pick ? barredFirst : barred}
        onAct={() => onAct({ act: "redo" })}
      />
      <Status snapshot={snapshot} />
      <Act
        label={actions.keys}
        keys={<kbd>?</kbd>}
        testid="desk-keys-button"
        brief
        onAct={() => onAct({ act: "keys" })}
      />
    </footer>
  );
});

/** What just happened or did not, for as long as it is true of what is on the screen. */
export function Hint({ hint }: { hint: Snapshot["hint"] }) {
  return (
    <div className="desk-hint" data-testid={tid.hint} role="status">
      {hint ? <span>{hint.text}</span> : null}
    </div>
  );
}

/** Where one can go on from the end of a queue. */
export interface OnwardStep {
  key: string;
  label: string;
  onGo: () => void;
}

/** At the end of the queue: said once, in the page, without taking the photo away; and what is next to do. */
export function Finished({
  session,
  skipped,
  keys,
  onQueues,
  onward,
}: {
  session: DeskSession;
  skipped: number;
  keys: KeyMap;
  onQueues: () => void;
  onward: OnwardStep[];
}) {
  return (
    <div className="finished" data-testid={tid.finished} role="status">
      <strong>{skipped > 0 ? words.doneSkipped(count(skipped)) : words.done}</strong>
      {skipped > 0 ? (
        <button type="button" className="act" onMouseDown={keepFocus} onClick={() => session.goToSkipped()}>
          {words.goSkipped}
        </button>
      ) : null}
      {onward.map((step) => (
        <button
          type="button"
          key={step.key}
          className="act"
          data-testid={tid.onward(step.key)}
          onMouseDown={keepFocus}
          onClick={step.onGo}
        >
          {step.label}
        </button>
      ))}
      <button type="button" className="act" onMouseDown={keepFocus} onClick={onQueues}>
        {words.doneNext} <KeyCap keys={keys} act="queues" />
      </button>
    </div>
  );
}
