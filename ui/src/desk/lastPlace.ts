/**
 * Where the reviewer left the desk: whoever looks into another screen comes back to the same list and photo. In memory,
 * by bridge, round and person; a list that is asked for by name is opened as ever.
 */
import type { QueueFilter } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";

export interface LastPlace {
  /** Key of the queue; empty where a filter made the list. */
  queue: string;
  filter: QueueFilter | null;
  submission: number;
}

const kept = new WeakMap<Bridge, Map<string, LastPlace>>();

const keyOf = (round: number, person: number) => `${round} ${person}`;

export function leaveDesk(bridge: Bridge, round: number, person: number, place: LastPlace): void {
  const places = kept.get(bridge) ?? new Map<string, LastPlace>();
  kept.set(bridge, places);
  places.set(keyOf(round, person), place);
}

export function lastPlace(bridge: Bridge, round: number, person: number): LastPlace | null {
  return kept.get(bridge)?.get(keyOf(round, person)) ?? null;
}
