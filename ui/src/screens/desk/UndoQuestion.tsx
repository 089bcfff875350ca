/** Asks before an undo that takes back more than one photo's decision. Has the keys until it is answered. */
import { useLayoutEffect, useRef } from "react";
import { useOwnKeys } from "../../components/useOwnKeys";
import { isEditable, PRESSING } from "../../keyTarget";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.undoAsk;

interface Props {
  /** What would be taken back. */
  summary: string;
  onAnswer: (yes: boolean) => void;
}

export function UndoQuestion({ summary, onAnswer }: Props) {
  const yes = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  useOwnKeys(true);
  useLayoutEffect(() => {
    // Whoever types on without looking takes nothing back.
    no.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") onAnswer(false);
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
      <span>{words.note}</span>
      <span className="undo-answers">
        <button
          type="button"
          className="act"
          ref={yes}
          data-testid={tid.undoAskYes}
          onClick={() => onAnswer(true)}
        >
          {words.yes}
        </button>
        <button
          type="button"
          className="act"
          ref={no}
          data-testid={tid.undoAskNo}
          onClick={() => onAnswer(false)}
        >
          {words.no} <kbd>Esc</kbd>
        </button>
      </span>
    </div>
  );
}
