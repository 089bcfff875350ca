import type { QueueItem } from "../bindings/wire";

/** Decisions on their way to the disk, by submission: how many, and which act on a photo was the last. Sends nothing. */
export class Flights {
  private readonly acts = new Map<number, number>();
  private readonly pending = new Map<number, number>();
  /** How the photo stood before the first decision that is not answered yet. */
  private readonly before = new Map<number, QueueItem>();

  /** An act on the submission that sends nothing; gives its number. */
  act(submission: number): number {
    const act = (this.acts.get(submission) ?? 0) + 1;
    this.acts.set(submission, act);
    return act;
  }

  /** A decision on the photo as it stands here leaves; gives the number of its act. */
  leave(item: QueueItem): number {
    const { submission } = item;
    if (!this.isUnderWay(submission)) this.before.set(submission, item);
    this.pending.set(submission, (this.pending.get(submission) ?? 0) + 1);
    return this.act(submission);
  }

  /** A decision was answered: how the photo stands by it, `null` for a refusal. */
  land(submission: number, now: QueueItem | null): void {
    if (now) this.before.set(submission, now);
    const left = (this.pending.get(submission) ?? 1) - 1;
    if (left > 0) this.pending.set(submission, left);
    else this.pending.delete(submission);
  }

  /** The photo as it stands, by the decision `known`, without those that were refused or not answered. */
  without(item: QueueItem, known: number | null = null): QueueItem {
    return { ...(this.before.get(item.submission) ?? item), decision_id: known };
  }

  /**
   * The decision that stood when this one was made: the one before the first that is not answered, or what became of those
   * since. What a colleague decides between the key and the sending was not seen.
   */
  seen(submission: number): number | null {
    return this.before.get(submission)?.decision_id ?? null;
  }

  isUnderWay(submission: number): boolean {
    return this.pending.has(submission);
  }

  /** Whether nothing was done to the submission since this act. */
  isLast(submission: number, act: number): boolean {
    return this.acts.get(submission) === act;
  }

  /** Changes with every act on the submission, begun or ended. */
  stamp(submission: number): string {
    return `${this.acts.get(submission) ?? 0}/${this.pending.get(submission) ?? 0}`;
  }
}
