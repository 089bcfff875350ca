/** What the screens ask of the door: to seal the workspace, which closes them meanwhile. */
import { createContext, useContext } from "react";

/** Seals the open plain workspace; absent where the host has no door. */
export type SealNow = ((passphrase: string) => void) | null;

export const DoorContext = createContext<SealNow>(null);

export function useSealNow(): SealNow {
  return useContext(DoorContext);
}
