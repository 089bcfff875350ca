/** Asks before an undo that takes back more than one photo's decision. Has the keys until it is answered. */
import { useEffect, useRef } from "react";
import { useOwnKeys } from "../../components/useOwnKeys";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.undoAsk;

interface Props {
  /** What would be taken back. */
  summary: string;
  onAnswer: (yes: boolean) => void;
}

export function UndoQuestion({ summary, onAnswer }: Props) {
  const no = useRef<HTMLButtonElement>(null);
  useOwnKeys(true);
  useEffect(() => {
    // Whoever types on without looking takes nothing back.
    no.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") onAnswer(false);
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, [onAnswer]);
  return (
    <div className="finished undo-question" role="alertdialog" aria-label={words.title(summary)}>
      <strong data-testid={tid.undoAsk}>{words.title(summary)}</strong>
      <span>{words.note}</span>
      <button type="button" className="act" data-testid={tid.undoAskYes} onClick={() => onAnswer(true)}>
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
    </div>
  );
}
