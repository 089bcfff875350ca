/** What a snapshot of the desk says of deciding: whether the photo can be shown, what fails, what stands already. */
import type { DecideRequest, QueueItem, Reason, UndoAsk, Undoable } from "../bindings/wire";
import { zh } from "../zh";
import type { Chord } from "./chord";
import { everything } from "./everything";
import { sameReasons } from "./reasons";
import type { DecisionKind, SessionHost, Snapshot } from "./snapshot";

/** How many findings of the photo fail and were called wrong by nobody. */
export function failingOf({ view, disputed }: Snapshot): number {
  const failing = view?.findings.filter((one) => one.severity === "fail" && !disputed.has(one.code));
  return failing?.length ?? 0;
}

/** The failing finding after the one that is pointed at, of all that did not pass where none fails. */
export function nextFailing(snapshot: Snapshot, pointed: string | null): string | null {
  const findings = snapshot.view?.findings ?? [];
  const failing = findings.filter((finding) => finding.severity === "fail");
  const round = failing.length > 0 ? failing : findings.filter((finding) => finding.severity !== "pass");
  const at = round.findIndex((finding) => finding.rule === pointed);
  return round[(at + 1) % Math.max(1, round.length)]?.rule ?? null;
}

export function isBroken({ view, picture }: Snapshot): boolean {
  return view?.picture === null || picture?.state === "broken";
}

/**
 * Why no decision can be made now, in words for the reviewer; `null` when one can. `underWay` says what is waited for.
 * Asks for a name last of all.
 */
function ofDecision(
  snapshot: Snapshot,
  kind: DecisionKind,
  underWay: string | null,
  host: SessionHost,
): string | null {
  if (snapshot.banner) return zh.desk.hint.locked;
  if (snapshot.asked !== null) return zh.desk.hint.asked;
  if (underWay !== null) return underWay;
  if (snapshot.finished)
    return zh.desk.hint.finished(snapshot.skipped, host.keyOf("previous"), host.keyOf("next"));
  if (!snapshot.painted) return zh.desk.hint.notPainted;
  // The key that passes shows them first; what is sent back or held must be the one that counts, too.
  if (snapshot.toPick > 0 && kind !== "approved") return zh.desk.pick.first(host.keyOf("approve"));
  if (kind === "approved" && snapshot.toPick === 0 && isBroken(snapshot)) return zh.desk.hint.broken;
  return host.barred();
}

/**
 * Why nothing can be taken back, or done again, now; `null` when something can. What did not come about is not taken
 * back, and the act before it must not go in its place.
 */
function ofUndo(
  snapshot: Snapshot,
  command: "act_undo" | "act_redo",
  chord: Chord,
  host: SessionHost,
): string | null {
  if (snapshot.banner) return zh.desk.hint.locked;
  if (snapshot.asked !== null) return zh.desk.hint.asked;
  const meant = chord.undo(snapshot.items[snapshot.index]?.submission, host.now());
  if (meant === "mark" && command === "act_undo") return zh.desk.hint.markStays(host.keyOf("mark-wrong"));
  const barred = host.barred();
  // Where nothing can be undone at all, pressing once more is no advice.
  if (barred !== null) return barred;
  return meant === "refused" && command === "act_undo" ? zh.desk.hint.nothingDone : null;
}

/** A whole sampling plan is released by it. */
export const isRelease = (next: Undoable): boolean => next.plan !== null;

/** It only says which of one student's photos counts: several photos, and no decision of another. */
const isChoice = (next: Undoable): boolean => next.what === "photo_chosen";

/** More than the one student before the eyes stands as they do by it: a plan's release, or a page of the grid. */
const isOfMany = (next: Undoable): boolean => isRelease(next) || (next.total > 1 && !isChoice(next));

export interface NextUndo {
  /** What would be taken back, to be asked about; `null` where nothing is. */
  ask: string | null;
  /** Which act it is, as it is sent. */
  seen: Pick<UndoAsk, "seen">;
}

/**
 * The next undo: what it would take back, where it is to be asked about first, and which act that is, so that no other is
 * taken back in its place. Who cannot be told can still undo. What is done again was seen when it was undone.
 */
export async function nextUndo(
  { bridge, round }: Pick<SessionHost, "bridge" | "round">,
  command: "act_undo" | "act_redo",
  isAsked = isOfMany,
): Promise<NextUndo> {
  if (command === "act_redo") return { ask: null, seen: {} };
  const nothing: Undoable = { summary: null, what: null, plan: null, total: 0, act: null };
  const next = await bridge.call("act_peek", { round }).catch(() => nothing);
  return { ask: isAsked(next) ? next.summary : null, seen: next.act === null ? {} : { seen: next.act } };
}

/** Why something cannot be done now. */
export const refusals = { ofDecision, ofUndo };

interface Asked {
  kind: DecisionKind;
  reasons: Reason[];
  note: string;
}

/** The decision as it is sent: on the photo as it was shown, over the decision that was seen. */
export const requestOf = (item: QueueItem, seen_decision: number | null, asked: Asked): DecideRequest => ({
  submission: item.submission,
  seen_decision,
  seen_student: item.student_no,
  second: item.decision === "reviewing",
  ...asked,
});

/**
 * Whether this very decision already stands, so that confirming it writes nothing; another's with a note of theirs, too,
 * where `reviewer` adds none.
 */
export function stands({ view }: Snapshot, item: QueueItem, asked: Asked, reviewer: string): boolean {
  const standing = view?.decision;
  // Two people differ: saying the second's verdict again is what settles it.
  if (view?.review?.state === "differs") return false;
  const isNoted = standing?.note === asked.note || (asked.note === "" && standing?.reviewer !== reviewer);
  return (
    item.decision === asked.kind &&
    standing?.kind === asked.kind &&
    isNoted &&
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

/** The photos whose decision is no longer the one that is known: after an act on more of them than its answer lists. */
export async function changedSince(
  { bridge, round }: SessionHost,
  known: ReadonlyMap<number, number | null>,
): Promise<QueueItem[]> {
  const all = await bridge.call("queue_filter", everything(round));
  return all.items.filter((item) => {
    const before = known.get(item.submission);
    return before !== undefined && before !== item.decision_id;
  });
}

/** Waits for a verdict: the first, or a second one while the first is withheld. */
export const isOpen = (item: QueueItem) => item.decision === "" || item.decision === "reviewing";
