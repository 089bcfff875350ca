/** Whom the round in memory collects: eight students, of whom those of 2020 are in the only cohort once it is set. */
import type {
  CollectedImported,
  FiledRemove,
  ScopeCounts,
  ScopeSet,
  ScopeStudent,
  ScopeView,
  StudentMark,
} from "../../src/bindings/wire";
import { studentOf } from "./roundData";

const FIRST: ScopeSet = {
  round: 1,
  opens_on: "2026-11-01",
  closes_on: "2026-12-15",
  cohorts: [],
  redo: false,
  limit: 0,
};

const counts = (due: number, reasons: [string, string, number][]): ScopeCounts => {
  const exempt = reasons.reduce((sum, [, , students]) => sum + students, 0);
  return {
    listed: due + exempt,
    due,
    submitted: 2,
    missing: due - 2,
    exempt,
    reasons: reasons.map(([why, title, students]) => ({ why, title, students })),
    exempt_with_photo: exempt > 0 ? 1 : 0,
    outside_window: 0,
    over_limit: 0,
  };
};

/** The commands about the scope, with a memory of their own. */
export function scopeHandlers() {
  let scope = FIRST;
  let undone: ScopeSet | null = null;
  let before: ScopeSet | null = null;
  let stragglers: ScopeStudent[] = [];
  let collected = 0;
  const of = ({ cohorts, redo }: ScopeSet): ScopeCounts => {
    const had = redo ? 0 : collected;
    const out: [string, string, number][] = [
      ["collected", "已有学历照片", had],
      ["out_of_scope", "不在采集范围", cohorts.length > 0 ? 3 : 0],
    ];
    const reasons = out.filter(([, , students]) => students > 0);
    return counts(8 - had - (cohorts.length > 0 ? 3 : 0), reasons);
  };
  const view = (): ScopeView => ({
    scope,
    choices: {
      grades: [
        { value: "2019", students: 3 },
        { value: "2020", students: 5 },
      ],
      study_modes: [{ value: "非全日制", students: 8 }],
      levels: [{ value: "硕士", students: 8 }],
      campuses: [{ value: "", students: 8 }],
      colleges: [
        { value: "数学学院", students: 3 },
        { value: "文学院", students: 5 },
      ],
      majors: [{ value: "", students: 8 }],
      classes: [{ value: "研2301", students: 8 }],
    },
    together: [
      { places: [0, 0, 0, 0, 0, 0, 0], students: 3 },
      { places: [1, 0, 0, 0, 1, 0, 0], students: 5 },
    ],
    counts: of(scope),
    stragglers,
    collected,
    undo: before ? "更改采集范围" : null,
  });
  const act = (summary: string) => ({ act: { summary, item: null, items: [], total: 0 } });
  return {
    scope_show: () => view(),
    scope_preview: (set: ScopeSet) => of(set),
    scope_set: (set: ScopeSet) => {
      before = scope;
      scope = set;
      return view();
    },
    scope_undo: () => {
      if (before === null) return { act: null };
      undone = scope;
      scope = before;
      before = null;
      return act("已撤销：更改采集范围");
    },
    scope_redo: () => {
      if (undone === null) return { act: null };
      before = scope;
      scope = undone;
      undone = null;
      return act("已重做：更改采集范围");
    },
    codes_remove: ({ students }: FiledRemove) => ({ removed: students.length }),
    references_remove: ({ students }: FiledRemove) => ({ removed: students.length }),
    student_mark: ({ students, mark, on }: StudentMark) => {
      if (mark === "straggler") {
        const rest = stragglers.filter((one) => !students.includes(one.student));
        const named = students.map((student) => {
          const { student_no, name } = studentOf(student - 1000);
          return { student, student_no, name, exempt: "" };
        });
        stragglers = on ? [...rest, ...named] : rest;
      }
      return { changed: students.length };
    },
    collected_import: ({ path }: { round: number; path: string }): CollectedImported => {
      collected = 2;
      return {
        file: path.split(/[\\/]/).at(-1) ?? path,
        rows: 7,
        marked: 2,
        known: 1,
        strangers: 2,
        ambiguous: 1,
        without: 1,
        unclear: 0,
        by_name: 1,
        lost: 0,
        remarks: [],
        lines: [
          { row: 4, text: "钱进", why: "对应 2 名学生，没有标记" },
          { row: 5, text: "李娜", why: "仅凭姓名对上，已标记；请核对是否同一人" },
        ],
      };
    },
  };
}
