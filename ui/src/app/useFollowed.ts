/** While a job runs the numbers of the rounds follow it: a button must not offer what is done by then. */
import { useEffect } from "react";
import type { JobState } from "../bindings/wire";

const EVERY_MS = 3000;

export function useFollowed(job: JobState | null, refresh: () => Promise<void>): void {
  const runs = job !== null && !job.finished;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => void refresh(), EVERY_MS);
    return () => clearInterval(timer);
  }, [runs, refresh]);
}
