/** How many photos each queue holds, read again as decisions come, without making keys wait. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { AppContextValue } from "../../app/context";
import type { Failure, QueueCount } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { zh } from "../../zh";

/** Counts are read again when the fingers rest. */
const COUNTS_AFTER_MS = 700;
/** While they do not rest, the counts are as old as this at most, ms: reading them at every key would make keys wait. */
const COUNTS_LATEST_MS = 2500;

const NO_COUNTS: QueueCount[] = [];

/** The counts of a round's queues: `later` after a change, `now` where they are looked at. */
export function useQueueCounts(
  round: number,
  app: React.RefObject<AppContextValue>,
  fail: (failure: Failure) => void,
) {
  const [known, setCounts] = useState<QueueCount[] | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** When what is not yet counted began to change. */
  const since = useRef<number | null>(null);
  const read = useCallback(async (): Promise<QueueCount[]> => {
    try {
      const answer = await app.current.bridge.call("queue_counts", { round });
      setCounts(answer);
      return answer;
    } catch (thrown) {
      fail(asFailure(thrown, zh.failure.host));
      return [];
    }
  }, [app, round, fail]);
  const now = useCallback(() => {
    clearTimeout(timer.current);
    since.current = null;
    void read();
    void app.current.refresh();
  }, [app, read]);
  const later = useCallback(() => {
    clearTimeout(timer.current);
    since.current ??= performance.now();
    const left = since.current + COUNTS_LATEST_MS - performance.now();
    timer.current = setTimeout(now, Math.max(0, Math.min(COUNTS_AFTER_MS, left)));
  }, [now]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { counts: known ?? NO_COUNTS, isKnown: known !== null, read, later, now };
}
