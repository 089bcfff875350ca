/** Students who fit what is typed, or those offered before anything is, with what tells namesakes apart. */
import { useEffect, useState } from "react";
import { useApp } from "../app/context";
import type { StudentHit, StudentRow } from "../bindings/wire";

/** More lines than these are not read through: more is to be typed. */
export const SHOWN = 6;
/** As many of one name are looked up. */
const NAMESAKES = 50;

type Rows = ReadonlyMap<number, StudentRow>;
const NONE: Rows = new Map();
const byId = (rows: StudentRow[]): Rows => new Map(rows.map((row) => [row.student, row]));

interface Answer {
  to: string;
  hits: StudentHit[];
  rows: Rows;
  total: number;
}

export function useHits(round: number, wanted: string, candidates: StudentHit[], onAnswer: () => void) {
  const { bridge } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [offered, setOffered] = useState(NONE);
  const names = [...new Set(candidates.slice(0, SHOWN).map((hit) => hit.name))].join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done at an answer is not what is asked
  useEffect(() => {
    let stale = false;
    if (wanted === "") {
      setAnswer(null);
      return;
    }
    const query = { round, text: wanted, state: "", offset: 0, limit: SHOWN };
    // Without their rows the hits are listed all the same.
    const rows = bridge.call("student_list", query).catch(() => null);
    bridge
      .call("student_search", { round, text: wanted })
      .then(async (found) => {
        const page = await rows;
        if (stale) return;
        const total = Math.max(found.length, page?.total ?? 0);
        setAnswer({ to: wanted, hits: found.slice(0, SHOWN), rows: byId(page?.students ?? []), total });
        onAnswer();
      })
      .catch(() => {
        if (!stale) setAnswer({ to: wanted, hits: [], rows: NONE, total: 0 });
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, wanted]);

  useEffect(() => {
    let stale = false;
    if (names === "") return;
    const ask = (text: string) =>
      bridge
        .call("student_list", { round, text, state: "", offset: 0, limit: NAMESAKES })
        .then((page) => page.students)
        .catch(() => []);
    void Promise.all(names.split("\n").map(ask)).then((found) => {
      if (!stale) setOffered(byId(found.flat()));
    });
    return () => {
      stale = true;
    };
  }, [bridge, round, names]);

  const hits = answer?.hits ?? candidates.slice(0, SHOWN);
  return {
    hits,
    rows: answer?.rows ?? offered,
    /** How many fit beside those listed. */
    more: (answer?.total ?? candidates.length) - hits.length,
    /** Nothing is typed, and those listed are offered. */
    isOffer: answer === null,
    // What is listed may answer what was typed a moment ago: Enter would give the photo to somebody else.
    isCurrent: answer?.to === wanted,
  };
}
