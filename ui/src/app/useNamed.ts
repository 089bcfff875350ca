/**
 * Acts that are signed, before anybody gave a name: the name is asked for, and what was asked for goes on once it is there.
 * Whatever is touched beside the question puts the act off for good: its choices may be others by then.
 */
import { useCallback, useEffect, useRef } from "react";

/** Does `work` at once where somebody has signed. */
export type Named = (work: () => void) => void;

/** `reviewer` is empty while nobody has signed; `ask` shows the question. */
export function useNamed(reviewer: string, ask: () => void): Named {
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    const drop = (event: Event) => {
      const asked = event.target instanceof Element && event.target.closest(".reviewer-strip") !== null;
      if (!asked) waiting.current = null;
    };
    document.addEventListener("pointerdown", drop, true);
    document.addEventListener("keydown", drop, true);
    return () => {
      document.removeEventListener("pointerdown", drop, true);
      document.removeEventListener("keydown", drop, true);
    };
  }, []);
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
