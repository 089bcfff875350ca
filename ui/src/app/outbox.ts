/** What was decided and is on its way to the disk, whichever screen sent it. Sends one after the other; tries nothing twice. */
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";

export class Outbox {
  private tail: Promise<void> = Promise.resolve();
  private count = 0;
  private refusals = 0;
  private last: Failure | null = null;

  /** Tasks that were not answered yet. */
  waiting(): number {
    return this.count;
  }

  /** How many sendings were refused so far, and what the last refusal said. */
  refused(): { count: number; last: Failure | null } {
    return { count: this.refusals, last: this.last };
  }

  /** Notes a refusal that its sender has dealt with: the photo is back, but nothing of it is on the disk. */
  refuse(failure: Failure): void {
    this.refusals += 1;
    this.last = failure;
  }

  /** Runs `task` when everything before it was answered. One that throws holds nothing up that comes after it. */
  send(task: () => Promise<void>): Promise<void> {
    this.count += 1;
    this.tail = this.tail
      .then(task)
      .catch((thrown) => this.refuse(asFailure(thrown, zh.failure.host)))
      .then(() => {
        this.count -= 1;
      });
    return this.tail;
  }

  /** Resolves when everything sent so far was answered. */
  settled(): Promise<void> {
    return this.tail;
  }
}
