/** A press of the mouse as a browser makes it: what React has to do is done before the listeners of the window are told. */
import { fireEvent } from "@testing-library/react";
import { flushSync } from "react-dom";

const flush = () => flushSync(() => undefined);

export function clickByMouse(element: Element): void {
  document.addEventListener("click", flush);
  // Where the press is not refused it takes the keys to what it is on.
  if (fireEvent.mouseDown(element, { detail: 1 })) element.closest<HTMLElement>("button, input")?.focus();
  fireEvent.mouseUp(element, { detail: 1 });
  fireEvent.click(element, { detail: 1 });
  document.removeEventListener("click", flush);
}
