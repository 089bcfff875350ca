/**
 * What was written at the desk and not sent: it outlives the sitting, so that a window that locks itself, or another screen
 * in between, loses no half-written reason. In memory alone, and each person's own.
 */
import type { QueueItem } from "../bindings/wire";
import type { Draft } from "./reasons";

export class Unsent {
  private readonly drafts = new Map<number, { draft: Draft; decision: number | null }>();
  /** Text in the strip's box when the desk was left. */
  private readonly left = new Map<number, string>();
  private typing: { submission: number; text: string } | null = null;

  keep(item: QueueItem, draft: Draft): void {
    this.drafts.set(item.submission, { draft, decision: item.decision_id });
  }

  /** The draft of a photo that nobody decided on since it was written. */
  draftOf(item: QueueItem): Draft | null {
    const kept = this.drafts.get(item.submission);
    return kept && kept.decision === item.decision_id ? kept.draft : null;
  }

  /** `written` is sent and `item` decided on by it; what was written since is about that decision, and waits on. */
  sent(item: QueueItem, written: Draft | null): void {
    const { submission } = item;
    const kept = this.drafts.get(submission);
    if (kept && kept.draft !== written) this.keep(item, kept.draft);
    else this.drafts.delete(submission);
    this.left.delete(submission);
  }

  /** The strip's box holds this now. */
  type(submission: number, text: string): void {
    this.typing = text === "" ? null : { submission, text };
  }

  /** Nobody looks at the desk any more: what stands in the box waits for its photo. */
  leave(): void {
    if (this.typing) this.left.set(this.typing.submission, this.typing.text);
    this.typing = null;
  }

  /** Whether the strip was left with text in it at this photo. */
  waits(item: QueueItem | undefined): boolean {
    return item !== undefined && this.left.has(item.submission);
  }

  /** The text to go on with at this photo; one that stands at another is dropped, as moving on always did. */
  arrive(submission: number): string {
    const text = this.left.get(submission);
    this.left.delete(submission);
    if (text !== undefined) this.typing = { submission, text };
    else if (this.typing?.submission !== submission) this.typing = null;
    return this.typing?.text ?? "";
  }
}

/** One for each person who sat at this window since the program was started. */
export class UnsentOfAll {
  private readonly all = new Map<number, Unsent>();

  of(person: number): Unsent {
    const known = this.all.get(person);
    if (known) return known;
    const fresh = new Unsent();
    this.all.set(person, fresh);
    return fresh;
  }
}
