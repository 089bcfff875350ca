/** Who tells of a job on each screen: the screen that shows its result, the strip, or nobody. */
import { expect, it } from "vitest";
import type { Place } from "../src/app/context";
import { type Teller, tellerOf } from "../src/app/useTeller";
import type { JobOutcome, JobState } from "../src/bindings/wire";
import { jobOf } from "./fake/jobData";

const ended = (part: Partial<JobState>) => jobOf({ finished: true, ...part });
const outcome = (kind: string, more: object = {}) => ({ kind, ...more }) as unknown as JobOutcome;
const failure = { code: "file", message: "磁盘已满", detail: "" } as const;

const CASES: [string, JobState, Place["screen"], number | null, boolean, Teller][] = [
  ["under way, on every screen", jobOf({}), "desk", 2, true, "strip"],
  ["ended, where it is first seen", ended({}), "students", 1, false, "strip"],
  ["ended, on the next screen", ended({}), "log", 1, true, null],
  ["its result stands there", ended({ outcome: outcome("intake") }), "photos", 1, false, "screen"],
  ["and after another screen, too", ended({ outcome: outcome("intake") }), "photos", 1, true, "screen"],
  ["its result stands elsewhere", ended({ outcome: outcome("prints") }), "photos", 1, false, "strip"],
  ["ended well, on the desk", ended({ outcome: outcome("intake") }), "desk", 1, false, null],
  ["failed, on the desk", ended({ failure }), "desk", 1, false, "strip"],
  ["ended in another round", ended({ outcome: outcome("intake") }), "photos", 2, false, null],
  ["failed in another round", ended({ failure }), "photos", 2, false, null],
  ["of a round, where none is open", ended({}), "rounds", null, false, "strip"],
  [
    "an example, in its round",
    ended({ round: null, outcome: outcome("example", { round: 2 }) }),
    "roster",
    2,
    false,
    "strip",
  ],
  [
    "an example, in another",
    ended({ round: null, outcome: outcome("example", { round: 2 }) }),
    "roster",
    1,
    false,
    null,
  ],
  ["of no round", ended({ round: null, outcome: outcome("copied_out") }), "rounds", 1, true, "screen"],
];

it.each(CASES)("%s", (_, job, screen, round, told, teller) => {
  expect(tellerOf(job, { screen, round }, told)).toBe(teller);
});
