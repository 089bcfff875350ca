/**
 * Which cards of the grid are or look like somebody else's photo, or came with others of their student. Asks for nothing;
 * told by whoever reads the cards.
 */
import { useCallback, useRef } from "react";
import type { GridCard } from "../bindings/wire";

/**
 * Of two students one has the wrong picture, so such a card comes unticked and is approved only by who ticks it; of
 * several photos of one student somebody picks one first, at the desk, and till then nobody ticks it. Also which cards
 * came at all.
 */
export function useAlike(untick: React.Dispatch<React.SetStateAction<ReadonlySet<number>>>) {
  const alike = useRef(new Set<number>());
  const known = useRef(new Set<number>());
  const unpicked = useRef(new Set<number>());
  const onCards = useCallback(
    (cards: readonly GridCard[]) => {
      for (const card of cards) {
        known.current.add(card.submission);
        if (card.unpicked) unpicked.current.add(card.submission);
        else unpicked.current.delete(card.submission);
      }
      const found = cards
        .filter((card) => card.partners.length > 0 || card.unpicked)
        .map((card) => card.submission);
      if (found.length === 0) return;
      for (const submission of found) alike.current.add(submission);
      // The same set again draws nothing anew.
      untick((before) => (found.every((one) => before.has(one)) ? before : new Set([...before, ...found])));
    },
    [untick],
  );
  return { alike, known, unpicked, onCards };
}
