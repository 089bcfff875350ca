/** 名单导入: saying which column is which, and choosing students one by one. */
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";

const words = zh.roster;

async function opened(change: (bridge: ReturnType<typeof fakeBridge>) => void = () => {}) {
  const bridge = fakeBridge(3);
  change(bridge);
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  await screen.findByTestId(tid.rosterMapping);
  return bridge;
}

const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);

/** Chooses a field for a column as a person does. */
async function choose(letter: string, field: string) {
  const box = within(screen.getByTestId(tid.rosterField(letter))).getByRole("combobox");
  fireEvent.mouseDown(box);
  const options = await screen.findAllByTitle(field);
  const option = options.filter((one) => one.classList.contains("ant-select-item-option")).at(-1);
  if (!option) throw new Error(`no option ${field}`);
  fireEvent.click(option);
}

it("shows each guess with its reason, and what is ignored", async () => {
  await opened();
  const mapping = screen.getByTestId(tid.rosterMapping);
  expect(mapping.textContent).toContain(words.confidence.doubtful);
  expect(mapping.textContent).toContain("内容太短，不像证件号码");
  expect(mapping.textContent).toContain(words.columnIgnored);
});

it("names the columns it is not sure of beside the confirming button, until they are confirmed", async () => {
  await opened();
  expect((await screen.findByTestId(tid.rosterUnsure)).textContent).toContain("XM、身份证号、培养单位");
  await choose("F", "专业");
  fireEvent.click(screen.getByTestId(tid.rosterMap));
  await screen.findByText(words.remembered);
  await waitFor(() => expect(screen.queryByTestId(tid.rosterUnsure)).toBeNull());
});

it("hands over the clerk's word and reads the file again by it", async () => {
  const bridge = await opened();
  await choose("F", "专业");
  fireEvent.click(screen.getByTestId(tid.rosterMap));
  await screen.findByText(words.remembered);
  expect(args(bridge, "roster_map")).toMatchObject([
    { sheet: "Sheet1", header_row: 3, columns: expect.arrayContaining([{ letter: "F", field: "专业" }]) },
  ]);
  await waitFor(() => expect(args(bridge, "roster_preview")).toHaveLength(2));
});

it("takes no mapping in which two columns claim one field", async () => {
  await opened();
  await choose("F", "学院");
  expect(screen.getByText(words.doubled("学院"))).toBeTruthy();
  expect((screen.getByTestId(tid.rosterMap) as HTMLButtonElement).disabled).toBe(true);
});

it("offers the mapping where a roster cannot be read for want of a column", async () => {
  await opened((bridge) => {
    bridge.handlers.roster_preview = () => {
      throw failure("没有学号列", "roster");
    };
  });
  expect(screen.getByTestId(tid.failure).textContent).toContain("没有学号列");
});

it("says once that a workbook is broken, though it is neither read nor looked at", async () => {
  const bridge = fakeBridge(3);
  let looked = 0;
  const broken = () => {
    throw failure("“名单.xlsx”已损坏", "roster");
  };
  bridge.handlers.roster_preview = broken;
  bridge.handlers.roster_survey = () => {
    looked += 1;
    return broken();
  };
  render(<App bridge={bridge} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  await screen.findByTestId(tid.failure);
  await waitFor(() => expect(looked).toBeGreaterThan(0));
  // Both answers are there by now.
  await act(async () => {});
  expect(screen.getAllByTestId(tid.failure)).toHaveLength(1);
});

it("takes changed and vanished students one by one", async () => {
  const bridge = await opened();
  bridge.handlers.queue_filter = () => {
    const [one, other] = [...bridge.items.values()];
    if (!one || !other) throw new Error("no photos");
    const theirs = { ...one, student_no: "220202218902", decision: "approved" };
    return { queue: "", title: "", total: 2, items: [theirs, other] };
  };
  fireEvent.click(screen.getByTestId(tid.rosterAcceptOne("220202218029")));
  const vanished = screen.getByTestId(tid.rosterVanished);
  fireEvent.click(within(vanished).getByLabelText(words.takeOffOne("220202218902", "吴子轩")));
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  // Taking students off is asked about, with their number and what becomes of their photos.
  const note = await screen.findByTestId(tid.rosterTakeOffNote);
  await waitFor(() => expect(note.textContent).toContain(words.takeOffPhotos("1", "1")));
  expect(note.textContent).toContain(words.takeOffNote);
  fireEvent.click(await screen.findByTestId(tid.rosterTakeOff));
  await screen.findByTestId(tid.rosterDone);
  expect(args(bridge, "roster_commit")).toMatchObject([
    { accept_updates: true, without: ["220202218001"], take_off: [72] },
  ]);
});

it("takes a changed student column by column", async () => {
  const bridge = await opened();
  const box = (id: string) => screen.getByTestId(id).closest("label")?.querySelector("span");
  fireEvent.click(screen.getByTestId(tid.rosterAcceptField("220202218001", "班级")));
  expect(box(tid.rosterAcceptOne("220202218001"))?.className).toContain("indeterminate");
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  await screen.findByTestId(tid.rosterDone);
  expect(args(bridge, "roster_commit")).toMatchObject([
    {
      accept_updates: true,
      without: ["220202218029"],
      without_fields: [{ student_no: "220202218001", field: "学院" }],
    },
  ]);
});

it("takes all columns of a student by one box, and the columns one by one back", async () => {
  const bridge = await opened();
  fireEvent.click(screen.getByTestId(tid.rosterAcceptOne("220202218001")));
  fireEvent.click(screen.getByTestId(tid.rosterAcceptField("220202218001", "班级")));
  fireEvent.click(screen.getByTestId(tid.rosterAcceptOne("220202218029")));
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  await screen.findByTestId(tid.rosterDone);
  expect(args(bridge, "roster_commit")).toMatchObject([
    { without: [], without_fields: [{ student_no: "220202218001", field: "班级" }] },
  ]);
});

it("says what taking the last import back does, by the numbers of that import", async () => {
  const bridge = await opened();
  const commit = bridge.handlers.roster_commit;
  bridge.handlers.roster_commit = async (args) => {
    if (!commit) throw new Error("no roster");
    return { ...(await commit(args)), added: 2, updated: 0, taken_off: 3, questioned: 1 };
  };
  fireEvent.click(screen.getByTestId(tid.rosterCommit));
  await screen.findByTestId(tid.rosterDone);
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  fireEvent.click(await screen.findByTestId(tid.rosterUndo));
  const effect = await screen.findByTestId(tid.rosterUndoEffect);
  expect(effect.textContent).toBe(
    "那次新增的 2 名学生退出名单，撤下的 3 名回到名单，因此待确认而没人处理的照片回到原处；其余学生不变，之后可以恢复。",
  );
});
