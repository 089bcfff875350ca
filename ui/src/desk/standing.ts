/**
 * How each photo of the queue stands as far as it is known here, and what somebody else decided on it since the queue was
 * opened: that is passed over, and nobody changes it without having been told. Nor does anybody decide for another student
 * than the one who stood beside the photo. Decides and sends nothing.
 */
import type { DecisionView, QueueItem, SubmissionView } from "../bindings/wire";
import { zh } from "../zh";
import type { DecisionKind } from "./snapshot";

/** What was said must have stood this long before the same key means it, ms: two quick presses are not two looks. */
const READ_MS = 400;

interface Told {
  /** For which verdict it was said, and when. */
  told: { kind: DecisionKind; at: number } | null;
}

interface Meanwhile extends Told {
  decision: DecisionView;
}

/** Whose the photo became before the reviewer's eyes. */
interface Moved extends Told {
  item: QueueItem;
}

/** Whether it is said now, in place of deciding: once for a verdict, and long enough to be read. */
function isSaid(what: Told, kind: DecisionKind, now: number): boolean {
  if (what.told?.kind !== kind) what.told = { kind, at: now };
  else if (now - what.told.at >= READ_MS) return false;
  return true;
}

export class Standing {
  private readonly ids = new Map<number, number | null>();
  private readonly students = new Map<number, string>();
  private readonly others = new Map<number, Meanwhile>();
  private readonly moved = new Map<number, Moved>();

  /** The decision that stands on each photo, by id. */
  get known(): ReadonlyMap<number, number | null> {
    return this.ids;
  }

  /** It came with the queue, or was done here: what stands is seen. */
  know({ submission, decision_id, student_no }: QueueItem): void {
    this.ids.set(submission, decision_id);
    this.students.set(submission, student_no);
    this.others.delete(submission);
    this.moved.delete(submission);
  }

  /**
   * The photo was read anew; a decision that was not there is another's, unless `reviewer` made it. Whether it `stood` on
   * the screen: only then was another student beside it.
   */
  hear({ item, decision }: SubmissionView, reviewer: string, stood = false): void {
    const { submission, decision_id, student_no } = item;
    if (stood && this.students.get(submission) !== student_no)
      this.moved.set(submission, { item, told: null });
    this.students.set(submission, student_no);
    const before = this.ids.get(submission);
    this.ids.set(submission, decision_id);
    if (before === decision_id) return;
    if (!decision || decision.reviewer === reviewer) this.others.delete(submission);
    else this.others.set(submission, { decision, told: null });
  }

  /** Whether somebody else decided on it meanwhile. */
  isOthers(submission: number): boolean {
    return this.others.has(submission);
  }

  /**
   * What is said in place of deciding; `null` where nobody else decided and it is the same student's, or once it was said
   * for this verdict.
   */
  ask(submission: number, kind: DecisionKind, now: number): string | null {
    const moved = this.moved.get(submission);
    if (moved && isSaid(moved, kind, now)) {
      const { student_no, name } = moved.item;
      return zh.desk.hint.movedMeanwhile(`${student_no} ${name}`.trim());
    }
    const other = this.others.get(submission);
    if (!other || !isSaid(other, kind, now)) return null;
    return zh.desk.hint.decidedMeanwhile(other.decision.reviewer, other.decision.kind, kind);
  }

  /** Which of these were passed over because somebody else was faster; empty for none. */
  passedOver(items: readonly QueueItem[]): string {
    const lines = items.flatMap(({ submission, name }) => {
      const other = this.others.get(submission);
      return other ? [zh.desk.hint.meanwhileOne(name, other.decision.reviewer, other.decision.kind)] : [];
    });
    return lines.length === 0 ? "" : zh.desk.hint.passedOver(lines);
  }
}
