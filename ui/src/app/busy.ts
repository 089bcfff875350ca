/** Whether a page's own work is running, or something else is. */
import type { JobKind, JobState } from "../bindings/wire";

/** What runs: nothing, the very work that a page starts, or another. */
export type Busy = "no" | "this" | "other";

/** What runs, to the page that starts jobs of `kind` for `round`. */
export function busyWith(job: JobState | null, kind: JobKind, round: number): Busy {
  if (job === null || job.finished) return "no";
  return job.kind === kind && job.round === round ? "this" : "other";
}
