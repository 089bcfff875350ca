/** A round that has ended takes no act. The station refuses them all the same; here it is said beforehand. */
import type { RoundCard } from "../bindings/wire";
import { zh } from "../zh";
import { useApp } from "./context";

/** Why nothing is done in the round any more; `null` while something is. */
export function endedIn(rounds: readonly RoundCard[], round: number | null): string | null {
  return rounds.some((card) => card.round === round && card.closed) ? zh.app.endedRound : null;
}

/** {@link endedIn} of the workspace as it stands. */
export function useEnded(round: number | null): string | null {
  return endedIn(useApp().status.rounds, round);
}
