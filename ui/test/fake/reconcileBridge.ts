/** The books of the fake round: two kinds of difference, one photo given back, two classes of paper photos. */
import type {
  PaperClass,
  PaperRow,
  ReconcilePage,
  ReconcileRow,
  ReconcileView,
} from "../../src/bindings/wire";
import { studentOf } from "./roundData";

export interface Books {
  returned: number;
  stray: number;
  unsettled: number;
  lists: string[];
  arrived: Set<number>;
}

export const firstBooks = (): Books => ({
  returned: 1,
  stray: 1,
  unsettled: 1,
  lists: [],
  arrived: new Set(),
});

const KINDS = [
  ["returned", "回执退回未处理", "核对原因后点“按回执退回”"],
  ["unsettled", "回执看不出接收还是退回", "打开这条回执"],
  ["undelivered", "已通过未交付", "到“导出交付”交付"],
  ["receipt_unlisted", "回执里的人不在名单", "弄清后点“不计”"],
] as const;

const row = (kind: string, at: number): ReconcileRow => {
  const found = KINDS.find((one) => one[0] === kind) ?? KINDS[0];
  return {
    kind,
    title: found[1],
    remedy: found[2],
    student_no: studentOf(at).student_no,
    name: studentOf(at).name,
    college: studentOf(at).college,
    class: "一班",
    text: kind === "returned" ? "退回：眼镜反光" : "",
    source: kind === "returned" ? "回执.csv B4" : "",
    submission: 10 + at,
    receipt: kind === "returned" ? 5 : null,
    candidates: [],
  };
};

const rowsOf = (books: Books) => [
  ...(books.returned > 0 ? [row("returned", 0)] : []),
  ...(books.unsettled > 0
    ? [{ ...row("unsettled", 4), text: "回执写的是“信息有误待核”", source: "回执.csv C5", receipt: 7 }]
    : []),
  row("undelivered", 1),
  row("undelivered", 2),
  ...(books.stray > 0 ? [{ ...row("receipt_unlisted", 3), submission: null, receipt: 6 }] : []),
];

export function reconcileView(books: Books): ReconcileView {
  const rows = rowsOf(books);
  const kinds = KINDS.map(([kind, title, remedy]) => ({
    kind,
    title,
    remedy,
    count: rows.filter((one) => one.kind === kind).length,
  }));
  return {
    sums: [
      {
        title: "名单学生（按进度）",
        whole: 8,
        parts: [
          { title: "归属待确认", number: 1, kind: "in_question" },
          { title: "通过未交付", number: 1, kind: "undelivered" },
          { title: "采集单位已接收", number: 6, kind: "" },
        ],
      },
      {
        title: "名单学生（有无差异）",
        whole: 8,
        parts: [
          { title: "没有差异", number: 5, kind: "" },
          { title: "有差异", number: 3, kind: "all" },
        ],
      },
      {
        title: "采集单位回执",
        whole: 4,
        parts: [
          { title: "接收", number: 2, kind: "" },
          { title: "退回，未处理", number: 1, kind: "returned" },
          { title: "没有交付记录", number: 0, kind: "receipt_undelivered" },
          { title: "对不上名单里的学生", number: 1, kind: "" },
        ],
      },
    ],
    kinds: kinds.filter((one) => one.count > 0),
    differences: rows.length,
    students: 8,
    clear: 5,
    returned: books.returned,
    lists: books.lists.map((file) => ({
      file,
      kinds: "采集单位回执",
      rows: 3,
      reviewer: "张老师",
      read_at: "2026-11-28 10:00:00",
    })),
    deliveries: 2,
  };
}

export function reconcilePage(books: Books, kind: string): ReconcilePage {
  const rows = rowsOf(books).filter((one) => kind === "" || one.kind === kind);
  return { total: rows.length, rows };
}

export function paperRows(books: Books): PaperRow[] {
  return [1, 2, 3].map((student) => ({
    student,
    student_no: studentOf(student).student_no,
    name: studentOf(student).name,
    stage: student === 3 ? "未提交" : "采集单位已接收",
    expected: student !== 3,
    arrived: books.arrived.has(student),
  }));
}

export const paperClasses = (books: Books): PaperClass[] => [
  { college: "文学院", class: "一班", students: 3, expected: 2, arrived: books.arrived.size, besides: 0 },
  { college: "文学院", class: "二班", students: 5, expected: 0, arrived: 0, besides: 1 },
];

/** What the fake bridge answers to every command of reconciliation. */
export function reconcileHandlers(books = firstBooks()) {
  return {
    reconcile_show: () => reconcileView(books),
    reconcile_list: ({ kind }: { kind: string }) => reconcilePage(books, kind),
    receipts_import: ({ path }: { path: string }) => {
      const file = path.split(/[/\\]/).at(-1) ?? path;
      books.lists.push(file);
      const unclear = [{ cell: "C5", why: "“待定”看不出是什么意思" }];
      return {
        file,
        kinds: "采集单位回执",
        added: 3,
        known: 1,
        settled: 2,
        dropped: 1,
        elsewhere: 2,
        strangers: [{ cell: "B9", why: "2020999 路人" }],
        returned: 1,
        unsettled: 1,
        unclear_total: 700,
        unclear,
      };
    },
    receipts_drop: () => {
      books.stray = 0;
      return { dropped: 1, whom: "学号6 某" };
    },
    receipt_assign: ({ student }: { student: number }) => {
      books.stray = 0;
      return { whose: `学号${student} 某`, delivered: "第 2 次交付：7.jpg" };
    },
    receipt_settle: ({ state }: { state: string }) => {
      books.unsettled = 0;
      return { whose: "学号4 某", meaning: state === "accepted" ? "已接收" : "退回" };
    },
    receipts_reject: () => {
      const rejected = books.returned;
      books.returned = 0;
      return { rejected };
    },
    reconcile_undo: () => {
      books.returned = 1;
      return { act: { summary: "已撤销：按回执退回", item: null, items: [], total: 1 } };
    },
    reconcile_redo: () => ({ act: null }),
    paper_list: () => paperClasses(books),
    paper_class: () => paperRows(books),
    paper_mark: ({ students, arrived }: { students: number[]; arrived: boolean }) => {
      for (const student of students) {
        if (arrived) books.arrived.add(student);
        else books.arrived.delete(student);
      }
      return {
        changed: students.length,
        whom: students.length > 3 ? "" : students.map((n) => `学号${n}`).join("、"),
      };
    },
    closing_save: ({ folder }: { folder: string }) => ({
      workbook: `${folder}\\核对结项.xlsx`,
      pdf: `${folder}\\核对结项.pdf`,
    }),
  };
}
