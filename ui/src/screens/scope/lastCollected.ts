/** What each person's last list of those who have a photo did, as long as the program runs: its rows are looked at on other pages. */
import type { CollectedImported } from "../../bindings/wire";

const kept = new Map<string, CollectedImported>();
const key = (round: number, person: number) => `${round} ${person}`;

export const lastCollected = (round: number, person: number): CollectedImported | null =>
  kept.get(key(round, person)) ?? null;

export function keepCollected(round: number, person: number, done: CollectedImported | null): void {
  if (done) kept.set(key(round, person), done);
  else kept.delete(key(round, person));
}
