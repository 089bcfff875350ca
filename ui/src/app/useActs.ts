/**
 * Acts of a screen that must be signed, one at a time: what came of the last one, and what the screen shows read anew after
 * it. Knows no command.
 */
import { useCallback, useEffect, useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";
import { useApp } from "./context";

export interface Acts {
  /** Does `work`, which answers what is to be said of it; asks for a name instead where nobody has signed. */
  act: (work: () => Promise<string>) => void;
  busy: boolean;
  /** What came of the last act; empty before there was one. */
  said: string;
  failure: Failure | null;
}

/** `read` brings what the screen shows: at once, whenever it is another function, and after every act. */
export function useActs(read: () => Promise<void>): Acts {
  const { named, refresh } = useApp();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const failed = useCallback((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)), []);
  useEffect(() => {
    read().catch(failed);
  }, [read, failed]);
  const signed = async (work: () => Promise<string>) => {
    setBusy(true);
    try {
      setSaid(await work());
      setFailure(null);
      await read();
      await refresh();
    } catch (thrown) {
      failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const act = (work: () => Promise<string>) => named(() => void signed(work));
  return { act, busy, said, failure };
}
