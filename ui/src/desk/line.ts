/** The photos of one queue in their order, each with its place. Nothing that was seen moves. Decides nothing. */
import type { QueueItem } from "../bindings/wire";

export class Line {
  items: readonly QueueItem[] = [];
  private readonly places = new Map<number, number>();

  placeOf(submission: number): number | undefined {
    return this.places.get(submission);
  }

  has(submission: number): boolean {
    return this.places.has(submission);
  }

  /** Takes those on at the end that are not in it; answers which. */
  add(items: readonly QueueItem[]): QueueItem[] {
    const added = items.filter((item) => !this.has(item.submission));
    for (const [at, item] of added.entries()) this.places.set(item.submission, this.items.length + at);
    this.items = [...this.items, ...added];
    return added;
  }

  /** How the photo stands now. */
  put(item: QueueItem): void {
    const at = this.placeOf(item.submission);
    if (at !== undefined) this.items = this.items.with(at, item);
  }

  /** Another photo stands in the place of this one; answers the place. */
  exchange(submission: number, item: QueueItem): number | undefined {
    const at = this.placeOf(submission);
    if (at === undefined) return undefined;
    this.places.delete(submission);
    this.places.set(item.submission, at);
    this.put(item);
    return at;
  }
}
