/** The passphrase in a job's result, told once. Keeps nothing itself. */
import type { JobState } from "../bindings/wire";
import { zh } from "../zh";

/** A passphrase whose result made room for another before anybody said that it was copied. */
export interface Untold {
  /** What it opens. */
  what: string;
  passphrase: string;
}

/** What opens the file the job wrote; `null` where nothing is needed. Gone with the result, it can never be had again. */
export function passphraseOf(job: JobState | null): string | null {
  const report = job?.outcome && "report" in job.outcome ? job.outcome.report : null;
  return (report !== null && "passphrase" in report && report.passphrase) || null;
}

/** The passphrase in a result, and what it opens: for wherever the result itself is not seen. */
export function untold(job: JobState | null): Untold | null {
  const passphrase = passphraseOf(job);
  if (job === null || passphrase === null) return null;
  const number = job.outcome?.kind === "delivery" ? job.outcome.report.number : null;
  return { what: zh.job.whose(zh.job.kinds[job.kind], number), passphrase };
}
