/** The keyboard of the desk: one listener for all of it, and the focus given back to the photo. Decides nothing. */
import { useEffect, useRef } from "react";
import { areTaken, isOfList, leaveList } from "../../components/useOwnKeys";
import { HELD, type KeyMap } from "../../desk/keymap";
import { type DeskAct, isPressed, keyDown, keyUp } from "../../desk/keys";
import { isEditable } from "../../keyTarget";

/** The newest value, for listeners that stay. */
export function useLatest<T>(value: T) {
  const ref = useRef(value);
  ref.current = value;
  return ref;
}

/** One listener for the whole desk; boxes, and lists that work their own keys, are left alone. */
export function useDeskKeys(
  keys: KeyMap,
  choosing: () => boolean,
  perform: (act: DeskAct, held?: boolean) => void,
) {
  const latest = useLatest(perform);
  const isChoosing = useLatest(choosing);
  const map = useLatest(keys);
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (areTaken(event.target) || isOfList(event)) return;
      const { taken, act } = keyDown(event, map.current, isChoosing.current());
      if (!taken) return;
      event.preventDefault();
      event.stopPropagation();
      // From a list the keys go back to the photo with the first that is not the list's.
      if (act) leaveList(event.target);
      if (act) latest.current(act, event.repeat);
    };
    const up = (event: KeyboardEvent) => {
      const act = keyUp(event, map.current);
      if (act) latest.current(act);
    };
    // A button pressed with the mouse gives the keys back to the photo; one reached by Tab keeps Enter and Space, and so
    // does what the press itself gave the keys to: a list that it opened, a key that waits to be changed.
    let before: Element | null = null;
    const clicking = () => {
      before = document.activeElement;
    };
    const click = (event: MouseEvent) => {
      const focused = document.activeElement;
      if (event.detail === 0 || focused !== before || !(focused instanceof HTMLElement)) return;
      if (focused.closest("[data-keeps-focus]")) return;
      if (isPressed(focused) && !isEditable(focused)) focused.blur();
    };
    const blur = () => {
      for (const act of HELD) latest.current({ act, down: false });
    };
    window.addEventListener("keydown", down, true);
    window.addEventListener("keyup", up, true);
    window.addEventListener("blur", blur);
    window.addEventListener("click", clicking, true);
    window.addEventListener("click", click);
    return () => {
      window.removeEventListener("keydown", down, true);
      window.removeEventListener("keyup", up, true);
      window.removeEventListener("blur", blur);
      window.removeEventListener("click", clicking, true);
      window.removeEventListener("click", click);
    };
  }, [latest, map, isChoosing]);
}
