/** What the tables of a roster preview call a remark on the whole sheet, and a value that would go. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

const words = zh.roster;

async function preview() {
  const bridge = fakeBridge(3);
  const read = bridge.handlers.roster_preview;
  bridge.handlers.roster_preview = async (args) => {
    if (!read) throw new Error("no preview");
    const remark = { sheet: "Sheet1", row: 0, column: "", cell: "", student_no: "", name: "", remedy: "" };
    const changes = [{ field: "班级", before: "研工管2001", after: "" }];
    return {
      ...(await read(args)),
      updated: [{ student_no: "220202218001", name: "陈晓彤", changes }],
      hints: [
        { ...remark, problem: "另有工作表未读" },
        { ...remark, row: 9, problem: "与上一行相同" },
      ],
      remarks: ["名单中有1处合并单元格（C5:C6）"],
    };
  };
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  await screen.findByTestId(tid.rosterPreview);
}

it("says of a remark on the whole sheet that it is about the whole sheet", async () => {
  await preview();
  const row = screen.getByText("另有工作表未读").closest("tr");
  expect(row?.textContent).toContain(`Sheet1 ${words.wholeSheet}`);
  expect(row?.textContent).not.toContain(words.wholeRow(0));
  expect(screen.getByText("与上一行相同").closest("tr")?.textContent).toContain(words.wholeRow(9));
});

it("tells with the preview what may go unnoticed of the sheet", async () => {
  await preview();
  const shown = screen.getByTestId(tid.rosterPreview);
  expect(shown.textContent).toContain("名单中有1处合并单元格（C5:C6）");
});

it("says of a value that would go that it would go", async () => {
  await preview();
  expect(screen.getByTestId(tid.rosterChanges).textContent).toContain(words.emptied);
});
