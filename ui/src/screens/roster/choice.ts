/**
 * What of a preview is taken: new students unless left out, changed columns and vanished students only when chosen.
 */
import { useCallback, useState } from "react";
import type { RosterPreview, StudentChange } from "../../bindings/wire";

export interface RosterChoice {
  /** 学号 of new students left out. */
  leftOut: ReadonlySet<string>;
  /** Keys of the changes accepted, see `changeKey`. */
  accepted: ReadonlySet<string>;
  /** Ids of vanished students to be taken off. */
  takenOff: ReadonlySet<number>;
}

const NONE: RosterChoice = { leftOut: new Set(), accepted: new Set(), takenOff: new Set() };

/** The set with the item, or without it when it was there. */
export function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** One changed column of one student. */
export const changeKey = (studentNo: string, field: string) => `${studentNo}/${field}`;

/** Every changed column of the student. */
export const changeKeys = ({ student_no, changes }: StudentChange) =>
  changes.map(({ field }) => changeKey(student_no, field));

/** All of the student's changes, some or none. */
export function acceptance(student: StudentChange, accepted: ReadonlySet<string>): "all" | "some" | "none" {
  const keys = changeKeys(student);
  const taken = keys.filter((key) => accepted.has(key)).length;
  if (taken === 0) return "none";
  return taken === keys.length ? "all" : "some";
}

/** The changes accepted, with all of the student's, or with none where all were. */
export function studentToggled(accepted: ReadonlySet<string>, student: StudentChange): ReadonlySet<string> {
  const next = new Set(accepted);
  const drop = acceptance(student, accepted) === "all";
  for (const key of changeKeys(student)) {
    if (drop) next.delete(key);
    else next.add(key);
  }
  return next;
}

/** How many students the import would write. */
export function taking(preview: RosterPreview, choice: RosterChoice): number {
  const updated = preview.updated.filter((student) => acceptance(student, choice.accepted) !== "none");
  return preview.added - choice.leftOut.size + updated.length + choice.takenOff.size;
}

/** The choice as the command takes it. */
export function choiceArgs(preview: RosterPreview, { accepted, leftOut, takenOff }: RosterChoice) {
  const some = accepted.size > 0;
  const kept = preview.updated.filter((student) => some && acceptance(student, accepted) === "none");
  const partly = preview.updated.filter((student) => acceptance(student, accepted) === "some");
  const left = partly.flatMap(({ student_no, changes }) =>
    changes
      .filter(({ field }) => !accepted.has(changeKey(student_no, field)))
      .map(({ field }) => ({ student_no, field })),
  );
  return {
    accept_updates: some,
    without: [...leftOut, ...kept.map((student) => student.student_no)],
    without_fields: left,
    take_off: [...takenOff],
  };
}

export function useChoice() {
  const [choice, setChoice] = useState(NONE);
  const clear = useCallback(() => setChoice(NONE), []);
  return { choice, setChoice, clear };
}
