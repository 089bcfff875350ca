/** Which students of a preview are taken: new ones unless left out, changed and vanished ones only when chosen. */
import { useCallback, useState } from "react";
import type { RosterPreview } from "../../bindings/wire";

export interface RosterChoice {
  /** 学号 of new students left out. */
  leftOut: ReadonlySet<string>;
  /** 学号 of changed students accepted. */
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

/** How many students the import would write. */
export function taking(preview: RosterPreview, choice: RosterChoice): number {
  return preview.added - choice.leftOut.size + choice.accepted.size + choice.takenOff.size;
}

/** The choice as the command takes it. */
export function choiceArgs(preview: RosterPreview, choice: RosterChoice) {
  const updated = preview.updated.map((student) => student.student_no);
  const kept = choice.accepted.size === 0 ? [] : updated.filter((no) => !choice.accepted.has(no));
  return {
    accept_updates: choice.accepted.size > 0,
    without: [...choice.leftOut, ...kept],
    take_off: [...choice.takenOff],
  };
}

export function useChoice() {
  const [choice, setChoice] = useState(NONE);
  const clear = useCallback(() => setChoice(NONE), []);
  return { choice, setChoice, clear };
}
