/** What a snapshot of the desk says of deciding: whether the photo can be shown, what fails, what stands already. Pure. */
import type { QueueItem, Reason } from "../bindings/wire";
import { sameReasons } from "./reasons";
import type { DecisionKind, Snapshot } from "./snapshot";

/** How many findings of the photo fail and were called wrong by nobody. */
export function failingOf({ view, disputed }: Snapshot): number {
  const failing = view?.findings.filter((one) => one.severity === "fail" && !disputed.has(one.code));
  return failing?.length ?? 0;
}

export function isBroken({ view, picture }: Snapshot): boolean {
  return view?.picture === null || picture?.state === "broken";
}

interface Asked {
  kind: DecisionKind;
  reasons: readonly Reason[];
  note: string;
}

/** Whether this very decision already stands, so that confirming it writes nothing. */
export function stands({ view }: Snapshot, item: QueueItem, asked: Asked): boolean {
  const standing = view?.decision;
  // Two people differ: saying the second's verdict again is what settles it.
  if (view?.review?.state === "differs") return false;
  return (
    item.decision === asked.kind &&
    standing?.kind === asked.kind &&
    standing.note === asked.note &&
    sameReasons(standing.reasons, asked.reasons)
  );
}

/**
 * The submission the desk holds and the one that takes its place, where an undone act changed which of a student's
 * photos counts.
 */
export function exchanged(
  items: readonly QueueItem[],
  held: (submission: number) => boolean,
): { held: number; item: QueueItem } | null {
  const [one, other] = items;
  if (!one || !other || items.length !== 2 || one.student_no !== other.student_no) return null;
  if (held(one.submission) === held(other.submission)) return null;
  return held(one.submission) ? { held: one.submission, item: other } : { held: other.submission, item: one };
}
