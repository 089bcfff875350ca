/** Findings called wrong: what the station knows, with what was just pressed laid over it. */
import type { Failure, SubmissionView } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";
import type { SessionHost } from "./snapshot";

const NONE: ReadonlySet<string> = new Set();

export class Disputes {
  private readonly pressed = new Map<number, Map<string, boolean>>();
  private last: { view: SubmissionView; codes: ReadonlySet<string> } | null = null;

  private set(submission: number, code: string, wrong: boolean): void {
    const codes = this.pressed.get(submission) ?? new Map<string, boolean>();
    codes.set(code, wrong);
    this.pressed.set(submission, codes);
    this.last = null;
  }

  /** The reviewer turns the mark of the finding over; whether it is called wrong now. */
  turn(view: SubmissionView, code: string): boolean {
    const wrong = !this.of(view).has(code);
    this.set(view.item.submission, code, wrong);
    return wrong;
  }

  /** Tells the station; a refusal is answered, and what was pressed is as before. */
  async send(
    { bridge, outbox }: SessionHost,
    submission: number,
    code: string,
    wrong: boolean,
  ): Promise<Failure | null> {
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
