/** A tip with the whole text, only over what shows a part of it: else the tip repeats the text and covers its neighbour. */
import type { MouseEvent } from "react";

/** For the `onMouseEnter` of what holds `text` in a `<span>`. */
export const titleWhereCut = (text: string) => (event: MouseEvent<HTMLElement>) => {
  const parts = [event.currentTarget, ...event.currentTarget.querySelectorAll("span")];
  const isCut = parts.some((part) => part.scrollWidth > part.clientWidth);
  event.currentTarget.title = isCut ? text : "";
};
