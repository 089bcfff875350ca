/** Decisions on their way to the disk, by submission: how many, and which act on a photo was the last. Sends nothing. */
export class Flights {
  private readonly acts = new Map<number, number>();
  private readonly pending = new Map<number, number>();

  /** An act on the submission that sends nothing; gives its number. */
  act(submission: number): number {
    const act = (this.acts.get(submission) ?? 0) + 1;
    this.acts.set(submission, act);
    return act;
  }

  /** A decision leaves; gives the number of its act. */
  leave(submission: number): number {
    this.pending.set(submission, (this.pending.get(submission) ?? 0) + 1);
    return this.act(submission);
  }

  /** A decision was answered, well or badly. */
  land(submission: number): void {
    const left = (this.pending.get(submission) ?? 1) - 1;
    if (left > 0) this.pending.set(submission, left);
    else this.pending.delete(submission);
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
