/** Keeps the webview's own menu (reload, save the page) away; text boxes and selected text keep theirs, for copying. */
import { isEditable } from "../keyTarget";

export function keepMenu(): void {
  document.addEventListener("contextmenu", (event) => {
    const selected = window.getSelection()?.isCollapsed === false;
    if (!isEditable(event.target) && !selected) event.preventDefault();
  });
}
