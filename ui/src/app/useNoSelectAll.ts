/** Ctrl+A selects what a text box holds, and never the whole screen, which would only be in the way. */
import { useEffect } from "react";
import { isEditable } from "../keyTarget";

export function useNoSelectAll(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.code !== "KeyA" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!isEditable(event.target)) event.preventDefault();
    };
    window.addEventListener("keydown", down, true);
    return () => window.removeEventListener("keydown", down, true);
  }, []);
}
