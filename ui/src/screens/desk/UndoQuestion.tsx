/** Asks before an undo that takes back more than one photo's decision. Has the keys until it is answered. */
import { useLayoutEffect, useRef, useState } from "react";
import { useOwnKeys } from "../../components/useOwnKeys";
import { isBindable } from "../../desk/keymap";
import { digitOf } from "../../desk/keys";
import { isEditable, PRESSING } from "../../keyTarget";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.undoAsk;

/** The keys that answer, printed on the answers; Esc says no as well. */
const ANSWERS: Readonly<Record<string, boolean>> = { KeyY: true, KeyN: false };

/** Whether a bare key, or the one that undoes everywhere, was pressed for something. */
const isMeant = (event: KeyboardEvent) => {
  if (event.altKey || ((event.ctrlKey || event.metaKey) && event.code !== "KeyZ")) return false;
  return isBindable(event.code) || digitOf(event) !== null;
};

const isBare = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  !ctrlKey && !metaKey && !altKey && !shiftKey;

interface Props {
  /** What would be taken back. */
  summary: string;
  onAnswer: (yes: boolean) => void;
}

export function UndoQuestion({ summary, onAnswer }: Props) {
  const yes = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  /** A key was pressed that means nothing here. */
  const [missed, setMissed] = useState(false);
  useOwnKeys(true);
  useLayoutEffect(() => {
    // Whoever types on without looking takes nothing back.
    no.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") return onAnswer(false);
      const answer = isBare(event) ? ANSWERS[event.code] : undefined;
      if (answer !== undefined && !event.isComposing && !isEditable(event.target)) {
        event.preventDefault();
        event.stopPropagation();
        // A key held down since before the question answers nothing.
        if (!event.repeat) onAnswer(answer);
        return;
      }
      if (event.code !== "Tab" && isMeant(event) && !PRESSING.has(event.code) && !isEditable(event.target))
        setMissed(true);
      const here = [yes.current, no.current].find((button) => button === document.activeElement);
      if (event.code !== "Tab" && (here || !PRESSING.has(event.code))) return;
      if (event.code !== "Tab" && isEditable(event.target)) return;
      // Nothing behind the question is gone to, or pressed, by a key.
      event.preventDefault();
      event.stopPropagation();
      (here === no.current ? yes : no).current?.focus({ preventScroll: true });
    };
    document.addEventListener("keydown", key, true);
    return () => document.removeEventListener("keydown", key, true);
  }, [onAnswer]);
  return (
    <div className="finished undo-question" role="alertdialog" aria-label={words.title(summary)}>
      <strong data-testid={tid.undoAsk}>{words.title(summary)}</strong>
      <span role="status" data-testid={tid.undoAskNote}>
        {missed ? words.missed : words.note}
      </span>
      <span className="undo-answers">
        <button
          type="button"
          className="act"
          ref={yes}
          data-testid={tid.undoAskYes}
          onClick={() => onAnswer(true)}
        >
          {words.yes} <kbd>Y</kbd>
        </button>
        <button
          type="button"
          className="act"
          ref={no}
          data-testid={tid.undoAskNo}
          onClick={() => onAnswer(false)}
        >
          {words.no} <kbd>N</kbd> <kbd>Esc</kbd>
        </button>
      </span>
    </div>
  );
}
