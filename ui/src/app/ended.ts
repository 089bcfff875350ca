/** A round that has ended takes no act. The station refuses them all the same; here it is said beforehand. */
import { zh } from "../zh";
import { useApp } from "./context";

/** Why nothing is done in the round any more; `null` while something is. */
export function useEnded(round: number | null): string | null {
  const { rounds } = useApp().status;
  return rounds.some((card) => card.round === round && card.closed) ? zh.app.endedRound : null;
}
