/**
 * Edits of a standard that are not saved yet, by round, each person's own: kept while other screens are open or the window
 * is locked, gone with the program.
 */
import type { Bridge } from "../bridge/bridge";
import type { Edits } from "./edits";

export interface StandardDraft {
  /** The version the edits were begun on: saving them over another one is a conflict. */
  version: number;
  edits: Edits;
  note: string;
}

const kept = new WeakMap<Bridge, Map<string, StandardDraft>>();

const keyOf = (round: number, person: number) => `${round} ${person}`;

/** The person's unsaved edits of the round, if any. */
export function draftOf(bridge: Bridge, round: number, person: number): StandardDraft | null {
  return kept.get(bridge)?.get(keyOf(round, person)) ?? null;
}

/** Keeps the edits; none are no draft. */
export function keepDraft(bridge: Bridge, round: number, person: number, draft: StandardDraft | null): void {
  const drafts = kept.get(bridge) ?? new Map<string, StandardDraft>();
  kept.set(bridge, drafts);
  if (draft === null || draft.edits.size === 0) drafts.delete(keyOf(round, person));
  else drafts.set(keyOf(round, person), draft);
}
