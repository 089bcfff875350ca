/** Keys that are those of a list or a step over the screen while it is open, and nobody else's. */
import { useLayoutEffect } from "react";

/** How many such things are open: one that closes gives no keys away that another still has. */
let open = 0;

/** While `own` is true no key means anything to the screen below; `areTaken` tells it so. */
export function useOwnKeys(own: boolean): void {
  // Before it is seen: a key pressed in the moment it appears is not the screen's any more.
  useLayoutEffect(() => {
    if (!own) return;
    open += 1;
    return () => {
      open -= 1;
    };
  }, [own]);
}

/** Whether something over the screen has the keys. */
export const areOthers = (): boolean => open > 0;

/** Keys that a list works itself while the focus is in it; every other one is still the screen's. */
const OF_A_LIST = new Set(["ArrowUp", "ArrowDown", "Enter", "NumpadEnter", "Space", "Escape", "Tab"]);

/** Whether the focus is in a list that is walked by keys, marked so. */
const isInList = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target.closest("[data-keys=list]") !== null;

/** Whether a list that is walked by keys works this one itself. */
export const isOfList = (event: KeyboardEvent): boolean =>
  isInList(event.target) && OF_A_LIST.has(event.code);

/** Gives the keys back from a list that is walked by them. */
export function leaveList(target: EventTarget | null): void {
  if (isInList(target)) target.blur();
}

/** Whether something over the screen has the keys, or `target` works its own. */
export function areTaken(target: EventTarget | null): boolean {
  return areOthers() || (target instanceof Element && target.closest("[data-keys=own]") !== null);
}
