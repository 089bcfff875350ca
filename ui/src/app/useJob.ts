/** Watches one job at a time by asking where it stands. Not a queue of jobs: the station runs one. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Failure, JobStarted, JobState } from "../bindings/wire";
import { asFailure, type Bridge } from "../bridge/bridge";
import { zh } from "../zh";

import { passphraseOf, type Untold, untold } from "./passphrase";

const ASK_EVERY_MS = 200;

/** A passphrase, and who watched its job: nobody else is shown it. */
type Kept = Untold & { of: ReadonlySet<number> };

/** Who sits here before anybody gave a name: whoever gives the first one sat here all along. */
const UNNAMED = 0;

const isOf = (watchers: ReadonlySet<number>, person: number) => watchers.has(person) || watchers.has(UNNAMED);

export interface JobWatch {
  job: JobState | null;
  failure: Failure | null;
  /** `name` is what the job is called where its kind alone would mislead. */
  start: (starting: Promise<JobStarted>, name?: string) => Promise<void>;
  /** What the job was called when it was started here, if anything. */
  name: string | null;
  cancel: () => void;
  close: () => void;
  /** Passphrases of results that made room for another job before they were put away. */
  untold: readonly Untold[];
  /** The first of them was copied. */
  told: () => void;
  /** Whose passphrase nobody said was copied: it goes with these screens. */
  uncopied: Uncopied;
}

/** Of whoever sits here, whom the strip asks; or of somebody else alone, who is asked when they sit here. */
export type Uncopied = "own" | "others" | null;

/**
 * `seated`: somebody may be answered; while nobody is, nothing is asked, and the job is taken up again afterwards. What came
 * of it is told to those who sat here while it ran, and to nobody else.
 */
export function useJob(
  bridge: Bridge,
  seated: boolean,
  person: number,
  onFinished: (job: JobState, watched: boolean) => void,
): JobWatch {
  const [job, setJob] = useState<JobState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [called, setCalled] = useState<{ job: number; name: string } | null>(null);
  const [kept, setKept] = useState<readonly Kept[]>([]);
  const shown = useRef(job);
  shown.current = job;
  const watched = useRef<number | null>(null);
  /** The job that was watched when the window was locked. */
  const left = useRef<number | null>(null);
  /** Who sat here while the job ran. */
  const sat = useRef<ReadonlySet<number>>(new Set());
  const sitting = useRef(person);
  sitting.current = person;
  const finished = useRef(onFinished);
  finished.current = onFinished;

  const watch = useCallback(
    async (id: number) => {
      watched.current = id;
      while (watched.current === id) {
        try {
          const state = await bridge.call("job_show", { job: id });
          if (watched.current !== id) return;
          if (!state.finished) sat.current = new Set(sat.current).add(sitting.current);
          setJob(state);
          setFailure(null);
          if (state.finished) {
            watched.current = null;
            finished.current(state, isOf(sat.current, sitting.current));
            return;
          }
        } catch (thrown) {
          if (watched.current !== id) return;
          const failed = asFailure(thrown, zh.failure.host);
          setFailure(failed);
          // One answer that did not come is no reason to lose sight of a job; one that is gone is.
          if (failed.code === "not_found") {
            watched.current = null;
            setJob(null);
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    },
    [bridge],
  );

  useEffect(() => {
    if (!seated) return;
    let here = true;
    // A page that was loaded anew finds the job it left running.
    const attach = async () => {
      const [newest] = await bridge.call("job_list", {});
      if (here && newest && !newest.finished && watched.current === null) {
        sat.current = new Set([sitting.current]);
        void watch(newest.job);
      }
    };
    if (left.current !== null) void watch(left.current);
    else attach().catch((thrown) => here && setFailure(asFailure(thrown, zh.failure.host)));
    return () => {
      here = false;
      left.current = watched.current;
      watched.current = null;
      setFailure(null);
    };
  }, [bridge, watch, seated]);

  const start = useCallback(
    async (starting: Promise<JobStarted>, name?: string) => {
      setFailure(null);
      try {
        const { job: id } = await starting;
        const left = untold(shown.current);
        const of = sat.current;
        if (left) setKept((before) => [...before, { ...left, of }]);
        sat.current = new Set([sitting.current]);
        setJob(null);
        setCalled(name === undefined ? null : { job: id, name });
        void watch(id);
      } catch (thrown) {
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [watch],
  );

  const cancel = useCallback(() => {
    const id = watched.current;
    if (id === null) return;
    bridge.call("job_cancel", { job: id }).catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge]);

  const close = useCallback(() => {
    if (watched.current !== null) return;
    setJob(null);
    setFailure(null);
  }, []);

  const own = useMemo(() => kept.filter(({ of }) => isOf(of, person)), [kept, person]);
  const told = useCallback(() => setKept((before) => before.filter((one) => one !== own[0])), [own]);

  const hidden = job?.finished === true && !isOf(sat.current, person);
  const stands = passphraseOf(job) !== null;
  const mine = own.length > 0 || (stands && !hidden);
  const uncopied = mine ? "own" : kept.length > 0 || stands ? "others" : null;
  const name = called !== null && called.job === job?.job ? called.name : null;
  return { job: hidden ? null : job, name, failure, start, cancel, close, untold: own, told, uncopied };
}
