/** A tip with the whole text, only over what shows a part of it: else the tip repeats the text and covers its neighbour. */
import type { MouseEvent } from "react";

/** Whether something, or a `<span>` in it, shows a part of itself only. */
export function isCut(whole: HTMLElement): boolean {
  const parts = [whole, ...whole.querySelectorAll("span")];
  return parts.some(
    (part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + 1,
  );
}

/** For the `onMouseEnter` of what holds `text` in a `<span>`. */
export const titleWhereCut = (text: string) => (event: MouseEvent<HTMLElement>) => {
  event.currentTarget.title = isCut(event.currentTarget) ? text : "";
};
