/** What could not be saved, until the reviewer has put it away: photos that came back, or an undo. Sends nothing. */
import type { Failure, QueueItem, SubmissionView } from "../bindings/wire";
import { zh } from "../zh";
import type { Snapshot } from "./snapshot";

/** The student's newer photo that this one was replaced by; only the newest can be decided on. */
export function replacedBy(view: SubmissionView | null): number | null {
  if (!view?.student) return null;
  const newest = view.history.reduce((last, entry) => (entry.sequence > last.sequence ? entry : last), {
    submission: view.item.submission,
    sequence: view.item.sequence,
  });
  return newest.submission === view.item.submission ? null : newest.submission;
}

export class Losses {
  private lost: { submissions: Set<number>; failure: Failure } | null = null;
  private undo: Failure | null = null;

  /** A decision on it was refused; whether it is the first that is still to be read about. */
  add(submission: number, failure: Failure): boolean {
    const first = this.lost === null;
    this.lost ??= { submissions: new Set(), failure };
    this.lost.submissions.add(submission);
    return first;
  }

  /** Notes why an undo did not come about, and hands it on. */
  undoFailed(failure: Failure): Failure {
    this.undo = failure;
    return failure;
  }

  has(submission: number): boolean {
    return this.lost?.submissions.has(submission) ?? false;
  }

  among(items: readonly QueueItem[]): QueueItem[] {
    return items.filter((item) => this.has(item.submission));
  }

  clear(): void {
    [this.lost, this.undo] = [null, null];
  }

  /** What the desk says above the photo. */
  banner(view: SubmissionView | null): Snapshot["banner"] {
    if (this.lost) {
      const { submissions, failure } = this.lost;
      const newer = view && submissions.has(view.item.submission) ? replacedBy(view) : null;
      return { text: zh.desk.brought(submissions.size), failure, newer };
    }
    return this.undo && { text: zh.desk.undoFailed, failure: this.undo, newer: null };
  }
}
