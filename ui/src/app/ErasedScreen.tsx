/** What stands in place of a screen of a round whose data was deleted: nothing to bring in, look through or take back. */
import { ScreenFrame } from "../components/ScreenFrame";
import { zh } from "../zh";
import type { Screen } from "./context";

/** Screens of a round that show no data of it, or show what is left when it is gone. */
const STAYING: readonly Screen[] = ["rounds", "reconcile", "log", "people", "help"];

/** Whether the screen has nothing left to show of such a round. */
export const isGone = (screen: Screen): boolean => !STAYING.includes(screen);

export function ErasedScreen({ screen }: { screen: Screen }) {
  return (
    <ScreenFrame name={screen} title={zh.nav[screen]}>
      <p className="panel quiet">{zh.app.erasedScreen}</p>
    </ScreenFrame>
  );
}
