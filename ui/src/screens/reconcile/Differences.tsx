/** Kinds of difference with their counts, and the differences of the chosen one with the way to their remedy. */
import { Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { type Screen, useApp } from "../../app/context";
import type { ReconcileRow, ReconcileView } from "../../bindings/wire";
import { AssignPanel } from "../../components/AssignPanel";
import { NoStudents } from "../../components/NoStudents";
import { SearchBox } from "../../components/SearchBox";
import { usePages } from "../../components/usePages";
import { type Column, leastWidth, VirtualTable } from "../../components/VirtualTable";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { SettlePanel } from "./SettlePanel";

const words = zh.reconcile;

/** Kinds that a row of a receipt makes by itself: it may be given to a student, or put aside. */
const STRAY = ["receipt_unlisted", "receipt_unclear", "receipt_undelivered", "receipt_moved"];

/** An answer that says neither yes nor no: opened, it is said which it means. */
const UNSETTLED = "unsettled";

/** Of these only the latter. */
const DROPPED = [...STRAY, "set_stray"];

/** Rows of two lines; of three where each says what to do. */
const ROW_PX = 44;
const ROW_OF_ALL_PX = 58;

/** Where a kind of difference is dealt with. */
export const SCREENS: Record<string, Screen> = {
  unclaimed: "photos",
  not_submitted: "notices",
  undecided: "desk",
  in_question: "photos",
  not_resubmitted: "notices",
  revoked: "delivery",
  outdated: "delivery",
  moved: "delivery",
  undelivered: "delivery",
  set_missing: "photos",
  set_changed: "desk",
  not_enrolled: "roster",
  enrolled_otherwise: "roster",
  already_on_register: "scope",
  delivered_exempt: "scope",
};

interface Props {
  round: number;
  /** Read again whenever this is another one. */
  view: ReconcileView;
  /** The kind that is shown first; every kind where it is empty. */
  first: string;
  onDrop: (receipt: number) => void;
  onAssign: (receipt: number, student: number) => void;
  onSettle: (receipt: number, state: string, reason: string) => void;
}

const text = (
  key: "student_no" | "name" | "college" | "class" | "text" | "source",
  title: string,
  width: string,
) => ({
  key,
  title,
  width,
  cell: (row: ReconcileRow) => (
    <span className="two-lines" title={row[key]}>
      {row[key]}
    </span>
  ),
  text: (row: ReconcileRow) => row[key],
});

/** Whether anything can be done about a row where it stands. */
const hasAct = ({ kind, receipt, submission }: ReconcileRow) =>
  (receipt !== null && DROPPED.includes(kind)) || (submission !== null && kind !== "unclaimed");

interface RowProps extends Pick<Props, "round" | "onDrop"> {
  row: ReconcileRow;
  /** Whether differences of every kind are listed: no other way to where this one is dealt with stands above them. */
  ofAll: boolean;
  onAsk: (row: ReconcileRow) => void;
}

function RowAct({ row, round, ofAll, onDrop, onAsk }: RowProps) {
  const { go } = useApp();
  const { kind, receipt, submission } = row;
  if (receipt !== null && DROPPED.includes(kind)) {
    return (
      <WhileOpen round={round}>
        <span className="rec-acts">
          {STRAY.includes(kind) ? (
            <button
              type="button"
              className="linklike"
              data-testid={tid.receiptAssign(receipt)}
              onClick={() => onAsk(row)}
            >
              {words.assign}
            </button>
          ) : null}
          <button
            type="button"
            className="linklike"
            data-testid={tid.receiptDrop(receipt)}
            onClick={() => onDrop(receipt)}
          >
            {words.drop}
          </button>
        </span>
      </WhileOpen>
    );
  }
  if (receipt !== null && kind === UNSETTLED) {
    return (
      <button
        type="button"
        className="linklike"
        data-testid={tid.receiptOpen(receipt)}
        onClick={() => onAsk(row)}
      >
        {words.settle}
      </button>
    );
  }
  const screen = SCREENS[kind];
  if (submission === null || !hasAct(row)) {
    if (!ofAll || screen === undefined) return null;
    return (
      <button
        type="button"
        className="linklike"
        title={words.goTo(zh.nav[screen])}
        data-testid={tid.reconcileGo(kind)}
        onClick={() => go({ screen, round })}
      >
        {words.deal}
      </button>
    );
  }
  return (
    <button
      type="button"
      className="linklike"
      data-testid={tid.reconcileOpen(submission)}
      onClick={() => go({ screen: "desk", round, submission, from: { screen: "reconcile", round } })}
    >
      {words.open}
    </button>
  );
}

export function Differences({ round, view, first, onDrop, onAssign, onSettle }: Props) {
  const { bridge, go } = useApp();
  const [asked, setAsked] = useState(first);
  const [needle, setNeedle] = useState("");
  /** The row of a receipt that something is asked about: whose it is, or what it means. */
  const [whose, setWhose] = useState<ReconcileRow | null>(null);
  // A kind of which the last one was dealt with is not shown any more.
  const chosen = view.kinds.find((one) => one.kind === asked);
  const kind = chosen?.kind ?? "";
  const fetchPage = useCallback(
    async (offset: number, limit: number) => {
      void view;
      return bridge.call("reconcile_list", { round, kind, text: needle, offset, limit });
    },
    [bridge, round, kind, needle, view],
  );
  const pages = usePages<ReconcileRow>(fetchPage);
  const { row: rowAt, total } = pages;
  const shown = useMemo(() => {
    const loaded = Array.from({ length: total }, (_, at) => rowAt(at));
    const some = (has: (row: ReconcileRow) => boolean) => loaded.some((one) => one && has(one));
    const more = loaded.includes(undefined);
    return {
      // A copied table has it as long as a row that is not here yet may say something.
      class: more || some((row) => row.class !== ""),
      acts: some(hasAct) || (kind === "" && (more || some((row) => row.kind in SCREENS))),
    };
  }, [rowAt, total, kind]);
  if (view.differences === 0 && view.students === 0) {
    return (
      <section className="panel stack">
        <NoStudents round={round} loaded narrowed={false} />
      </section>
    );
  }
  if (view.differences === 0) return <p className="panel quiet">{words.none}</p>;

  const columns: Column<ReconcileRow>[] = [
    { ...text("student_no", words.no, "116px"), frozen: "start" },
    { ...text("name", words.name, "84px"), frozen: "start" },
    ...(kind === ""
      ? [
          {
            key: "title",
            title: words.difference,
            width: "minmax(170px,2fr)",
            cell: (row: ReconcileRow) => (
              <span className="rec-remedy" title={row.remedy}>
                <b>{row.title}</b>
                <span className="two-lines quiet">{row.remedy}</span>
              </span>
            ),
            text: (row: ReconcileRow) => row.title,
          },
        ]
      : []),
    text("text", words.text, "minmax(120px,1.6fr)"),
    text("college", words.college, "minmax(100px,1fr)"),
    ...(shown.class ? [text("class", words.class, "minmax(76px,0.7fr)")] : []),
    text("source", words.source, "minmax(104px,0.9fr)"),
    ...(shown.acts
      ? [
          {
            key: "open",
            frozen: "end" as const,
            title: "",
            width: "60px",
            cell: (row: ReconcileRow) => (
              <RowAct row={row} round={round} ofAll={kind === ""} onDrop={onDrop} onAsk={setWhose} />
            ),
          },
        ]
      : []),
  ];
  const screen = SCREENS[kind];
  return (
    <div className="rec-split">
      <nav className="rec-kinds" aria-label={words.parts.differences}>
        {[{ kind: "", title: words.all, count: view.differences }, ...view.kinds].map((one) => (
          <button
            key={one.kind}
            type="button"
            className="rec-kind"
            aria-pressed={one.kind === kind}
            data-testid={tid.reconcileKind(one.kind)}
            onClick={() => {
              setAsked(one.kind);
              setWhose(null);
            }}
          >
            <span>{one.title}</span>
            <span>{count(one.count)}</span>
          </button>
        ))}
      </nav>
      <div className="rec-rows">
        <div className="wrap-row">
          {chosen ? (
            <span data-testid={tid.reconcileRemedy}>
              <b>{words.remedy}</b>　{chosen.remedy}
            </span>
          ) : null}
          {screen ? (
            <Button size="small" onClick={() => go({ screen, round })}>
              {words.goTo(zh.nav[screen])}
            </Button>
          ) : null}
          <span className="grow" />
          <SearchBox testid={tid.reconcileSearch} label={words.search} onText={setNeedle} />
        </div>
        {whose?.receipt && whose.kind === UNSETTLED ? (
          <SettlePanel
            round={round}
            row={whose}
            onSettle={(state, reason) => {
              setWhose(null);
              onSettle(whose.receipt ?? 0, state, reason);
            }}
            onDrop={() => {
              setWhose(null);
              onDrop(whose.receipt ?? 0);
            }}
            onClose={() => setWhose(null)}
          />
        ) : null}
        {whose?.receipt && whose.kind !== UNSETTLED ? (
          <AssignPanel
            id={whose.receipt}
            round={round}
            title={words.assignOf(whose.student_no || whose.name, whose.text)}
            candidates={whose.candidates}
            onAssign={(student) => {
              setWhose(null);
              onAssign(whose.receipt ?? 0, student);
            }}
            onClose={() => setWhose(null)}
          />
        ) : null}
        <VirtualTable
          columns={columns}
          pages={pages}
          label={chosen?.title ?? words.all}
          testid="reconcile-table"
          isOpen={(row) => row.receipt !== null && row.receipt === whose?.receipt && row.kind === whose.kind}
          minWidth={leastWidth(columns)}
          rowPx={kind === "" ? ROW_OF_ALL_PX : ROW_PX}
          empty={pages.loaded ? words.noneOfKind : zh.table.loading}
        />
      </div>
    </div>
  );
}
