/**
 * What was chosen for a round's next delivery and for its prints, each person's own: kept while other screens are open or the window is locked,
 * gone with the program; of a delivery, gone when it was written.
 */
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryMode, DeliveryPart, DeliveryShape, JobState, PrintsOptions } from "../../bindings/wire";
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
  /** The job that exports them; `null` while none does. */
  exporting: number | null;
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
  exporting: null,
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

/**
 * What became of the job that exports the choices, by the job that is told of. One that is not told of any more has
 * ended; one begun just now is not told of yet.
 */
function endOf(exporting: number, told: JobState | null, begunHere: boolean): "runs" | "written" | "failed" {
  if (told === null) return begunHere ? "runs" : "written";
  if (told.job !== exporting) return told.job > exporting ? "written" : "runs";
  if (!told.finished) return "runs";
  return told.outcome?.kind === "delivery" ? "written" : "failed";
}

/**
 * The choices of a delivery, and how some of them are changed. They are for one delivery: a list with names that was
 * written once is not what leaves the next time unless it is chosen anew. The folder stays.
 */
export function useChoices(round: number): [DeliveryChoices, (change: Partial<DeliveryChoices>) => void] {
  const { job } = useApp();
  const [choices, setChoices] = useKept("delivery", round, FIRST);
  const { exporting } = choices;
  const atFirst = useRef(exporting);
  useEffect(() => {
    if (exporting === null) return;
    const end = endOf(exporting, job, exporting !== atFirst.current);
    if (end === "runs") return;
    setChoices((before) =>
      end === "written" ? { ...FIRST, target: before.target } : { ...before, exporting: null },
    );
  }, [exporting, job, setChoices]);
  return [choices, (change) => setChoices((before) => ({ ...before, ...change }))];
}

/** The choices of prints. */
export const usePrintsChoices = (round: number) => useKept("prints", round, NO_PRINTS);
