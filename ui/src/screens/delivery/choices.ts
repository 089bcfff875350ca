/**
 * What was chosen for a round's next delivery, each person's own: kept while other screens are open or the window is locked,
 * gone with the program.
 */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryMode, DeliveryPart, DeliveryShape } from "../../bindings/wire";
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

const kept = new WeakMap<Bridge, Map<string, DeliveryChoices>>();

/** The choices, and how some of them are changed. */
export function useChoices(round: number): [DeliveryChoices, (change: Partial<DeliveryChoices>) => void] {
  const { bridge, status } = useApp();
  const key = `${round} ${status.seat.person ?? 0}`;
  const [choices, setChoices] = useState(() => kept.get(bridge)?.get(key) ?? FIRST);
  useEffect(() => {
    const all = kept.get(bridge) ?? new Map<string, DeliveryChoices>();
    kept.set(bridge, all.set(key, choices));
  }, [bridge, key, choices]);
  return [choices, (change) => setChoices((before) => ({ ...before, ...change }))];
}
