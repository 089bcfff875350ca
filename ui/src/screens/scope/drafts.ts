/**
 * Changes of a scope that are not saved yet, by round, each person's own: kept while other screens are open or the window
 * is locked, gone with the program.
 */
import type { ScopeSet } from "../../bindings/wire";
import type { Bridge } from "../../bridge/bridge";

export interface ScopeDraft {
  /** What stood when it was changed. */
  base: ScopeSet;
  draft: ScopeSet;
}

const kept = new WeakMap<Bridge, Map<string, ScopeDraft>>();

const keyOf = (round: number, person: number) => `${round} ${person}`;

export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Keeps the changes; none are no draft. */
export function keepDraft(bridge: Bridge, round: number, person: number, draft: ScopeDraft | null): void {
  const drafts = kept.get(bridge) ?? new Map<string, ScopeDraft>();
  kept.set(bridge, drafts);
  if (draft === null) drafts.delete(keyOf(round, person));
  else drafts.set(keyOf(round, person), draft);
}

/** The person's unsaved changes of the round on what stands `now`, which somebody else may have changed meanwhile. */
export function draftOf(bridge: Bridge, round: number, person: number, now: ScopeSet): ScopeSet | null {
  const found = kept.get(bridge)?.get(keyOf(round, person));
  if (!found) return null;
  const own = Object.entries(found.draft).filter(
    ([field, value]) => !isSame(value, found.base[field as keyof ScopeSet]),
  );
  return { ...now, ...Object.fromEntries(own) };
}
