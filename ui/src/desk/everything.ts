/** Filters to begin with: the one that keeps every photo of a round, and the one that keeps what a queue holds. */
import type { QueueFilter } from "../bindings/wire";

export const everything = (round: number): QueueFilter => ({
  round,
  queues: [],
  codes: [],
  colleges: [],
  mine: false,
  text: "",
  limit: null,
});

/**
 * What is narrowed when a filter begins in an opened queue: never more than that queue held. The queues of a rule and of a
 * college hold what waits. A queue that no filter can name, as that of a sample, becomes all that waits.
 */
export function within(round: number, queue: string): QueueFilter {
  const all = everything(round);
  const [kind, word] = [queue.split(":", 1)[0], queue.slice(queue.indexOf(":") + 1)];
  if (queue === "mine") return { ...all, mine: true };
  if (queue === "second") return { ...all, queues: ["pending"] };
  if (kind === queue) return { ...all, queues: [queue] };
  const waiting = { ...all, queues: ["pending"] };
  if (kind === "rule") return { ...waiting, codes: [word] };
  return kind === "college" ? { ...waiting, colleges: [word] } : waiting;
}
