/** Rows of a long list, fetched a page at a time as they come into sight. Not for lists that are whole in one answer. */
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { zh } from "../zh";

/** Two windows full: what is painted first must not wait for what is scrolled to later. */
const PAGE = 80;
/** Rows asked for at once when all are wanted. */
const PAGE_OF_ALL = 1000;

export interface Pages<Row> {
  total: number;
  /** Another function whenever rows have come. */
  row: (index: number) => Row | undefined;
  onSight: (first: number, last: number) => void;
  failure: Failure | null;
  loaded: boolean;
  /** Every row, fetched anew. */
  readAll: () => Promise<Row[]>;
}

/** `fetchPage` must change identity exactly when the list asked for is another one. */
export function usePages<Row>(
  fetchPage: (offset: number, limit: number) => Promise<{ total: number; rows: Row[] }>,
): Pages<Row> {
  const pages = useRef(new Map<number, Row[]>());
  const asked = useRef(new Set<number>());
  const generation = useRef(0);
  const [total, setTotal] = useState(0);
  const [loaded, setLoaded] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [drawn, redraw] = useState(0);

  const ask = useCallback(
    async (page: number) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const mine = generation.current;
      try {
        const answer = await fetchPage(page * PAGE, PAGE);
        if (mine !== generation.current) return;
        pages.current.set(page, answer.rows);
        setTotal(answer.total);
        setFailure(null);
        setLoaded(true);
        redraw((n) => n + 1);
      } catch (thrown) {
        if (mine !== generation.current) return;
        asked.current.delete(page);
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [fetchPage],
  );

  // Before the frame in which the old list would be drawn once more.
  useLayoutEffect(() => {
    generation.current += 1;
    pages.current = new Map();
    asked.current = new Set();
    void ask(0);
  }, [ask]);

  const onSight = useCallback(
    (first: number, last: number) => {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) void ask(page);
    },
    [ask],
  );
  const row = useCallback(
    (index: number) => {
      void drawn;
      return pages.current.get(Math.floor(index / PAGE))?.[index % PAGE];
    },
    [drawn],
  );
  const readAll = useCallback(async () => {
    const rows: Row[] = [];
    for (;;) {
      const page = await fetchPage(rows.length, PAGE_OF_ALL);
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) return rows;
    }
  }, [fetchPage]);
  return { total, row, onSight, failure, loaded, readAll };
}
