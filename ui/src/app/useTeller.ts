/**
 * Who tells of a job on the screen that is open: one answer, by which the strip is drawn. Outlives the strip: a lock in
 * between tells nothing again.
 */
import { useEffect, useState } from "react";
import type { JobState } from "../bindings/wire";
import type { Place, Screen } from "./context";
import { passphraseOf } from "./passphrase";

/**
 * The `screen` shows the result itself, and the strip only puts it away; or the `strip` alone tells of the job; or nobody
 * does here.
 */
export type Teller = "screen" | "strip" | null;

/** Screens that show a job's result for as long as the job is not put away. */
const HOME: Readonly<Record<string, Screen>> = {
  intake: "photos",
  delivery: "delivery",
  repeated: "delivery",
  prints: "delivery",
  copied_out: "rounds",
};

/** Whether the job came to its end with nothing left to be read, copied or tried again. */
function endedWell(job: JobState): boolean {
  const report = job.outcome && "report" in job.outcome ? job.outcome.report : job.outcome;
  const cancelled = report !== null && "cancelled" in report && report.cancelled;
  return job.finished && !job.failure && !cancelled && passphraseOf(job) === null;
}

/** The same by itself; `told` once its good end was told on another screen. */
export function tellerOf(job: JobState, { screen, round }: Place, told: boolean): Teller {
  if (!job.finished) return "strip";
  // What has ended in another round is told there; an example's round is known only by its outcome.
  const own = job.outcome?.kind === "example" ? job.outcome.round : job.round;
  if (own !== null && round !== null && own !== round) return null;
  // What has ended well needs no room on the desk.
  if (!job.failure && screen === "desk") return null;
  // Where its result still stands, so does the way to put that away.
  if (HOME[job.outcome?.kind ?? ""] === screen) return "screen";
  return told ? null : "strip";
}

/** What ended well is told on the screen where it is first seen, and goes with the next one. */
export function useTeller(job: JobState | null, place: Place): Teller {
  const { screen } = place;
  const [seen, setSeen] = useState<{ job: number; screen: Screen; left: boolean } | null>(null);
  const ended = job !== null && endedWell(job) && screen !== "desk" ? job.job : null;
  useEffect(() => {
    if (ended === null) return;
    setSeen((before) => {
      if (before?.job !== ended) return { job: ended, screen, left: false };
      return before.screen === screen || before.left ? before : { ...before, left: true };
    });
  }, [ended, screen]);
  const told = ended !== null && seen?.job === ended && (seen.left || seen.screen !== screen);
  return job && tellerOf(job, place, told);
}
