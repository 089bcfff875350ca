/**
 * Which of a student's photos that came together counts: asked before anything is decided on them, all of them beside each
 * other and the newest proposed. Holds what is proposed while it is asked; sends nothing.
 */
import type { HistoryEntry, SubmissionView } from "../bindings/wire";
import { zh } from "../zh";
import type { DeskAct } from "./keys";
import type { DeskSession } from "./session";

/** The photos must have stood beside each other this long before a key takes one, ms: two quick presses are not two looks. */
const STOOD_MS = 400;

export interface Choice {
  /** First to newest. */
  entries: readonly HistoryEntry[];
  /** The submission that a press takes. */
  proposed: number;
  /** It was taken, and the answer is waited for. */
  taken: boolean;
}

/** The photos among which somebody is to pick before the one shown is decided on, first to newest; none for nothing to pick. */
export function toPick(view: SubmissionView | null): HistoryEntry[] {
  const open = view?.history.filter((entry) => entry.unpicked) ?? [];
  const isOne = open.some((entry) => entry.submission === view?.item.submission);
  return isOne && open.length > 1 ? open.sort((one, other) => one.sequence - other.sequence) : [];
}

/** Acts that look elsewhere, and mean the same while photos are picked among. */
const ELSEWHERE = new Set<DeskAct["act"]>(["queues", "find", "grid", "alone", "keys"]);

export class Picking {
  /** The photo at which it was asked. */
  private at: number | null = null;
  private proposed: number | null = null;
  private taken = false;
  /** Those of the photos that stand on the screen, and since when the last of them does. */
  private readonly stood = new Set<number>();
  private since = Number.POSITIVE_INFINITY;

  constructor(
    private readonly session: Pick<DeskSession, "host" | "snapshot" | "say" | "choose">,
    private readonly changed: () => void,
  ) {}

  /** Asks at the photo that is shown; whether there is anything to ask. */
  begin(): boolean {
    const view = this.session.snapshot().view;
    if (!view || toPick(view).length === 0) return false;
    this.end();
    this.at = view.item.submission;
    this.changed();
    return true;
  }

  /** It is asked no longer. */
  end(): void {
    [this.at, this.proposed, this.taken] = [null, null, false];
    this.stood.clear();
    this.since = Number.POSITIVE_INFINITY;
  }

  /** What is asked at this photo; `null` when nothing is. */
  of(view: SubmissionView | null): Choice | null {
    if (view === null || view.item.submission !== this.at) return null;
    const entries = toPick(view);
    const newest = entries.at(-1);
    if (!newest) return null;
    const proposed = entries.find((entry) => entry.submission === this.proposed) ?? newest;
    return { entries, proposed: proposed.submission, taken: this.taken };
  }

  /** The photos that are picked among, by submission; none while nothing is asked. */
  among(): number[] {
    if (this.at === null) return [];
    return this.of(this.session.snapshot().view)?.entries.map((entry) => entry.submission) ?? [];
  }

  /** The screen reports that one of the photos stands on it, or cannot be shown. */
  stands = (submission: number): void => {
    const choice = this.of(this.session.snapshot().view);
    if (!choice || this.stood.has(submission)) return;
    this.stood.add(submission);
    if (choice.entries.every((entry) => this.stood.has(entry.submission)))
      this.since = this.session.host.now();
  };

  propose = (submission: number): void => {
    if (this.taken) return;
    this.proposed = submission;
    this.changed();
  };

  /** Takes what is proposed. */
  take = (): void => {
    const choice = this.of(this.session.snapshot().view);
    if (!choice) return;
    if (choice.taken) this.session.say(zh.desk.pick.taking);
    else if (this.session.host.now() - this.since >= STOOD_MS) {
      this.taken = true;
      this.session.choose(choice.proposed);
      this.changed();
    } else this.session.say(zh.desk.pick.early);
  };

  /** What an act of the desk means while it is asked; whether it meant anything here. */
  perform(act: DeskAct): boolean {
    const choice = this.of(this.session.snapshot().view);
    // What a key held down began is ended by letting go of it.
    if (!choice || ELSEWHERE.has(act.act) || ("down" in act && !act.down)) return false;
    const at = choice.entries.findIndex((entry) => entry.submission === choice.proposed);
    const entryAt = (place: number) => choice.entries[place]?.submission ?? choice.proposed;
    switch (act.act) {
      case "approve":
      case "confirm":
        this.take();
        break;
      case "next":
        this.propose(entryAt(at + 1));
        break;
      case "previous":
        this.propose(entryAt(at - 1));
        break;
      case "reason":
        if (act.index < choice.entries.length) this.propose(entryAt(act.index));
        else this.session.say(zh.desk.pick.none(act.index + 1));
        break;
      case "escape":
        if (!choice.taken) this.end();
        this.changed();
        break;
      default:
        this.session.say(zh.desk.pick.first(this.session.host.keyOf("approve")));
    }
    return true;
  }
}
