/**
 * How each photo of the queue stands as far as it is known here, and what somebody else decided on it since the queue was
 * opened: that is passed over, and nobody changes it without having been told. Decides and sends nothing.
 */
import type { DecisionView, QueueItem, SubmissionView } from "../bindings/wire";
import { zh } from "../zh";
import type { DecisionKind } from "./snapshot";

/** What was said must have stood this long before the same key means it, ms: two quick presses are not two looks. */
const READ_MS = 400;

interface Meanwhile {
  decision: DecisionView;
  /** For which verdict it was said, and when. */
  told: { kind: DecisionKind; at: number } | null;
}

export class Standing {
  private readonly ids = new Map<number, number | null>();
  private readonly others = new Map<number, Meanwhile>();

  /** The decision that stands on each photo, by id. */
  get known(): ReadonlyMap<number, number | null> {
    return this.ids;
  }

  /** It came with the queue, or was done here: what stands is seen. */
  know({ submission, decision_id }: QueueItem): void {
    this.ids.set(submission, decision_id);
    this.others.delete(submission);
  }

  /** The photo was read anew; a decision that was not there is another's, unless `reviewer` made it. */
  hear({ item, decision }: SubmissionView, reviewer: string): void {
    const { submission, decision_id } = item;
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

  /** What is said in place of deciding; `null` where nobody else decided, or once it was said for this verdict. */
  ask(submission: number, kind: DecisionKind, now: number): string | null {
    const other = this.others.get(submission);
    if (!other) return null;
    if (other.told?.kind !== kind) other.told = { kind, at: now };
    else if (now - other.told.at >= READ_MS) return null;
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
