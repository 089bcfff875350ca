/** The answers of a station to the mapping of a roster: one file, of which a person may say what its columns are. */
import type { RosterColumn, RosterMap, RosterSurveyView } from "../../src/bindings/wire";

const column = (
  letter: string,
  header: string,
  field: string | null,
  confidence: string,
  samples: string[],
): RosterColumn => ({ letter, header, field, confidence, why: "", samples });

export function rosterHandlers() {
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
  };
}
