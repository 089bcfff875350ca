/** The tables of a roster preview: rows refused, students changed, vanished and added, with a box beside each that can be chosen. */
import { Button, Checkbox } from "antd";
import { useState } from "react";
import type {
  RefusedCell,
  RemedyGroup,
  StudentChange,
  StudentRow,
  VanishedStudent,
} from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { acceptance, changeKey, studentToggled, toggled } from "./choice";

const words = zh.roster;
const PAGES = { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: "small" as const };

interface RefusedProps {
  title: string;
  cells: RefusedCell[];
  testid: string;
}

/** Row 0 is none: what is said there is said of the sheet. */
const spot = (cell: RefusedCell) => {
  if (cell.row === 0) return words.wholeSheet;
  return cell.column === "" ? words.wholeRow(cell.row) : cell.cell;
};
const place = (cell: RefusedCell) => `${cell.sheet} ${spot(cell)}`.trim();
const whose = (cell: RefusedCell) => `${cell.student_no} ${cell.name}`.trim();

export function RefusedTable({ title, cells, testid }: RefusedProps) {
  if (cells.length === 0) return null;
  return (
    <section data-testid={testid}>
      <h3>{title}</h3>
      <DataTable<RefusedCell & { key: number }>
        name={`${testid}-table`}
        title={title}
        pagination={PAGES}
        rows={cells.map((cell, key) => ({ ...cell, key }))}
        columns={[
          {
            title: words.cell,
            width: 140,
            render: (_, cell) => <span className="mono">{place(cell)}</span>,
            text: place,
          },
          { title: words.student, width: 200, render: (_, cell) => whose(cell), text: whose },
          { title: words.problem, dataIndex: "problem" },
          { title: words.remedy, dataIndex: "remedy" },
        ]}
      />
    </section>
  );
}

interface RemediesProps {
  groups: RemedyGroup[];
  /** Saves the refused rows into a folder; what is said of it then. */
  onSave: (folder: string) => Promise<string>;
}

/** What is wrong by kind, how often and what to do about it, and the rows themselves to mend. */
export function RemedyList({ groups, onSave }: RemediesProps) {
  const [said, setSaid] = useState("");
  if (groups.length === 0) return null;
  return (
    <section data-testid={tid.rosterRemedies} className="stack">
      <h3>{words.remedies}</h3>
      <ul className="remedies">
        {groups.map((group) => (
          <li key={group.title}>
            <b>{words.remedyOf(count(group.cells), group.title)}</b> → {group.remedy}
            <div className="quiet mono">
              {group.first.join(" ")}
              {group.first.length > 0 && group.cells > group.first.length ? ` ${words.andMore}` : ""}
            </div>
          </li>
        ))}
      </ul>
      <div className="wrap-row">
        <TargetChooser
          label={words.saveRefused}
          testid={tid.rosterSaveRefused}
          onChosen={(path) => void (path && onSave(path).then(setSaid))}
        />
        <span className="quiet">{words.saveRefusedNote}</span>
      </div>
      {said ? (
        <p role="status" className="break" data-testid={tid.rosterRefusedSaid}>
          {said}
        </p>
      ) : null}
    </section>
  );
}

interface ChangesProps {
  changes: StudentChange[];
  accepted: ReadonlySet<string>;
  onChange: (accepted: ReadonlySet<string>) => void;
}

/** A line for each changed column. Whose it is stands on every line, since a page may begin in the midst of a student. */
export function ChangesTable({ changes, accepted, onChange }: ChangesProps) {
  if (changes.length === 0) return null;
  const rows = changes.flatMap((student) =>
    student.changes.map((change, at) => ({
      key: changeKey(student.student_no, change.field),
      of: student,
      first: at === 0,
      student: `${student.student_no} ${student.name}`,
      ...change,
    })),
  );
  type Line = (typeof rows)[number];
  const whole = ({ of, first, student }: Line) =>
    first ? (
      <Checkbox
        aria-label={words.acceptOne(student)}
        data-testid={tid.rosterAcceptOne(of.student_no)}
        checked={acceptance(of, accepted) === "all"}
        indeterminate={acceptance(of, accepted) === "some"}
        onChange={() => onChange(studentToggled(accepted, of))}
      >
        {student}
      </Checkbox>
    ) : (
      <span className="quiet beneath">{student}</span>
    );
  const column = ({ of, key, field, student }: Line) =>
    of.changes.length > 1 ? (
      <Checkbox
        aria-label={words.acceptField(student, field)}
        data-testid={tid.rosterAcceptField(of.student_no, field)}
        checked={accepted.has(key)}
        onChange={() => onChange(toggled(accepted, key))}
      >
        {field}
      </Checkbox>
    ) : (
      field
    );
  return (
    <section data-testid={tid.rosterChanges}>
      <h3>{words.changesTitle(count(changes.length))}</h3>
      <DataTable<Line>
        name="roster-changes-table"
        title={words.changesTitle(count(changes.length))}
        pagination={PAGES}
        rows={rows}
        columns={[
          {
            title: words.student,
            dataIndex: "student",
            width: 260,
            render: (_, line) => whole(line),
            text: (line) => line.student,
          },
          {
            title: words.field,
            dataIndex: "field",
            width: 140,
            render: (_, line) => column(line),
            text: (line) => line.field,
          },
          { title: words.before, dataIndex: "before", render: (text: string) => <del>{text}</del> },
          {
            title: words.after,
            dataIndex: "after",
            render: (text: string) =>
              text === "" ? <strong className="text-warn">{words.emptied}</strong> : <strong>{text}</strong>,
            text: (change) => change.after || words.emptied,
          },
        ]}
      />
    </section>
  );
}

interface VanishedProps {
  students: VanishedStudent[];
  takenOff: ReadonlySet<number>;
  onChange: (takenOff: ReadonlySet<number>) => void;
}

/** Students of the round whom the file does not list; those that are ticked are taken off. */
export function VanishedTable({ students, takenOff, onChange }: VanishedProps) {
  if (students.length === 0) return null;
  return (
    <section data-testid={tid.rosterVanished}>
      <h3>{words.vanishedTitle(count(students.length))}</h3>
      <p className="quiet">{words.vanishedNote}</p>
      <div className="wrap-row">
        <Button size="small" onClick={() => onChange(new Set(students.map((s) => s.student)))}>
          {words.takeOffAll}
        </Button>
        <Button size="small" disabled={takenOff.size === 0} onClick={() => onChange(new Set())}>
          {words.takeOffNone}
        </Button>
      </div>
      <DataTable<VanishedStudent>
        name="roster-vanished-table"
        title={words.vanishedTitle(count(students.length))}
        rowKey="student"
        pagination={{ ...PAGES, pageSize: 10 }}
        rowSelection={{
          selectedRowKeys: [...takenOff],
          onChange: (keys) => onChange(new Set(keys.map(Number))),
          getCheckboxProps: (student) => ({
            "aria-label": words.takeOffOne(student.student_no, student.name),
          }),
          // One press on a heading must not take a whole page of students off.
          hideSelectAll: true,
        }}
        rows={students}
        columns={[
          { title: zh.students.no, dataIndex: "student_no", width: 180 },
          { title: zh.students.name, dataIndex: "name" },
        ]}
      />
    </section>
  );
}

interface AddedProps {
  students: StudentRow[];
  total: number;
  leftOut: ReadonlySet<string>;
  onToggle: (studentNo: string) => void;
}

export function AddedTable({ students, total, leftOut, onToggle }: AddedProps) {
  if (students.length === 0) return null;
  const s = zh.students;
  return (
    <section>
      <h3>
        {words.addedTitle(count(total))}
        {students.length < total ? (
          <span className="quiet">　{words.addedFirst(count(students.length))}</span>
        ) : null}
      </h3>
      <DataTable<StudentRow>
        name="roster-added-table"
        title={words.addedTitle(count(total))}
        rowKey="student_no"
        pagination={{ ...PAGES, pageSize: 10 }}
        rows={students}
        columns={[
          {
            title: "",
            width: 44,
            render: (_, student) => (
              <Checkbox
                aria-label={words.takeOne(student.student_no, student.name)}
                checked={!leftOut.has(student.student_no)}
                onChange={() => onToggle(student.student_no)}
              />
            ),
          },
          { title: s.no, dataIndex: "student_no", width: 140 },
          { title: s.name, dataIndex: "name", width: 100 },
          {
            title: s.id,
            dataIndex: "id_number_masked",
            stays: true,
            width: 190,
            render: (id: string) => <span className="mono">{id}</span>,
          },
          { title: s.sex, dataIndex: "sex", width: 60 },
          { title: s.college, dataIndex: "college" },
          { title: s.major, dataIndex: "major" },
          { title: s.grade, dataIndex: "grade", width: 80 },
        ]}
      />
    </section>
  );
}
