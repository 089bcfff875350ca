/** The size of everything in the window, kept between runs. Only where the host can set it; a browser has its own. */
import { useCallback, useEffect, useState } from "react";
import type { Bridge } from "../bridge/bridge";

/** Percent; smaller than 100 % no Chinese text is worth reading. */
export const ZOOMS: readonly number[] = [100, 110, 125, 150, 175, 200];
const ZOOM_KEY = "zhaoshen.zoom";

function kept(): number {
  const percent = Number(localStorage.getItem(ZOOM_KEY));
  return ZOOMS.find((one) => one === percent) ?? 100;
}

/** How many pixels of the screen one of the page is: the host's zoom changes `devicePixelRatio` on some systems only. */
export function density(): number {
  const zoomed = window.devicePixelRatio !== 1 ? 1 : kept() / 100;
  return window.devicePixelRatio * zoomed;
}

/** The size one step up or down, or the same at the ends. */
export function stepped(percent: number, step: 1 | -1): number {
  const at = ZOOMS.indexOf(percent);
  return ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + step))] ?? 100;
}

const STEPS: Record<string, 1 | -1 | 0> = {
  Equal: 1,
  NumpadAdd: 1,
  Minus: -1,
  NumpadSubtract: -1,
  Digit0: 0,
  Numpad0: 0,
};

/** The size in percent and how to set it; Ctrl with plus, minus and 0 does the same. */
export function useZoom(bridge: Bridge): [number, (percent: number) => void] {
  const [percent, setPercent] = useState(kept);
  const { zoom } = bridge;
  useEffect(() => {
    if (!zoom) return;
    localStorage.setItem(ZOOM_KEY, String(percent));
    zoom(percent / 100).catch(() => undefined);
  }, [zoom, percent]);
  useEffect(() => {
    if (!zoom) return;
    const down = (event: KeyboardEvent) => {
      const step = STEPS[event.code];
      if (!(event.ctrlKey || event.metaKey) || event.altKey || step === undefined) return;
      event.preventDefault();
      setPercent((before) => (step === 0 ? 100 : stepped(before, step)));
    };
    window.addEventListener("keydown", down, true);
    return () => window.removeEventListener("keydown", down, true);
  }, [zoom]);
  return [percent, useCallback((wanted: number) => setPercent(wanted), [])];
}
