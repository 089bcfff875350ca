/** Another photo of the student in the place of the one on the desk: one that is said to count, or a newer one. */
import type { QueueItem } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";
import type { DeskSession } from "./session";

interface Line {
  enqueue: (task: () => Promise<void>) => void;
  /** The photo stands in the place of that submission. */
  exchange: (submission: number, item: QueueItem) => void;
  /** Another could not take its place: how it stands is to be read anew. */
  refused: (submission: number) => void;
  /** An act was taken, that an undo is about. */
  chosen: () => void;
}

export class Instead {
  private waiting = 0;

  constructor(
    private readonly session: Pick<DeskSession, "host" | "item" | "say" | "picking">,
    private readonly line: Line,
  ) {}

  /** What is waited for, while it is not known which photo counts. */
  underWay(): string | null {
    return this.waiting > 0 ? zh.desk.pick.taking : null;
  }

  /** This photo of the student counts. */
  choose(submission: number): void {
    const { session, line } = this;
    const before = session.item();
    const request = { submission, seen_student: before?.student_no ?? "" };
    this.show(
      async () => {
        const item = await session.host.bridge.call("submission_choose", request);
        line.chosen();
        return item;
      },
      submission === before?.submission ? zh.desk.pick.done : zh.desk.chosen,
    );
  }

  showNewer(submission: number): void {
    const read = async () => (await this.session.host.bridge.call("submission_show", { submission })).item;
    this.show(read, zh.desk.newerShown);
  }

  private show(ask: () => Promise<QueueItem>, said: string): void {
    const { session, line } = this;
    const before = session.item();
    if (!before) return;
    // Of two choices on their way the one made last would not be the one that is seen.
    const underWay = this.underWay();
    if (underWay !== null) {
      session.say(underWay);
      return;
    }
    this.waiting += 1;
    line.enqueue(async () => {
      try {
        line.exchange(before.submission, await ask());
        session.say(said);
      } catch (thrown) {
        line.refused(before.submission);
        session.say(asFailure(thrown, zh.failure.host).message);
      } finally {
        this.waiting -= 1;
        session.picking.end();
      }
      session.host.changed();
    });
  }
}
