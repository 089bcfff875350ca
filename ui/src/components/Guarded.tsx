/** What only some roles may do: for the others it is there to be seen, cannot be pressed, and says whose it is. */
import type { ReactNode } from "react";
import { useMay } from "../app/may";
import type { CommandName } from "../bridge/bridge";
import { RoleNote } from "./RoleNote";

export function Guarded({ command, children }: { command: CommandName; children: ReactNode }) {
  const forbidden = useMay()(command) !== null;
  return (
    <fieldset className="guarded" disabled={forbidden}>
      <RoleNote command={command} />
      {children}
    </fieldset>
  );
}
