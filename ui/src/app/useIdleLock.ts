/** Locks the window after a time without work, and tells the station meanwhile that somebody is at it. */
import { useEffect } from "react";
import type { SeatView } from "../bindings/wire";
import type { Bridge } from "../bridge/bridge";

/** How often it is looked at, and how often the station is told at most, milliseconds. */
const LOOK = 30_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

export function useIdleLock(bridge: Bridge, seat: SeatView | null, lock: () => Promise<void>): void {
  const guarded = seat?.state === "seated" && seat.has_pin;
  const person = seat?.person ?? null;
  const idle = guarded ? (seat?.idle_minutes ?? 0) * 60_000 : 0;
  useEffect(() => {
    if (idle === 0) return;
    void person;
    let last = Date.now();
    let told = last;
    let locking = false;
    const sign = () => {
      last = Date.now();
    };
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true });
    const timer = window.setInterval(() => {
      if (locking) return;
      if (Date.now() - last >= idle) {
        locking = true;
        lock().catch(() => {
          locking = false;
        });
      } else if (last > told) {
        told = Date.now();
        bridge.call("seat_awake", {}).catch(() => undefined);
      }
    }, LOOK);
    return () => {
      window.clearInterval(timer);
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
    };
  }, [bridge, person, idle, lock]);
}
