/** What the person at this window may do. The station refuses the rest all the same; here it is said beforehand. */
import { NEEDS, type SeatView } from "../bindings/wire";
import type { CommandName } from "../bridge/bridge";
import { zh } from "../zh";
import { useApp } from "./context";

/** Why a command is not for whoever sits here; `null` when it is. */
export type Forbidden = string | null;

/** Whether whoever sits at the seat may do it. */
export const isAllowed = ({ state, roles }: SeatView, command: CommandName): boolean =>
  state !== "seated" || NEEDS[command].some((role) => roles[role]);

/** `act` names what is refused, where it is not told by its place. */
export function useMay(): (command: CommandName, act?: string) => Forbidden {
  const { seat } = useApp().status;
  return (command, act) => (isAllowed(seat, command) ? null : zh.people.needs(NEEDS[command], act));
}
