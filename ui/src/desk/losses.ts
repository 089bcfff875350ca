/** What could not be saved, until the reviewer has put it away: photos that came back, or an undo. Sends nothing. */
import type { Failure, QueueItem } from "../bindings/wire";
import { zh } from "../zh";
import type { Snapshot } from "./snapshot";

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

  undoFailed(failure: Failure): void {
    this.undo = failure;
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
  banner(): Snapshot["banner"] {
    if (this.lost) return { text: zh.desk.brought(this.lost.submissions.size), failure: this.lost.failure };
    return this.undo && { text: zh.desk.undoFailed, failure: this.undo };
  }
}
