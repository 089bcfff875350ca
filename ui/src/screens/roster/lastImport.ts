/** What each person's last import of a roster did, as long as the program runs: so that taking it back can say so. */
import type { RosterCommitted } from "../../bindings/wire";

const kept = new Map<string, RosterCommitted>();
const key = (round: number, person: number) => `${round} ${person}`;

export const lastImport = (round: number, person: number): RosterCommitted | undefined =>
  kept.get(key(round, person));

export function keepImport(round: number, person: number, done: RosterCommitted): void {
  kept.set(key(round, person), done);
}

/** It was taken back: the one before it is not known. */
export function dropImport(round: number, person: number): void {
  kept.delete(key(round, person));
}
