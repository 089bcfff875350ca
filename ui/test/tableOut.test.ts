/** A table on its way out: what is a number, and what a spreadsheet may not take for one or for a formula. */
import { expect, it } from "vitest";
import { roundOf } from "../src/app/context";
import { asHtml, asTsv, tableOut } from "../src/components/tableOut";

const COLUMNS = [
  { title: "学号", text: (row: { no: string; n: number | null }) => row.no },
  { title: "张数", text: (row: { no: string; n: number | null }) => row.n },
];

it("takes a column for numbers only when every filled cell holds one", () => {
  const numbers = tableOut("表", COLUMNS, [
    { no: "0012", n: 3 },
    { no: "0013", n: null },
  ]);
  expect(numbers.columns.map((column) => column.is_number)).toEqual([false, true]);
  expect(numbers.rows).toEqual([
    ["0012", "3"],
    ["0013", ""],
  ]);
  expect(tableOut("表", COLUMNS, []).columns.map((column) => column.is_number)).toEqual([false, false]);
});

it.each([
  ["=1+1", "'=1+1"],
  ["+8613800000000", "'+8613800000000"],
  ["@x", "'@x"],
  ["-x", "'-x"],
  ["-1.5", "-1.5"],
  ["两行\n一格\t列", "两行 一格 列"],
  ["普通", "普通"],
  ["  =1+1", "'  =1+1"],
  ["\t\t@x", "' @x"],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠x", "'＠x"],
  ['"甲" 乙', '"""甲"" 乙"'],
  ['"', '""""'],
  ['甲"乙"', '甲"乙"'],
])("pastes %j as %j", (text, pasted) => {
  const table = tableOut("表", COLUMNS, [{ no: text, n: 1 }]);
  expect(asTsv(table)).toBe(`学号\t张数\r\n${pasted}\t1`);
});

it("keeps numbers that name somebody text in HTML, and escapes it", () => {
  const html = asHtml(tableOut("表", COLUMNS, [{ no: "00<1&2>", n: 1 }]));
  expect(html).toContain(`<td style='mso-number-format:"\\@"'>00&lt;1&amp;2&gt;</td><td>1</td>`);
});

it.each([
  ["delivery", 7],
  ["log", 7],
  ["people", null],
  ["help", null],
  ["rounds", null],
] as const)("goes out from %s as of round %s", (screen, round) => {
  expect(roundOf({ screen, round: 7 })).toBe(round);
});
