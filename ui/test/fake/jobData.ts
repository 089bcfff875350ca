/** A job as the station tells of it. */
import type { JobState } from "../../src/bindings/wire";

/** An import that has just begun, but for `part`. */
export function jobOf(part: Partial<JobState>): JobState {
  return {
    job: 5,
    round: 1,
    kind: "intake",
    stage: "正在读取",
    done: 0,
    total: 0,
    seconds: 0,
    cancelling: false,
    may_cancel: true,
    finished: false,
    failure: null,
    outcome: null,
    ...part,
  };
}
