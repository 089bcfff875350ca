/** What the person at this window may do. The station refuses the rest all the same; here it is said beforehand. */
import { NEEDS } from "../bindings/wire";
import type { CommandName } from "../bridge/bridge";
import { zh } from "../zh";
import { useApp } from "./context";

/** Why a command is not for whoever sits here; `null` when it is. */
export type Forbidden = string | null;

/** `act` names what is refused, where it is not told by its place. */
export function useMay(): (command: CommandName, act?: string) => Forbidden {
  const { roles, state } = useApp().status.seat;
  return (command, act) => {
    const needed = NEEDS[command];
    const may = state !== "seated" || needed.some((role) => roles[role]);
    return may ? null : zh.people.needs(needed, act);
  };
}
