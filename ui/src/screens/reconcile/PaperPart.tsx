/** Paper photos ticked off: a class at a time, or one student after the other. */
import { Button, Checkbox, Table } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { Failure, PaperClass, PaperRow, ReconcileView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;
const PAGE = 50;

interface Props {
  round: number;
  /** Read again whenever this is another one. */
  view: ReconcileView;
  onMark: (students: number[], arrived: boolean) => void;
}

const stageOf = (row: PaperRow) => (row.expected ? row.stage : `${row.stage}（${words.paperNotExpected}）`);

type Named = Pick<PaperClass, "college" | "class">;
const keyOf = (row: Named) => `${row.college} ${row.class}`;

/** The classes, and the students of the one that is open. */
function usePaper(round: number, view: ReconcileView, open: Named | null) {
  const { bridge } = useApp();
  const [classes, setClasses] = useState<PaperClass[]>([]);
  /** The students of a class, never another's than the open one. */
  const [found, setFound] = useState<{ of: Named | null; rows: PaperRow[] }>({ of: null, rows: [] });
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void view;
    let stale = false;
    const read = async () => {
      try {
        const all = await bridge.call("paper_list", { round });
        const own = open
          ? await bridge.call("paper_class", { round, college: open.college, class: open.class })
          : [];
        if (stale) return;
        setClasses(all);
        setFound({ of: open, rows: own });
        setFailure(null);
      } catch (thrown) {
        if (!stale) setFailure(asFailure(thrown, zh.failure.host));
      }
    };
    void read();
    return () => {
      stale = true;
    };
  }, [bridge, round, view, open]);
  return { classes, rows: found.of === open ? found.rows : [], failure, setFailure };
}

interface StudentsProps extends Pick<Props, "round" | "onMark"> {
  rows: PaperRow[];
  title: string;
}

function Students({ round, rows, title, onMark }: StudentsProps) {
  const ended = useEnded(round);
  return (
    <DataTable<PaperRow>
      name="paper-students"
      title={title}
      rowKey="student"
      pagination={rows.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
      rows={rows}
      columns={[
        {
          title: words.paperCame,
          width: 110,
          text: (row) => (row.arrived ? words.paperArrived : words.paperMissing),
          render: (_, row) => (
            <Checkbox
              disabled={ended !== null}
              {...(ended === null ? {} : { title: ended })}
              data-testid={tid.paperOf(row.student_no)}
              checked={row.arrived}
              onChange={(event) => onMark([row.student], event.target.checked)}
            >
              {words.paperYes}
            </Checkbox>
          ),
        },
        { title: words.no, dataIndex: "student_no", width: 150 },
        { title: words.name, dataIndex: "name", width: 120 },
        {
          title: words.paperStage,
          dataIndex: "stage",
          text: (row) => row.stage,
          render: (_, row) => <span className={row.expected ? "" : "quiet"}>{stageOf(row)}</span>,
        },
      ]}
    />
  );
}

/** How many have come of those that were to come, and how many besides: together they would hide who is missing. */
function arrivedOf({ arrived, besides }: Pick<PaperClass, "arrived" | "besides">): string {
  return besides === 0 ? count(arrived) : `${count(arrived)}（${words.paperBesides(count(besides))}）`;
}

/** The classes added up: the last row of their table. */
function Whole({ classes }: { classes: PaperClass[] }) {
  const sum = (key: "students" | "expected" | "arrived" | "besides") =>
    classes.reduce((whole, one) => whole + one[key], 0);
  return (
    <Table.Summary.Row className="rec-whole" data-testid={tid.paperWhole}>
      <Table.Summary.Cell index={0} colSpan={2}>
        {words.whole}
      </Table.Summary.Cell>
      {(["students", "expected"] as const).map((key, at) => (
        <Table.Summary.Cell key={key} index={at + 2} align="right">
          {count(sum(key))}
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={4} align="right">
        {arrivedOf({ arrived: sum("arrived"), besides: sum("besides") })}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={5} />
    </Table.Summary.Row>
  );
}

interface ActsProps {
  of: PaperClass;
  ended: string | null;
  open: boolean;
  onAll: (arrived: boolean) => void;
  onOpen: () => void;
}

function ClassActs({ of, ended, open, onAll, onOpen }: ActsProps) {
  return (
    <span className="wrap-row">
      <Button
        size="small"
        type="primary"
        data-testid={tid.paperAll(keyOf(of))}
        disabled={ended !== null || of.expected === 0 || of.arrived >= of.expected}
        title={ended ?? undefined}
        onClick={() => onAll(true)}
      >
        {words.paperAll}
      </Button>
      <Button size="small" data-testid={tid.paperOpen(keyOf(of))} aria-expanded={open} onClick={onOpen}>
        {open ? words.paperClose : words.paperOpen}
      </Button>
      <Button
        size="small"
        type="text"
        disabled={ended !== null || of.arrived + of.besides === 0}
        title={ended ?? undefined}
        onClick={() => onAll(false)}
      >
        {words.paperNone}
      </Button>
    </span>
  );
}

export function PaperPart({ round, view, onMark }: Props) {
  const { bridge } = useApp();
  const ended = useEnded(round);
  const [open, setOpen] = useState<Named | null>(null);
  const { classes, rows, failure, setFailure } = usePaper(round, view, open);
  const openKey = open === null ? null : keyOf(open);
  const markClass = async (of: PaperClass, arrived: boolean) => {
    try {
      const all = await bridge.call("paper_class", { round, college: of.college, class: of.class });
      const some = all.filter((row) => (arrived ? row.expected && !row.arrived : row.arrived));
      onMark(
        some.map((row) => row.student),
        arrived,
      );
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const missing = view.kinds.find((one) => one.kind === "paper_missing")?.count ?? 0;
  return (
    <div className="stack">
      <FailureNote failure={failure} />
      <p className="quiet" data-testid={tid.paperNote}>
        {words.paperNote}
        {missing > 0 ? words.paperCounted(count(missing)) : words.paperWillCount}
      </p>
      <section className="panel">
        <DataTable<PaperClass>
          name="paper-classes"
          title={words.parts.paper}
          rowKey={keyOf}
          locale={{ emptyText: words.noClass }}
          pagination={classes.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
          rows={classes}
          // Under the class that was pressed: what stands above it stays where it is.
          expandable={{
            showExpandColumn: false,
            expandedRowKeys: openKey === null ? [] : [openKey],
            expandedRowRender: (of) => (
              // The students have a context menu of their own.
              <section
                className="stack"
                aria-label={words.paperOf(of.college, of.class)}
                onContextMenu={(event) => event.stopPropagation()}
              >
                <Students
                  round={round}
                  rows={rows}
                  title={words.paperOf(of.college, of.class)}
                  onMark={onMark}
                />
              </section>
            ),
          }}
          {...(classes.length > 1 ? { summary: () => <Whole classes={classes} /> } : {})}
          columns={[
            { title: words.college, dataIndex: "college" },
            { title: words.paperClasses, dataIndex: "class", width: 150 },
            { title: words.paperStudents, dataIndex: "students", width: 80, align: "right" },
            { title: words.paperExpected, dataIndex: "expected", width: 80, align: "right" },
            {
              title: words.paperArrived,
              width: 150,
              align: "right",
              render: (_, of) => arrivedOf(of),
              text: arrivedOf,
            },
            {
              title: "",
              width: 280,
              render: (_, of) => (
                <ClassActs
                  of={of}
                  ended={ended}
                  open={openKey === keyOf(of)}
                  onAll={(arrived) => void markClass(of, arrived)}
                  onOpen={() =>
                    setOpen(openKey === keyOf(of) ? null : { college: of.college, class: of.class })
                  }
                />
              ),
            },
          ]}
        />
      </section>
    </div>
  );
}
