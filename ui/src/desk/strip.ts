/** The strip that asks for reasons: whether it is open, and what was ticked before it was. Pure; draws and sends nothing. */
import type { Draft } from "./reasons";

export class Strip {
  open = false;
  private before: Draft | null = null;

  /** Opens it over `draft`. */
  begin(draft: Draft): void {
    this.before = this.open ? this.before : draft;
    this.open = true;
  }

  /** Puts it away; answers the draft without what was ticked in it. */
  cancel(draft: Draft): Draft {
    const { before } = this;
    this.at(false);
    return before ? { ...draft, reasons: before.reasons } : draft;
  }

  /** Another photo, or the strip has done its work. */
  at(open: boolean): void {
    this.open = open;
    this.before = null;
  }
}
