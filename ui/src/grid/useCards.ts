/** What the cards in sight show besides their photos, asked for in one call per stop of the scroll. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure, GridCard } from "../bindings/wire";
import { asFailure, type Bridge } from "../bridge/bridge";
import { zh } from "../zh";

/** The station answers at most this many at once. */
const MOST = 200;
/** A fast scroll asks for nothing on its way. */
const REST_MS = 40;

/** `onCards` is told of every card that came; it must be the same function while the grid stands. */
export function useCards(bridge: Bridge, round: number, onCards: (cards: readonly GridCard[]) => void) {
  const cards = useRef(new Map<number, GridCard>());
  const asked = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [stamp, redraw] = useState(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = useCallback(
    async (submissions: number[]) => {
      for (const submission of submissions) asked.current.add(submission);
      try {
        const answer = await bridge.call("grid_cards", { round, submissions });
        for (const card of answer) cards.current.set(card.submission, card);
        onCards(answer);
        setFailure(null);
        redraw((n) => n + 1);
      } catch (thrown) {
        for (const submission of submissions) asked.current.delete(submission);
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [bridge, round, onCards],
  );
  const onSight = useCallback(
    (submissions: number[]) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const missing = submissions.filter((submission) => !asked.current.has(submission)).slice(0, MOST);
        if (missing.length > 0) void ask(missing);
      }, REST_MS);
    },
    [ask],
  );
  const card = useCallback((submission: number) => cards.current.get(submission), []);
  return { card, cards: stamp, onSight, failure };
}
