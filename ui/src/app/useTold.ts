/** When the good end of a job has been told. Outlives the strip that tells it: a lock in between tells nothing again. */
import { useEffect, useState } from "react";
import type { JobState } from "../bindings/wire";
import type { Screen } from "./context";
import { passphraseOf } from "./passphrase";

/** Whether the job came to its end with nothing left to be read, copied or tried again. */
function endedWell(job: JobState): boolean {
  const report = job.outcome && "report" in job.outcome ? job.outcome.report : job.outcome;
  const cancelled = report !== null && "cancelled" in report && report.cancelled;
  return job.finished && !job.failure && !cancelled && passphraseOf(job) === null;
}

/** What ended well is told on the screen where it is first seen, and goes with the next one. */
export function useTold(job: JobState | null, screen: Screen): boolean {
  const [seen, setSeen] = useState<{ job: number; screen: Screen; left: boolean } | null>(null);
  const ended = job !== null && endedWell(job) && screen !== "desk" ? job.job : null;
  useEffect(() => {
    if (ended === null) return;
    setSeen((before) => {
      if (before?.job !== ended) return { job: ended, screen, left: false };
      return before.screen === screen || before.left ? before : { ...before, left: true };
    });
  }, [ended, screen]);
  return ended !== null && seen?.job === ended && (seen.left || seen.screen !== screen);
}
