/** Edits of a standard that are not saved yet, by round: kept while other screens are open, gone with the program. */
import type { Bridge } from "../bridge/bridge";
import type { Edits } from "./edits";

export interface StandardDraft {
  /** The version the edits were begun on: saving them over another one is a conflict. */
  version: number;
  edits: Edits;
  note: string;
}

const kept = new WeakMap<Bridge, Map<number, StandardDraft>>();

/** The round's unsaved edits, if any. */
export function draftOf(bridge: Bridge, round: number): StandardDraft | null {
  return kept.get(bridge)?.get(round) ?? null;
}

/** Keeps the edits; none are no draft. */
export function keepDraft(bridge: Bridge, round: number, draft: StandardDraft | null): void {
  const rounds = kept.get(bridge) ?? new Map<number, StandardDraft>();
  kept.set(bridge, rounds);
  if (draft === null || draft.edits.size === 0) rounds.delete(round);
  else rounds.set(round, draft);
}
