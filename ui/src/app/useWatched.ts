/** What came in from the folder that a round watches: asked for again and again while one is watched. */
import { useEffect, useState } from "react";
import type { WatchView } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";

/** Milliseconds between two looks at what came in. */
const LOOK = 3000;

export function useWatched(
  bridge: Bridge,
  round: number,
): [WatchView | null, React.Dispatch<React.SetStateAction<WatchView | null>>] {
  const [view, setView] = useState<WatchView | null>(null);
  const unasked = view === null;
  const on = view?.on ?? false;
  useEffect(() => {
    if (!unasked && !on) return;
    let alive = true;
    // An answer that did not come is asked for again; the screens have better to tell.
    const look = () =>
      bridge.call("watch_show", { round }).then(
        (found) => alive && setView(found),
        () => undefined,
      );
    if (unasked) void look();
    const timer = setInterval(look, LOOK);
    return () => {
      alive = false;
      clearInterval(timer);
    };
  }, [bridge, round, unasked, on]);
  return [view, setView];
}
