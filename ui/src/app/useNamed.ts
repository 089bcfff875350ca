/**
 * Acts that are signed, before anybody gave a name: the name is asked for, and what was asked for goes on once it is there.
 * Whatever is touched beside the question, another place and Escape put the act off for good: its choices may be others
 * by then.
 */
import { useCallback, useEffect, useRef } from "react";

/** Does `work` at once where somebody has signed. */
export type Named = (work: () => void) => void;

/** `reviewer` is empty while nobody has signed; `ask` shows the question; `place` is where the act was asked for. */
export function useNamed(reviewer: string, ask: () => void, place: unknown): Named {
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    const drop = (event: Event) => {
      const asked = event.target instanceof Element && event.target.closest(".reviewer-strip") !== null;
      const declined = event instanceof KeyboardEvent && event.key === "Escape";
      if (!asked || declined) waiting.current = null;
    };
    // What reads the screen to somebody clicks without a pointer.
    const touches = ["pointerdown", "click", "keydown"];
    for (const touch of touches) document.addEventListener(touch, drop, true);
    return () => {
      for (const touch of touches) document.removeEventListener(touch, drop, true);
    };
  }, []);
  useEffect(() => {
    void place;
    waiting.current = null;
  }, [place]);
  useEffect(() => {
    if (reviewer === "") return;
    const work = waiting.current;
    waiting.current = null;
    work?.();
  }, [reviewer]);
  return useCallback(
    (work) => {
      if (reviewer !== "") {
        work();
        return;
      }
      ask();
      waiting.current = work;
    },
    [reviewer, ask],
  );
}
