/** How long the data of a round is kept, in words. */
import type { EndingView } from "../../bindings/wire";
import { count } from "../../format";
import { zh } from "../../zh";

const words = zh.ending;

export function keptText(view: EndingView): string {
  if (view.days_left === null) return words.keepNone;
  return view.days_left < 0
    ? words.past(view.keep_until, count(-view.days_left))
    : words.left(view.keep_until, count(view.days_left));
}
