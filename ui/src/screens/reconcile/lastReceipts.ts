/** What each person's last list did to the books, as long as the program runs: what it could not read is mended on other pages. */
import type { ReceiptsImported } from "../../bindings/wire";

const kept = new Map<string, ReceiptsImported>();
const key = (round: number, person: number) => `${round} ${person}`;

export const lastReceipts = (round: number, person: number): ReceiptsImported | null =>
  kept.get(key(round, person)) ?? null;

/** Nothing is kept any more of what was put away. */
export function keepReceipts(round: number, person: number, done: ReceiptsImported | null): void {
  if (done) kept.set(key(round, person), done);
  else kept.delete(key(round, person));
}
