/** The tables of a roster preview: columns as understood, rows refused, students changed and added. They only show. */
import { useState } from "react";
import type { ColumnView, RefusedCell, RemedyGroup, StudentChange, StudentRow } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { PathChooser } from "../../components/PathChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.roster;
const PAGES = { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: "small" as const };

export function ColumnsTable({ columns }: { columns: ColumnView[] }) {
  return (
    <section>
      <h3>{words.columns}</h3>
      <DataTable<ColumnView>
        name="roster-columns-table"
        title={words.columns}
        rowKey="letter"
        pagination={false}
        rows={columns}
        columns={[
          { title: words.columnLetter, dataIndex: "letter", width: 60 },
          { title: words.columnHeader, dataIndex: "header", width: 180 },
          {
            title: words.columnField,
            dataIndex: "field",
            width: 160,
            render: (field: string | null) =>
              field === null ? (
                <span className="quiet">{words.columnIgnored}</span>
              ) : (
                <strong>{field}</strong>
              ),
            text: (column) => column.field ?? words.columnIgnored,
          },
          {
            title: words.columnSamples,
            dataIndex: "samples",
            render: (samples: string[]) => <span className="samples">{samples.join("　")}</span>,
            text: (column) => column.samples.join("　"),
          },
        ]}
      />
    </section>
  );
}

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
      <div className="remedy-save">
        <PathChooser
          choices={[{ kind: "delivery_folder", label: words.saveRefused, testid: tid.rosterSaveRefused }]}
          onChosen={(paths) => void (paths[0] && onSave(paths[0]).then(setSaid))}
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

export function ChangesTable({ changes }: { changes: StudentChange[] }) {
  if (changes.length === 0) return null;
  const rows = changes.flatMap((student) =>
    student.changes.map((change, at) => ({
      key: `${student.student_no}/${change.field}`,
      student: at === 0 ? `${student.student_no} ${student.name}` : "",
      ...change,
    })),
  );
  return (
    <section data-testid={tid.rosterChanges}>
      <h3>{words.changesTitle(count(changes.length))}</h3>
      <DataTable
        name="roster-changes-table"
        title={words.changesTitle(count(changes.length))}
        pagination={PAGES}
        rows={rows}
        columns={[
          { title: words.student, dataIndex: "student", width: 240 },
          { title: words.field, dataIndex: "field", width: 120 },
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

export function AddedTable({ students, total }: { students: StudentRow[]; total: number }) {
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
