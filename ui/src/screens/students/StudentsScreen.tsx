/** 名单: every student of the round with the state of the photo, and what is said of single ones. */
import { Button, Segmented, Select } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { StudentRow } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { IdNumber } from "../../components/IdNumber";
import { NoStudents } from "../../components/NoStudents";
import { ScreenFrame } from "../../components/ScreenFrame";
import { SearchBox } from "../../components/SearchBox";
import { usePages } from "../../components/usePages";
import { type Column, leastWidth, plain, VirtualTable } from "../../components/VirtualTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { ImportUndo } from "./ImportUndo";
import { MarkMenu } from "./MarkMenu";
import { MarkStrip } from "./MarkStrip";
import { useMarks } from "./useMarks";

const words = zh.students;
const scope = zh.scope;
const STATE_SHAPE: Record<string, string> = { ...zh.decisionShape, missing: "–", pending: "○" };

/** 应采 or 免采 and why. */
function eligibility(row: StudentRow): string {
  if (row.exempt) return scope.exemptCell(row.exempt);
  return row.straggler ? scope.named : scope.dueCell;
}

/** 采集码: whether a picture is filed, and what is wrong with it. */
function codeText(row: StudentRow): string {
  return row.code_same_as ? words.codeSameAs(row.code_same_as) : (words.codes[row.code] ?? row.code);
}

/** Where the photo stands, and whether one that waits to be claimed may be the student's. */
function stateText(row: StudentRow): string {
  const state = words.states[row.state] ?? row.state;
  return row.awaiting_claim ? `${state}（${words.awaitingClaim}）` : state;
}

const CODE: Column<StudentRow> = {
  key: "code",
  title: words.code,
  width: "minmax(90px,0.8fr)",
  cell: (row) => (
    <span
      className={row.code === "" ? "quiet" : ""}
      title={codeText(row)}
      data-testid={tid.studentCode(row.student_no)}
    >
      {codeText(row)}
    </span>
  ),
  text: codeText,
};

const CODE_FILTER = {
  head: "code:",
  label: words.codeFilter,
  testid: tid.studentsCode,
  states: words.codeStates,
};
const REFERENCE_FILTER = {
  head: "reference:",
  label: words.referenceFilter,
  testid: tid.studentsReference,
  states: words.referenceStates,
};

/** The same objects for as long as the round is the same: rows are drawn anew only when they are others. */
function columnsOf(
  onMark: (row: StudentRow, mark: string) => void,
  onReview: (submission: number) => void,
  withCodes: boolean,
  /** Why nothing is said of anybody any more; `null` while something is. */
  ended: string | null,
): Column<StudentRow>[] {
  return [
    {
      key: "no",
      title: words.no,
      width: "116px",
      frozen: "start",
      cell: (row) => <span className="mono">{row.student_no}</span>,
      text: (row) => row.student_no,
    },
    // Nine characters: a name of two parts is read whole.
    plain("name", words.name, "128px", (row) => row.name, "start"),
    {
      key: "id",
      title: words.id,
      width: "184px",
      cell: (row) => <IdNumber student={row.student} masked={row.id_number_masked} />,
    },
    plain("sex", words.sex, "44px", (row) => row.sex),
    plain("college", words.college, "minmax(130px,1.4fr)", (row) => row.college),
    plain("major", words.major, "minmax(100px,1.2fr)", (row) => row.major),
    plain("grade", words.grade, "56px", (row) => row.grade),
    plain("class", words.class, "minmax(110px,1fr)", (row) => row.class),
    plain("level", words.level, "72px", (row) => row.level),
    plain("mode", words.studyMode, "66px", (row) => row.study_mode),
    plain("campus", words.campus, "minmax(80px,0.6fr)", (row) => row.campus),
    {
      key: "due",
      title: scope.column,
      width: "90px",
      cell: (row) => (
        <span className={row.exempt ? "quiet" : ""} title={eligibility(row)}>
          {row.exempt || eligibility(row)}
        </span>
      ),
      text: eligibility,
    },
    ...(withCodes ? [CODE] : []),
    {
      key: "told",
      title: words.told,
      width: "70px",
      cell: (row) => <span className="quiet">{row.told}</span>,
      text: (row) => row.told,
    },
    {
      key: "state",
      title: words.state,
      // Wide enough for why somebody is exempt: the column that says so may lie behind the scroll.
      width: "124px",
      frozen: "end",
      cell: (row) => (
        <span
          className={`state state-${row.state}`}
          title={row.awaiting_claim ? words.awaitingClaimHint : row.exempt || undefined}
        >
          <i aria-hidden>{STATE_SHAPE[row.state] ?? ""}</i> {words.states[row.state] ?? row.state}
          {row.exempt ? <span className="quiet"> {row.exempt}</span> : null}
          {row.awaiting_claim ? <span className="text-warn"> {words.awaitingClaim}</span> : null}
        </span>
      ),
      text: stateText,
    },
    {
      key: "mark",
      title: "",
      width: "54px",
      frozen: "end",
      cell: (row) => <MarkMenu row={row} ended={ended} onMark={onMark} />,
    },
    {
      key: "review",
      title: "",
      width: "36px",
      frozen: "end",
      cell: (row) =>
        row.submission === null ? null : (
          <button type="button" className="linklike" onClick={() => onReview(row.submission ?? 0)}>
            {words.review}
          </button>
        ),
    },
  ];
}

interface Props {
  round: number;
  /** Whom to list first; empty for all. */
  state: string;
}

export function StudentsScreen({ round, state: first }: Props) {
  const { bridge, go, status } = useApp();
  const [text, setText] = useState("");
  const [state, setState] = useState(first);
  const [changes, setChanges] = useState(0);
  const fetchPage = useCallback(
    async (offset: number, limit: number) => {
      void changes;
      const page = await bridge.call("student_list", { round, text, state, offset, limit });
      return { total: page.total, rows: page.students };
    },
    [bridge, round, text, state, changes],
  );
  const pages = usePages<StudentRow>(fetchPage);
  const ended = useEnded(round);
  const marks = useMarks(round, () => setChanges((n) => n + 1));
  const latest = useRef(marks.mark);
  latest.current = marks.mark;
  // Of the round, not of what is found: a button that comes and goes with a search would move the table.
  const card = status.rounds.find((known) => known.round === round);
  const onRoster = card?.students ?? 0;
  const codes = (card?.codes ?? 0) > 0;
  const references = (card?.references ?? 0) > 0;
  const filters = [...(codes ? [CODE_FILTER] : []), ...(references ? [REFERENCE_FILTER] : [])];
  const columns = useMemo(
    () =>
      columnsOf(
        (row, what) => latest.current(row, what),
        (submission) => go({ screen: "desk", round, submission }),
        codes,
        ended,
      ),
    [go, round, codes, ended],
  );

  return (
    <ScreenFrame
      name="students"
      fill
      title={words.title}
      note={<span data-testid={tid.studentsTotal}>{words.total(count(pages.total))}</span>}
      actions={
        <>
          <Segmented
            value={state}
            onChange={(value) => setState(String(value))}
            options={[
              { value: "", label: words.all },
              ...(state.startsWith("exempt:")
                ? [{ value: state, label: scope.reasons[state.slice("exempt:".length)] ?? state }]
                : []),
              ...Object.entries(scope.filter).map(([value, label]) => ({
                value,
                label: <span data-testid={tid.studentsState(value)}>{label}</span>,
              })),
              ...Object.entries(words.states)
                .filter(([value]) => value !== "exempt")
                .map(([value, label]) => ({ value, label })),
            ]}
          />
          {filters.map(({ head, label, testid, states }) => (
            <Select
              key={head}
              value={state.startsWith(head) ? state : ""}
              onChange={setState}
              aria-label={label}
              data-testid={testid}
              popupMatchSelectWidth={false}
              options={Object.entries(states).map(([value, title]) => ({ value, label: title }))}
            />
          ))}
          <SearchBox testid={tid.studentsSearch} label={words.search} onText={setText} />
        </>
      }
    >
      <div className="import-undo">
        {/* First: what comes beside it once the station has answered moves nothing. */}
        <Button size="small" data-testid={tid.studentsScope} onClick={() => go({ screen: "scope", round })}>
          {scope.title}
        </Button>
        <ImportUndo round={round} any={onRoster > 0} onChanged={() => setChanges((n) => n + 1)} />
      </div>
      <MarkStrip
        said={marks.said}
        asked={marks.asked}
        onAnswer={marks.answer}
        onUndo={() => void marks.undo()}
      />
      <FailureNote failure={marks.failure} />
      <VirtualTable
        columns={columns}
        pages={pages}
        label={words.title}
        testid="students-table"
        rowTestid={(row) => tid.studentRow(row.student_no)}
        minWidth={leastWidth(columns)}
        empty={<NoStudents round={round} loaded={pages.loaded} narrowed={text !== "" || state !== ""} />}
      />
    </ScreenFrame>
  );
}
