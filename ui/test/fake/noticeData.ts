/** Notices of a made-up round: two rejected students of two colleges, three without a photo. */
import type { NoticeView } from "../../src/bindings/wire";

export const NOTICE_TEMPLATE = "{姓名}：{原因}";

const REJECTED = [
  {
    submission: 11,
    student_no: "2021001",
    name: "张三",
    college: "文学院",
    class: "一班",
    reasons: "眼睛闭着。",
  },
  {
    submission: 12,
    student_no: "2021002",
    name: "李四",
    college: "理学院",
    class: "",
    reasons: "背景不是蓝色。",
  },
];

export function noticeView(
  template: string,
  deadline: string,
  told: ReadonlySet<number>,
  signature: string,
): NoticeView {
  const filled = template || NOTICE_TEMPLATE;
  const rows = REJECTED.map((one) => {
    const text = filled.replaceAll("{姓名}", one.name).replaceAll("{原因}", one.reasons);
    return {
      ...one,
      state: "审核失败",
      text,
      parts: signature === "" ? 1 : 2,
      told_at: told.has(one.submission) ? "2026-11-27 08:00:00" : "",
      told_until: told.has(one.submission) ? "2026-11-30" : "",
      is_overdue: told.has(one.submission),
    };
  });
  return {
    template: filled,
    placeholders: ["姓名", "原因"],
    unknown: filled.includes("{证件号码}") ? ["证件号码"] : [],
    deadline: deadline || "2026-11-30",
    days_left: deadline !== "" && deadline < "2026-11-27" ? -1 : 3,
    rows,
    groups: rows.map((row) => ({
      college: row.college,
      students: 1,
      untold: row.told_at === "" ? 1 : 0,
      text: `${row.college}：${row.name}`,
      untold_text: row.told_at === "" ? `${row.college}未通知：${row.name}` : "",
    })),
    missing: [
      {
        college: "文学院",
        class: "二班",
        students: 30,
        missing: 3,
        claimed: 1,
        text: "文学院 二班 还有 2 人；另有 1 人",
      },
    ],
    missing_total: 3,
    claimed_total: 1,
    students: 40,
    exempt: 2,
    signature,
    missing_line: "还有 3 人未交学历照片：文学院 3 人。",
  };
}
