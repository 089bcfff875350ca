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

/** What the job wrote; a delivery by its number, and the one written again told apart from the first. */
function whatOf({ kind, outcome }: JobState): string {
  if (outcome?.kind === "delivery") return zh.job.delivered(outcome.report.number);
  if (outcome?.kind === "repeated") return zh.job.repeated(outcome.report.number);
  return zh.job.kinds[kind];
}

/** The passphrase in a result, and what it opens: for wherever the result itself is not seen. */
export function untold(job: JobState | null): Untold | null {
  const passphrase = passphraseOf(job);
  if (job === null || passphrase === null) return null;
  return { what: whatOf(job), passphrase };
}
