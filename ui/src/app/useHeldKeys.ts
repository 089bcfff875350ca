/** A key that stays down presses a button once: what is pressed again and again goes on without anyone looking. */
import { useEffect } from "react";
import { isEditable, PRESSING } from "../keyTarget";

const PRESSED =
  "button, a[href], summary, [role=button], [role=checkbox], [role=menuitem], input[type=checkbox], input[type=radio]";

/** Repeats of a held Enter or Space press nothing, in the whole window; text boxes and lists keep theirs. */
export function useHeldKeys(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (!event.repeat || !PRESSING.has(event.code) || isEditable(event.target)) return;
      if (!(event.target instanceof Element) || event.target.closest(PRESSED) === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", down, true);
    return () => window.removeEventListener("keydown", down, true);
  }, []);
}
