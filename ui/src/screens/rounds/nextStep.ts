/** The next thing to do in a round, from its numbers. Pure. */
import type { Screen } from "../../app/context";
import type { RoundCard } from "../../bindings/wire";
import { count } from "../../format";
import { zh } from "../../zh";

export interface NextStep {
  text: string;
  screen: Screen;
  queue?: string;
}

export function nextStep(card: RoundCard): NextStep {
  const words = zh.rounds.next;
  if (card.closed) return { text: zh.rounds.end, screen: "reconcile", queue: "ending" };
  if (card.students === 0) return { text: words.roster, screen: "roster" };
  if (card.unchecked > 0) return { text: words.checks(count(card.unchecked)), screen: "photos" };
  if (card.pending > 0) return { text: words.review(count(card.pending)), screen: "desk", queue: "pending" };
  if (card.in_piles > 0) return { text: words.piles(count(card.in_piles)), screen: "photos" };
  if (card.held > 0) return { text: words.held(count(card.held)), screen: "desk", queue: "held" };
  if (card.differing > 0) {
    return { text: words.differing(count(card.differing)), screen: "desk", queue: "differing" };
  }
  if (card.reviewing > 0) return { text: words.second(count(card.reviewing)), screen: "second" };
  if (card.approved > card.delivered) {
    // All that is approved: an export never holds only what is new.
    return { text: words.deliver(count(card.approved)), screen: "delivery" };
  }
  if (card.missing > 0) return { text: words.photos, screen: "photos" };
  return { text: words.students, screen: "students" };
}
