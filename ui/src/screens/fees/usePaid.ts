/** What candidates of unmatched payments have paid already: a namesake who has is hardly the one who did. */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { FeePayment, FeeView, StudentHit } from "../../bindings/wire";

/** Hits asked for with one 学号, which may be part of another. */
const HITS = 8;

/** Each distinct candidate that a button names. */
function candidatesOf(rows: readonly FeePayment[], offered: number): StudentHit[] {
  const hits = rows.flatMap((row) => row.candidates.slice(0, offered));
  return [...new Map(hits.map((hit) => [hit.student, hit])).values()];
}

/** 元 by student, of those who paid anything; filled as the answers come. `offered`: candidates of a row that are named. */
export function usePaid(
  round: number,
  view: FeeView,
  rows: readonly FeePayment[],
  offered: number,
): ReadonlyMap<number, string> {
  const { bridge } = useApp();
  const [paid, setPaid] = useState<ReadonlyMap<number, string>>(new Map());
  // The rows are another array each time they are drawn; whom they name is what counts.
  const asked = JSON.stringify(candidatesOf(rows, offered).map((hit) => [hit.student, hit.student_no]));
  useEffect(() => {
    // What was paid is another sum after every act.
    void view;
    let stale = false;
    const ask = async () => {
      const found = new Map<number, string>();
      for (const [student, text] of JSON.parse(asked) as [number, string][]) {
        const page = await bridge.call("fee_list", { round, text, state: "", offset: 0, limit: HITS });
        const row = page.rows.find((one) => one.student.student === student);
        if (row && row.paid !== "0") found.set(student, row.paid);
        if (stale) return;
      }
      setPaid(found);
    };
    // Without an answer the buttons say as much as the payments do.
    ask().catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [bridge, round, view, asked]);
  return paid;
}
