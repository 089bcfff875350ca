/** What the cards in sight show besides their photos, asked for in one call per stop of the scroll. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure, GridCard } from "../bindings/wire";
import { asFailure, type Bridge } from "../bridge/bridge";
import { zh } from "../zh";

/** The station answers at most this many at once. */
const MOST = 200;
/** A fast scroll asks for nothing on its way. */
const REST_MS = 40;
/** What was refused is asked for again after these pauses, ms; then only by the next stop of the scroll. */
const AGAIN_MS = [500, 2000, 5000];

/** `onCards` is told of every card that came; it must be the same function while the grid stands. */
export function useCards(bridge: Bridge, round: number, onCards: (cards: readonly GridCard[]) => void) {
  const cards = useRef(new Map<number, GridCard>());
  const asked = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [stamp, redraw] = useState(0);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  const ask = useCallback(
    async (submissions: number[]): Promise<boolean> => {
      for (const submission of submissions) asked.current.add(submission);
      try {
        const answer = await bridge.call("grid_cards", { round, submissions });
        for (const card of answer) cards.current.set(card.submission, card);
        onCards(answer);
        setFailure(null);
        redraw((n) => n + 1);
        return true;
      } catch (thrown) {
        for (const submission of submissions) asked.current.delete(submission);
        setFailure(asFailure(thrown, zh.failure.host));
        return false;
      }
    },
    [bridge, round, onCards],
  );
  const onSight = useCallback(
    (submissions: number[]) => {
      const look = async (refused: number) => {
        const mine = timer.current;
        const missing = submissions.filter((submission) => !asked.current.has(submission));
        for (let from = 0; from < missing.length; from += MOST) {
          const came = await ask(missing.slice(from, from + MOST));
          // Something else came into sight meanwhile, or the grid is gone.
          if (timer.current !== mine) return;
          const pause = AGAIN_MS[refused];
          if (came) continue;
          if (pause !== undefined) later(pause, refused + 1);
          return;
        }
      };
      const later = (pause: number, refused: number) => {
        timer.current = setTimeout(() => void look(refused), pause);
      };
      clearTimeout(timer.current);
      later(REST_MS, 0);
    },
    [ask],
  );
  const card = useCallback((submission: number) => cards.current.get(submission), []);
  return { card, cards: stamp, onSight, failure };
}
