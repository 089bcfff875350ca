/**
 * Photos of the grid that somebody unticked by hand. Outlives the list and the screen: who unticks a photo and then
 * searches, filters or looks elsewhere finds it unticked again. Ticks made by hand are not kept: whoever comes back, or
 * takes the place, sees such a photo anew.
 */
import type { Bridge } from "../bridge/bridge";

const kept = new WeakMap<Bridge, Map<number, Set<number>>>();

/** Those of a round, by submission; the set is the one that is kept. */
export function untickedByHand(bridge: Bridge, round: number): Set<number> {
  const rounds = kept.get(bridge) ?? new Map<number, Set<number>>();
  kept.set(bridge, rounds);
  const photos = rounds.get(round) ?? new Set<number>();
  rounds.set(round, photos);
  return photos;
}
