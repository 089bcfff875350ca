/** 日志: who did what to whom, when, before and after. Append-only, so there is nothing to press here. */
import { Segmented } from "antd";
import { useCallback, useState } from "react";
import { useApp } from "../../app/context";
import type { LogEntry } from "../../bindings/wire";
import { ScreenFrame } from "../../components/ScreenFrame";
import { usePages } from "../../components/usePages";
import { type Column, plain, VirtualTable } from "../../components/VirtualTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { LogChain } from "./LogChain";

const words = zh.log;

/** Two lines of text. */
const ROW_PX = 46;

const COLUMNS: Column<LogEntry>[] = [
  {
    key: "at",
    title: words.at,
    width: "176px",
    cell: (row) => <span className="mono">{row.at}</span>,
    text: (row) => row.at,
  },
  plain("reviewer", words.reviewer, "100px", (row) => row.reviewer),
  plain("act", words.act, "110px", (row) => row.act),
  {
    key: "subject",
    title: words.subject,
    width: "minmax(150px,1fr)",
    cell: (row) => (
      <span className="two-lines" title={row.subject}>
        {row.subject}
      </span>
    ),
    text: (row) => row.subject,
  },
  {
    key: "before",
    title: words.before,
    width: "minmax(90px,0.8fr)",
    cell: (row) => (
      <span className="two-lines" title={row.before}>
        {row.before}
      </span>
    ),
    text: (row) => row.before,
  },
  {
    key: "after",
    title: words.after,
    width: "minmax(220px,2.2fr)",
    cell: (row) => (
      <span className="two-lines" title={row.after}>
        {row.after}
      </span>
    ),
    text: (row) => row.after,
  },
];

export function LogScreen({ round }: { round: number }) {
  const { bridge } = useApp();
  const [all, setAll] = useState(false);
  const fetchPage = useCallback(
    async (offset: number, limit: number) => {
      const page = await bridge.call("log_list", { round: all ? null : round, offset, limit });
      return { total: page.total, rows: page.entries };
    },
    [bridge, round, all],
  );
  const pages = usePages<LogEntry>(fetchPage);
  return (
    <ScreenFrame
      name="log"
      fill
      title={words.title}
      note={
        <>
          <span data-testid={tid.logTotal}>{words.total(count(pages.total))}</span>　{words.note}
        </>
      }
      actions={
        <Segmented
          value={all ? "all" : "round"}
          onChange={(value) => setAll(value === "all")}
          options={[
            { value: "round", label: words.thisRound },
            { value: "all", label: words.allRounds },
          ]}
        />
      }
    >
      <LogChain round={all ? null : round} />
      <VirtualTable
        columns={COLUMNS}
        pages={pages}
        label={words.title}
        testid={tid.logTable}
        minWidth={860}
        rowPx={ROW_PX}
        empty={pages.loaded ? zh.table.empty : zh.table.loading}
      />
    </ScreenFrame>
  );
}
