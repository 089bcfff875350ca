/** In which place a student's photos came: choosing another to count changes no number that somebody has read. */
import type { SubmissionView } from "../bindings/wire";

/** The how-manieth of the student's photos this one came as, from 1. */
export function arrivalOf({ item, history }: SubmissionView): number {
  return history.find((entry) => entry.submission === item.submission)?.arrival ?? item.sequence;
}
