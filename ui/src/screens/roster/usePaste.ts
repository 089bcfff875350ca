/** A table pasted anywhere on a screen: what Excel and WPS put on the clipboard is rows of text between tabs. */
import { useEffect } from "react";

/** Whether the text can be a table at all: more than one row, or more than one column. */
export function isTable(text: string): boolean {
  return /[\t\n]/.test(text.trim());
}

/**
 * Calls `onTable` with every table pasted while the screen is there, and `onOther` when it was something else; text
 * boxes keep what is pasted into them.
 */
export function usePaste(onTable: (text: string) => void, onOther: () => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const target = event.target;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      event.preventDefault();
      if (isTable(text)) onTable(text);
      else onOther();
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [onTable, onOther]);
}
