/** Where a key goes. */

/** Keys that press the button that has the focus. */
export const PRESSING: ReadonlySet<string> = new Set(["Enter", "NumpadEnter", "Space"]);

/** Whether typing into `target` must be left alone. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.getAttribute("contenteditable") === "true") return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
