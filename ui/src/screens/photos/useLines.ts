/** The lines of an import's report page by page: the first ones it brings itself, those behind them are asked for. */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, IntakeLine } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { zh } from "../../zh";

export const LINES_PAGE = 20;
/** Lines asked for at once when all are wanted. */
const PAGE_OF_ALL = 1000;

export function useLines(job: number, first: IntakeLine[], left: number) {
  const { bridge } = useApp();
  const [page, setPage] = useState(1);
  const [rows, setRows] = useState(first.slice(0, LINES_PAGE));
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const offset = (page - 1) * LINES_PAGE;
    if (left === 0 || offset + LINES_PAGE <= first.length) {
      setRows(first.slice(offset, offset + LINES_PAGE));
      return;
    }
    let stale = false;
    bridge
      .call("job_lines", { job, offset, limit: LINES_PAGE })
      .then((answer) => {
        if (stale) return;
        setRows(answer.rows);
        setFailure(null);
      })
      .catch((thrown) => {
        if (!stale) setFailure(asFailure(thrown, zh.failure.host));
      });
    return () => {
      stale = true;
    };
  }, [bridge, job, first, left, page]);
  const readAll = async () => {
    if (left === 0) return first;
    const all: IntakeLine[] = [];
    for (;;) {
      const next = await bridge.call("job_lines", { job, offset: all.length, limit: PAGE_OF_ALL });
      all.push(...next.rows);
      if (next.rows.length === 0 || all.length >= next.total) return all;
    }
  };
  return { page, setPage, rows, readAll, failure };
}
