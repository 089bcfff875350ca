/** Whom a delivery would not hold and why, of any number: only the rows in sight are fetched and exist. */
import { Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryOptions, LeftOutOf, NotDelivered } from "../../bindings/wire";
import { usePages } from "../../components/usePages";
import { type Column, leastWidth, plain, VirtualTable } from "../../components/VirtualTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

import { ChaseButton } from "./DeliveryTables";

const words = zh.delivery;
/** Rows of two lines: reasons are sentences. */
const ROW_PX = 44;
/** Rows shown at once at most; what stands above them is the head and the tools. */
const ROWS_IN_SIGHT = 8;
const HEAD_PX = 76;

interface Props {
  round: number;
  /** What the preview was worked out of; another one whenever it was worked out anew. */
  options: DeliveryOptions;
  which: LeftOutOf;
  /** How many there are by the preview. */
  total: number;
  title: string;
  testid: string;
}

function LeftOutTable({ round, options, which, total, title, testid }: Props) {
  const { bridge, go } = useApp();
  const fetchPage = useCallback(
    async (offset: number, limit: number) =>
      bridge.call("delivery_left_out", { options, which, offset, limit }),
    [bridge, options, which],
  );
  const pages = usePages<NotDelivered>(fetchPage);
  const columns = useMemo((): Column<NotDelivered>[] => {
    const look = (submission: number) =>
      go({ screen: "desk", round, submission, from: { screen: "delivery", round } });
    return [
      plain("student_no", words.no, "140px", (row) => row.student_no, "start"),
      plain("name", words.name, "110px", (row) => row.name),
      plain("college", words.college, "minmax(120px,1fr)", (row) => row.college),
      {
        key: "why",
        title: words.why,
        width: "minmax(200px,2.4fr)",
        cell: (row) => (
          <span className="two-lines" title={row.why}>
            {row.why}
          </span>
        ),
        text: (row) => row.why,
      },
      {
        key: "look",
        title: "",
        width: "72px",
        frozen: "end",
        cell: ({ submission }) =>
          submission === null ? (
            <ChaseButton round={round} />
          ) : (
            <Button size="small" type="link" onClick={() => look(submission)}>
              {words.look}
            </Button>
          ),
      },
    ];
  }, [go, round]);
  const height = HEAD_PX + ROW_PX * Math.min(total, ROWS_IN_SIGHT);
  return (
    <div className="left-out" style={{ height }}>
      <VirtualTable
        columns={columns}
        pages={pages}
        label={title}
        testid={testid}
        minWidth={leastWidth(columns)}
        rowPx={ROW_PX}
        empty={pages.loaded ? "" : zh.table.loading}
      />
    </div>
  );
}

interface ListsProps {
  round: number;
  options: DeliveryOptions;
  notReady: number;
  before: number;
}

/** Those who are not ready, and those who were delivered before: the latter are fetched for whoever asks. */
export function LeftOutLists({ round, options, notReady, before }: ListsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      {notReady > 0 ? (
        <>
          <h3>{words.notDelivered(count(notReady))}</h3>
          <LeftOutTable
            round={round}
            options={options}
            which="not_ready"
            total={notReady}
            title={words.notDeliveredTitle}
            testid={tid.deliveryNotReady}
          />
        </>
      ) : null}
      {before > 0 ? (
        <details onToggle={(event) => setOpened(event.currentTarget.open)}>
          <summary>{words.beforeTitle(count(before))}</summary>
          {opened ? (
            <LeftOutTable
              round={round}
              options={options}
              which="before"
              total={before}
              title={words.beforeTitle(count(before))}
              testid={tid.deliveryBefore}
            />
          ) : null}
        </details>
      ) : null}
    </>
  );
}
