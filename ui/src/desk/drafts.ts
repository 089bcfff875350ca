/** What is written of each photo of a sitting and not sent yet; the same outlives the sitting in `Unsent`. */
import type { QueueItem, SubmissionView } from "../bindings/wire";
import { type Draft, draftOf, EMPTY_DRAFT, setPreset } from "./reasons";
import type { Unsent } from "./unsent";

export class Drafts {
  private readonly written = new Map<number, Draft>();

  constructor(private readonly unsent: Unsent) {}

  write(item: QueueItem, draft: Draft): void {
    this.written.set(item.submission, draft);
    this.unsent.keep(item, draft);
  }

  /** What was written at the photo, else what `reviewer` starts with. */
  of(item: QueueItem | null, view: SubmissionView | null | undefined, reviewer: string): Draft {
    if (!item) return EMPTY_DRAFT;
    const kept = this.written.get(item.submission) ?? this.unsent.draftOf(item);
    if (kept) return kept;
    return view ? draftOf(view, reviewer) : EMPTY_DRAFT;
  }

  /** Ticks the reason of a finding, or takes its tick away, where something was written. */
  preset(item: QueueItem, code: string, on: boolean): void {
    const draft = this.written.get(item.submission);
    if (draft) this.write(item, setPreset(draft, code, on));
  }
}
