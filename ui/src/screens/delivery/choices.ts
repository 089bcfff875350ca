/**
 * What was chosen for a round's next delivery and for its prints, each person's own: kept while other screens are open or the window is locked,
 * gone with the program.
 */
import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryMode, DeliveryPart, DeliveryShape, PrintsOptions } from "../../bindings/wire";
import type { Bridge } from "../../bridge/bridge";
import { zh } from "../../zh";
import { EVERYBODY } from "./PartChoice";
import { WHOLE_FOLDER } from "./ShapeChoice";

export interface DeliveryChoices {
  /** Name of the profile they were filled in by; empty for the first. */
  way: string;
  mode: DeliveryMode;
  template: string;
  shape: DeliveryShape;
  columns: string[];
  purpose: string;
  part: DeliveryPart;
  target: string | null;
}

const FIRST: DeliveryChoices = {
  way: "",
  mode: "collection_code",
  template: zh.delivery.templates.student,
  shape: WHOLE_FOLDER,
  columns: [zh.delivery.name],
  purpose: "",
  part: EVERYBODY,
  target: null,
};

export interface PrintsChoices {
  /** `null` until the station said how the round is printed. */
  options: PrintsOptions | null;
  target: string | null;
}

const NO_PRINTS: PrintsChoices = { options: null, target: null };

const kept = new WeakMap<Bridge, Map<string, unknown>>();

/** A state of the round and the person that outlives its screen; `what` tells it from the others. */
function useKept<T>(what: string, round: number, first: T): [T, Dispatch<SetStateAction<T>>] {
  const { bridge, status } = useApp();
  const key = `${what} ${round} ${status.seat.person ?? 0}`;
  const [value, setValue] = useState(() => (kept.get(bridge)?.get(key) as T | undefined) ?? first);
  useEffect(() => {
    const all = kept.get(bridge) ?? new Map<string, unknown>();
    kept.set(bridge, all.set(key, value));
  }, [bridge, key, value]);
  return [value, setValue];
}

/** The choices of a delivery, and how some of them are changed. */
export function useChoices(round: number): [DeliveryChoices, (change: Partial<DeliveryChoices>) => void] {
  const [choices, setChoices] = useKept("delivery", round, FIRST);
  return [choices, (change) => setChoices((before) => ({ ...before, ...change }))];
}

/** The choices of prints. */
export const usePrintsChoices = (round: number) => useKept("prints", round, NO_PRINTS);
