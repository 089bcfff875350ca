/** Findings called wrong: what the station knows, with what was just pressed laid over it. Sends nothing itself. */
import type { SubmissionView } from "../bindings/wire";

const NONE: ReadonlySet<string> = new Set();

export class Disputes {
  private readonly pressed = new Map<number, Map<string, boolean>>();
  private last: { view: SubmissionView; codes: ReadonlySet<string> } | null = null;

  /** The reviewer has just called the finding wrong, or right again. */
  set(submission: number, code: string, wrong: boolean): void {
    const codes = this.pressed.get(submission) ?? new Map<string, boolean>();
    codes.set(code, wrong);
    this.pressed.set(submission, codes);
    this.last = null;
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
