/** Keys that are those of a list or a step over the screen while it is open, and nobody else's. */
import { useEffect } from "react";

/** How many such things are open: one that closes gives no keys away that another still has. */
let open = 0;

/** While `own` is true no key means anything to the screen below; `areTaken` tells it so. */
export function useOwnKeys(own: boolean): void {
  useEffect(() => {
    if (!own) return;
    open += 1;
    return () => {
      open -= 1;
    };
  }, [own]);
}

/** Whether something over the screen has the keys. */
export const areOthers = (): boolean => open > 0;

/** Whether something over the screen has the keys, or `target` works its own. */
export function areTaken(target: EventTarget | null): boolean {
  return areOthers() || (target instanceof Element && target.closest("[data-keys=own]") !== null);
}
