/** Findings called wrong: what the station knows, with what was just pressed laid over it. */
import type { Failure, QueueItem, SubmissionView } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";
import type { DeskSession } from "./session";

const NONE: ReadonlySet<string> = new Set();

/** What a mark needs of the sitting that it is made in. */
interface Sitting {
  enqueue: (task: () => Promise<void>) => void;
  /** The reason that the finding gives is ticked at the photo or not, written there if need be. */
  preset: (item: QueueItem, code: string, on: boolean) => void;
  /** The same where something was written already. */
  presetAgain: (item: QueueItem, code: string, on: boolean) => void;
  /** What is known of the photo is out of date. */
  stale: (submission: number) => void;
}

export class Disputes {
  private readonly pressed = new Map<number, Map<string, boolean>>();
  private last: { view: SubmissionView; codes: ReadonlySet<string> } | null = null;

  constructor(
    private readonly session: Pick<DeskSession, "host" | "item" | "snapshot" | "say" | "chord">,
    private readonly sitting: Sitting,
  ) {}

  /** Calls a finding of the current photo wrong, or right again; its preset reason goes with it. */
  press = (code: string): void => {
    const { session, sitting } = this;
    const item = session.item();
    const { view } = session.snapshot();
    if (!item || !view) return;
    const barred = session.host.barred();
    if (barred !== null) {
      session.say(barred);
      return;
    }
    const { submission } = item;
    const wrong = this.turn(view, code);
    session.chord.marked(submission);
    sitting.preset(item, code, !wrong);
    sitting.enqueue(async () => {
      const failure = await this.send(submission, code, wrong);
      if (failure) {
        sitting.presetAgain(item, code, wrong);
        session.say(failure.message);
      }
      sitting.stale(submission);
    });
    session.say(wrong ? zh.desk.hint.disputed : zh.desk.hint.undisputed);
  };

  private set(submission: number, code: string, wrong: boolean): void {
    const codes = this.pressed.get(submission) ?? new Map<string, boolean>();
    codes.set(code, wrong);
    this.pressed.set(submission, codes);
    this.last = null;
  }

  /** The reviewer turns the mark of the finding over; whether it is called wrong now. */
  private turn(view: SubmissionView, code: string): boolean {
    const wrong = !this.of(view).has(code);
    this.set(view.item.submission, code, wrong);
    return wrong;
  }

  /** Tells the station; a refusal is answered, and what was pressed is as before. */
  private async send(submission: number, code: string, wrong: boolean): Promise<Failure | null> {
    const { bridge, outbox } = this.session.host;
    try {
      await bridge.call("finding_dispute", { submission, code, wrong });
      return null;
    } catch (thrown) {
      const failure = asFailure(thrown, zh.failure.host);
      this.set(submission, code, !wrong);
      outbox.refuse(failure);
      return failure;
    }
  }

  /** The codes that are held for wrong on this photo; the same object while nothing changed. */
  of(view: SubmissionView | null): ReadonlySet<string> {
    if (!view) return NONE;
    if (this.last?.view === view) return this.last.codes;
    const codes = new Set(view.disputed);
    for (const [code, wrong] of this.pressed.get(view.item.submission) ?? []) {
      if (wrong) codes.add(code);
      else codes.delete(code);
    }
    this.last = { view, codes };
    return codes;
  }
}
