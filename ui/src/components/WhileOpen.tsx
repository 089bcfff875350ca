/** What a round that has ended takes no more: it is there to be seen, cannot be pressed, and says why. */
import { ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { useEnded } from "../app/ended";

export function WhileOpen({ round, children }: { round: number; children: ReactNode }) {
  const why = useEnded(round);
  return (
    // The fieldset alone stops no box that is drawn of other elements than a form's.
    <ConfigProvider componentDisabled={why !== null}>
      <fieldset className="guarded" disabled={why !== null} title={why ?? undefined}>
        {children}
      </fieldset>
    </ConfigProvider>
  );
}
