/** What a watched folder brings changes the numbers of its round: they are read anew, on whatever screen, while one is watched. */
import { useEffect, useRef } from "react";
import type { RoundCard } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";
import type { Place } from "./context";

/** Milliseconds between two looks at what came in. */
const LOOK = 3000;

/**
 * Looks anew with every place, since the folder may have been switched on at the one before; `null` asks nothing. What came
 * is not yet checked: the numbers follow until it is.
 */
export function useCameIn(
  bridge: Bridge,
  place: Place | null,
  rounds: readonly RoundCard[],
  refresh: () => Promise<void>,
): void {
  const seen = useRef(new Map<number, number>());
  const following = useRef(false);
  const cards = useRef(rounds);
  cards.current = rounds;
  useEffect(() => {
    const round = place?.round ?? null;
    if (round === null) return;
    let alive = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      // An answer that did not come is asked for again; the screens have better to tell.
      const view = await bridge.call("watch_show", { round }).catch(() => null);
      if (!alive) return;
      if (view !== null) {
        const hasCome = view.came_in > (seen.current.get(round) ?? 0);
        seen.current.set(round, view.came_in);
        if (hasCome || following.current) await refresh();
        if (!alive) return;
        const unchecked = cards.current.find((card) => card.round === round)?.unchecked ?? 0;
        following.current = hasCome || (following.current && unchecked > 0);
      }
      if (view === null || view.on) timer = setTimeout(() => void look(), LOOK);
    };
    void look();
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [bridge, place, refresh]);
}
