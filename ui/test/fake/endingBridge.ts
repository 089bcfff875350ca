/** The end of the fake round: closed, archived, kept, deleted. */
import type { EndingView } from "../../src/bindings/wire";

const KEPT_NONE = "没有设定保存期限";

export const OUTSIDE = [
  { what: "第1次交付", path: "D:\\交付\\第1次交付_20261121", at: "2026-11-21 16:20:11" },
  { what: "短信名单", path: "", at: "2026-11-22 09:00:00" },
];

export function firstEnding(): EndingView {
  return {
    round: 1,
    name: "2026年非全日制研究生学历照片采集",
    students: 52,
    submissions: 14,
    photos: 12,
    shared: 0,
    pending: 2,
    reviewing: 0,
    held: 1,
    differing: 0,
    differences: 3,
    closed: "",
    left_open: 0,
    left_open_why: "",
    archive: null,
    keep_until: "",
    days_left: null,
    kept_why: KEPT_NONE,
    outside: OUTSIDE,
    erased: null,
  };
}

const MADE = "2026-11-28 10:00:00 张老师";

export function endingHandlers(view: EndingView) {
  return {
    ending_show: () => ({ ...view }),
    round_close: ({ reason }: { reason: string }) => {
      view.closed = MADE;
      view.left_open = view.differences;
      view.left_open_why = reason;
      return { ...view };
    },
    round_reopen: () => {
      view.closed = "";
      view.archive = null;
      return { ...view };
    },
    retention_set: ({ keep_until }: { keep_until: string }) => {
      view.keep_until = keep_until;
      view.days_left = keep_until === "" ? null : -10;
      view.kept_why = keep_until === "" ? KEPT_NONE : "";
      return { ...view };
    },
    archive_write: () => {
      view.archive = {
        made: MADE,
        file: "归档.zip",
        sha256: "ab".repeat(32),
        bytes: 5e6,
        entries: 14,
        encrypted: true,
        id_numbers: false,
        renditions: true,
        originals: false,
        lacks: "",
      };
      return { job: 71 };
    },
    archive_verify: () => ({
      sha256: "ab".repeat(32),
      entries: 14,
      round: "",
      voided: "",
      problems: ["缺少 roster.json"],
    }),
    round_erase: ({ waived }: { waived: string }) => {
      view.erased = {
        made: MADE,
        archived: view.archive !== null,
        early: view.kept_why !== "",
        waived,
        lines: [{ title: "原始照片", number: "12" }],
        kept: [],
        outside: OUTSIDE,
      };
      return { job: 72 };
    },
    certificate_save: () => ({ workbook: "D:\\证明.xlsx", pdf: "D:\\证明.pdf" }),
  };
}
