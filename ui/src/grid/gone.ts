/** Photos of an opened list that are not to be decided on any more, though they stay in their places till it is reopened. */
import type { QueueItem } from "../bindings/wire";

/** In place of a decision: given to a pile or to another, replaced by a newer photo, or of a student who is exempt now. */
export const GONE = "gone";

/** The list with every photo as it stands by now; `now` is every current photo of the round. */
export function standingAnew(items: readonly QueueItem[], now: readonly QueueItem[]): QueueItem[] {
  const by = new Map(now.map((item) => [item.submission, item]));
  return items.map((item) => by.get(item.submission) ?? { ...item, decision: GONE, decision_id: null });
}
