/** What only some roles may do: for the others it is there to be seen, cannot be pressed, and says whose it is. */
import type { ReactNode } from "react";
import { useMay } from "../app/may";
import type { CommandName } from "../bridge/bridge";
import { RoleNote } from "./RoleNote";

interface Props {
  command: CommandName;
  /** The screen says it already. */
  told?: boolean;
  children: ReactNode;
}

export function Guarded({ command, told, children }: Props) {
  const forbidden = useMay()(command) !== null;
  return (
    <fieldset className="guarded" disabled={forbidden}>
      {told ? null : <RoleNote command={command} />}
      {children}
    </fieldset>
  );
}
