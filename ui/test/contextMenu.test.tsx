/** What a context menu acts on: what it was opened for, and nothing that stays in the program. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import { copyText } from "../src/components/clipboard";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

vi.mock("../src/components/clipboard", () => ({ copyText: vi.fn(() => Promise.resolve()) }));

const press = (code: string) => fireEvent.keyDown(document.activeElement ?? document.body, { code });
const painted = (submission: number) =>
  waitFor(() => {
    const { dataset } = screen.getByTestId(tid.desk);
    expect([dataset.painted, dataset.submission]).toEqual(["true", String(submission)]);
  });
/** Decides on the first photo, asks for it back, and lets the answer come when told. */
async function deskAwaitingUndo() {
  const bridge = fakeBridge(5);
  const undo = bridge.handlers.act_undo;
  let answer: () => void = () => undefined;
  bridge.handlers.act_undo = async (args) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    if (!undo) throw new Error("no undo");
    return undo(args);
  };
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  press("KeyF");
  await painted(2);
  press("KeyZ");
  await waitFor(() => expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(true));
  return { bridge, answer: () => answer() };
}
const decided = (bridge: ReturnType<typeof fakeBridge>) =>
  bridge.calls.filter((call) => call.name === "submission_decide");

it("closes the photo's menu when another photo comes, and its entries act on no other", async () => {
  const { bridge, answer } = await deskAwaitingUndo();
  fireEvent.contextMenu(screen.getByTestId(tid.photo));
  const entry = await screen.findByTestId(tid.menuEntry("approve"));
  answer();
  await painted(1);
  await waitFor(() => expect(screen.queryByTestId(tid.menuEntry("approve"))).toBeNull());
  if (entry.isConnected) fireEvent.click(entry);
  expect(decided(bridge)).toHaveLength(1);
  expect(document.body.dataset.keys).toBeUndefined();
  press("KeyF");
  await waitFor(() => expect(decided(bridge)).toHaveLength(2));
});

it("closes a finding's menu when another photo comes", async () => {
  const { answer } = await deskAwaitingUndo();
  fireEvent.click(await screen.findByTestId(tid.findingsPassed));
  const finding = document.querySelector(".findings [data-rule]");
  if (!finding) throw new Error("no finding");
  fireEvent.contextMenu(finding);
  await screen.findByTestId(tid.menuEntry("dispute"));
  answer();
  await painted(1);
  await waitFor(() => expect(screen.queryByTestId(tid.menuEntry("dispute"))).toBeNull());
});

const choose = async (target: Element | undefined, entry: string) => {
  if (!target) throw new Error("no cell");
  fireEvent.contextMenu(target);
  fireEvent.click(await screen.findByTestId(tid.menuEntry(entry)));
};
const copied = () => vi.mocked(copyText).mock.lastCall?.[0] as { plain: string; html: string };

it("copies of a row of a long table only the columns that leave", async () => {
  render(<App bridge={fakeBridge(3)} start={{ screen: "students", round: 1 }} />);
  const row = await screen.findByTestId(tid.studentRow("2202002180"));
  const cells = [...row.querySelectorAll("[role=cell]")];
  const id = cells[2]?.textContent ?? "";
  expect(id).toContain("*");
  await choose(cells[0], "copy-row");
  await waitFor(() => expect(copyText).toHaveBeenCalled());
  expect(copied().plain.split("\t")[0]).toBe("2202002180");
  expect(copied().plain.split("\t")).toHaveLength(cells.length - 3);
  expect(copied().plain.split("\t")).toContain("审核中");
  expect(copied().plain + copied().html).not.toContain(id);
  expect(copied().plain.split("\t")).not.toContain(zh.students.review);
});

it("offers no copy of a cell that stays", async () => {
  render(<App bridge={fakeBridge(3)} start={{ screen: "students", round: 1 }} />);
  const row = await screen.findByTestId(tid.studentRow("2202002180"));
  const id = row.querySelectorAll("[role=cell]")[2];
  if (!id) throw new Error("no cell");
  fireEvent.contextMenu(id);
  const entry = await screen.findByTestId(tid.menuEntry("copy-cell"));
  expect(entry.closest("[role=menuitem]")?.getAttribute("aria-disabled")).toBe("true");
});

it("copies of a short table what its columns say, not what is drawn", async () => {
  render(<App bridge={fakeBridge(3)} start={{ screen: "roster", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.rosterPick));
  const refused = await screen.findByTestId(tid.rosterRefused);
  const row = refused.querySelector("[data-row]");
  const cells = [...(row?.querySelectorAll("[data-col]") ?? [])];
  await choose(cells[2], "copy-cell");
  await waitFor(() => expect(copied().plain).toBe(cells[2]?.textContent));
});

it("gives the photo to another student only after both were shown", async () => {
  const bridge = fakeBridge(5);
  bridge.handlers.pile_assign = () => ({
    ambiguous: [],
    not_on_roster: [],
    unknown: [],
    shared: [],
    excluded: [],
    dismissed: [],
    proposals: [],
  });
  bridge.handlers.student_search = () => [
    { student: 77, student_no: "S77", name: "乙同学", college: "理学院", photo: null },
  ];
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  fireEvent.contextMenu(screen.getByTestId(tid.photo));
  fireEvent.click(await screen.findByTestId(tid.menuEntry("reassign")));
  fireEvent.change(await screen.findByTestId(tid.pileSearch(1)), { target: { value: "ytx" } });
  fireEvent.click(await screen.findByTestId(tid.pileHit(1, 77)));
  const given = () => bridge.calls.filter((call) => call.name === "pile_assign");
  expect(given()).toHaveLength(0);
  expect(screen.getByText(zh.desk.reassign.noPhoto)).toBeTruthy();
  fireEvent.keyDown(screen.getByTestId(tid.reassignDo), { code: "KeyF" });
  expect(decided(bridge)).toHaveLength(0);
  fireEvent.click(screen.getByTestId(tid.reassignDo));
  await waitFor(() => expect(given().map((call) => call.args)).toEqual([{ submission: 1, student: 77 }]));
  await waitFor(() => expect(screen.queryByTestId(tid.reassignDo)).toBeNull());
});

it("offers no other student for a photo that is decided on", async () => {
  const bridge = fakeBridge(5);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  press("KeyF");
  await painted(2);
  press("ArrowLeft");
  await painted(1);
  fireEvent.contextMenu(screen.getByTestId(tid.photo));
  const entry = await screen.findByTestId(tid.menuEntry("reassign"));
  expect(entry.textContent).toContain(zh.desk.menu.reassignDecided);
});
