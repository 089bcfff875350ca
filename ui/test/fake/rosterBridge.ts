/** The answers of a station to a roster: one file, of which a person may say what its columns are, and its import. */
import type { RosterColumn, RosterMap, RosterSurveyView } from "../../src/bindings/wire";
import type { Handlers } from "./fakeBridge";
import { studentOf } from "./roundData";

const column = (
  letter: string,
  header: string,
  field: string | null,
  confidence: string,
  samples: string[],
): RosterColumn => ({ letter, header, field, confidence, why: "", samples });

export function rosterHandlers(): Handlers {
  let mapped: RosterMap | null = null;
  const survey = (): RosterSurveyView => {
    const columns = [
      column("A", "序号", null, "ignored", ["1", "2", "3"]),
      column("B", "学号", "学号", "sure", ["220202218001", "220202218008"]),
      column("C", "XM", "姓名", "likely", ["陈晓彤", "李明轩"]),
      {
        ...column("D", "身份证号", "证件号码", "doubtful", ["110**", "320**"]),
        why: "内容太短，不像证件号码",
      },
      column("E", "培养单位", "学院", "likely", ["经济与管理学院"]),
      column("F", "方向", null, "ignored", ["管理学"]),
    ];
    const word = new Map(mapped?.columns.map(({ letter, field }) => [letter, field]));
    return {
      sheets: [
        { name: "Sheet1", visible: true, header_row: 3 },
        { name: "旧表", visible: false, header_row: 1 },
      ],
      sheet: "Sheet1",
      header_row: 3,
      columns: mapped
        ? columns.map((one) => ({
            ...one,
            field: word.get(one.letter) ?? null,
            confidence: word.has(one.letter) ? "remembered" : "ignored",
          }))
        : columns,
      fields: ["学号", "姓名", "证件号码", "学院", "专业"],
      missing: [],
      remembered: mapped !== null,
      remarks: [],
    };
  };
  return {
    roster_survey: survey,
    roster_map: (args: RosterMap) => {
      mapped = args.columns.length > 0 ? args : null;
      return survey();
    },
    roster_preview: ({ path }) => ({
      path,
      digest: "d".repeat(64),
      sheet: "Sheet1",
      header_row: 3,
      rows: 1204,
      added: 1180,
      added_sample: Array.from({ length: 30 }, (_, seed) => studentOf(seed)),
      updated: [
        {
          student_no: "220202218001",
          name: "陈晓彤",
          changes: [
            { field: "学院", before: "经管学院", after: "经济与管理学院" },
            { field: "班级", before: "", after: "研工管2001" },
          ],
        },
        {
          student_no: "220202218029",
          name: "赵雅婷",
          changes: [{ field: "姓名", before: "赵雅亭", after: "赵雅婷" }],
        },
      ],
      unchanged: 19,
      not_in_file: 2,
      vanished: [
        { student: 71, student_no: "220202218901", name: "郑雨桐" },
        { student: 72, student_no: "220202218902", name: "吴子轩" },
      ],
      conflicts: [],
      refused_rows: 3,
      remedies: [
        {
          title: "号码被存成数字，末几位已丢失",
          remedy: "把该列设为文本后重新填写证件号码",
          cells: 14,
          first: ["D17", "D18"],
        },
      ],
      refused: [
        {
          sheet: "Sheet1",
          row: 17,
          column: "D",
          cell: "D17",
          student_no: "220202218112",
          name: "周若溪",
          problem: "证件号码是数字格式，Excel 已把末三位变成 0",
          remedy: "把该列设为文本后重新填写证件号码",
        },
        {
          sheet: "Sheet1",
          row: 43,
          column: "D",
          cell: "D43",
          student_no: "220202218301",
          name: "林静怡",
          problem: "证件号码校验码不对",
          remedy: "对照身份证核对末位",
        },
        {
          sheet: "Sheet1",
          row: 90,
          column: "",
          cell: "",
          student_no: "",
          name: "",
          problem: "没有学号",
          remedy: "补填学号",
        },
      ],
      hints: [],
      remarks: [],
    }),
    roster_commit: () => ({
      added: 1180,
      updated: 0,
      kept: 2,
      taken_off: 0,
      unchanged: 19,
      refused: 3,
      rematched: 1,
      questioned: 1,
    }),
    roster_peek: () => ({ summary: "导入名单", what: null, plan: null, total: 0, act: 1 }),
    roster_undo: () => ({ act: { summary: "已撤销：导入名单", item: null, items: [], total: 0 } }),
    roster_redo: () => ({ act: { summary: "已重做：导入名单", item: null, items: [], total: 0 } }),
  };
}
