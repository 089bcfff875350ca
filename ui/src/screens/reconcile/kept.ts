/** What an ending is asked about, in words: how long the data is kept, and what is open. */
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

/** What the round would be closed over; empty when nothing is open. */
export function openText(view: EndingView): string {
  const { pending, held, differing, differences } = view;
  if (pending + held + differing + differences === 0) return "";
  return words.open({
    pending: count(pending),
    held: count(held),
    differing: count(differing),
    differences: count(differences),
  });
}
