/** 核对: receipts read in, differences by kind, what was given back, the sums, paper photos by class. */
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

const open = (bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  return bridge;
};
const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);

it("lists the differences of one kind with what to do, and the way there", async () => {
  const bridge = open();
  const kind = await screen.findByTestId(tid.reconcileKind("undelivered"));
  expect(kind.textContent).toBe("已通过未交付2");
  fireEvent.click(kind);
  expect((await screen.findByTestId(tid.reconcileRemedy)).textContent).toContain("到“导出交付”交付");
  await waitFor(() =>
    expect(args(bridge, "reconcile_list")).toContainEqual({
      round: 1,
      kind: "undelivered",
      text: "",
      offset: 0,
      limit: 80,
    }),
  );
  fireEvent.click(screen.getByText("去“导出交付”"));
  await screen.findByTestId(tid.screen("delivery"));
});

it("says in the list of all what to do about each", async () => {
  open();
  const table = await screen.findByTestId("reconcile-table");
  await waitFor(() => expect(table.querySelector(".rec-remedy")).not.toBeNull());
  const [first] = table.querySelectorAll(".rec-remedy");
  expect(first?.querySelector(".quiet")?.textContent).not.toBe("");
});

it("has no column that is empty in every row, and none wider than the window of an office", async () => {
  const bridge = fakeBridge(3);
  const list = bridge.handlers.reconcile_list;
  bridge.handlers.reconcile_list = async (args) => {
    if (!list) throw new Error("no list");
    const page = await list(args);
    const rows = page.rows.map((row) => ({ ...row, class: "", submission: null, receipt: null }));
    return args.kind === "undelivered" ? { ...page, rows } : page;
  };
  open(bridge);
  const table = await screen.findByTestId("reconcile-table");
  const heads = () => [...table.querySelectorAll(".vtable-head > span")].map((cell) => cell.textContent);
  await waitFor(() => expect(heads()).toEqual(["学号", "姓名", "差异", "说明", "学院", "班级", "依据", ""]));
  const whole = table.querySelector<HTMLElement>("[role=table]");
  expect(Number.parseInt(whole?.style.minWidth ?? "", 10)).toBeLessThanOrEqual(930);
  fireEvent.click(screen.getByTestId(tid.reconcileKind("undelivered")));
  await waitFor(() => expect(heads()).toEqual(["学号", "姓名", "说明", "学院", "依据"]));
});

it("says what came of a list, which kind it was said to be, and what is not understood", async () => {
  const bridge = open();
  bridge.pick = async () => ["C:\\回执.csv"];
  fireEvent.click(await screen.findByTestId(tid.receiptPick));
  const imported = await screen.findByTestId(tid.receiptImported);
  expect(imported.textContent).toContain("新增 3 条");
  expect(within(imported).getByText(/700 处看不明白/)).toBeTruthy();
  expect(args(bridge, "receipts_import")).toEqual([
    { round: 1, path: "C:\\回执.csv", kind: "", delivery: null },
  ]);
  const said = screen.getByTestId(tid.receiptImported).textContent ?? "";
  for (const told of [
    "700 处看不明白",
    "另有 699 处",
    "1 条以前已选“不计”",
    "看是哪 2 条",
    "2020999 路人（B9）",
    "等，另有 1 条",
  ]) {
    expect(said).toContain(told);
  }
});

it("rejects what the studio gave back only after it is confirmed, and takes it back", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.receiptReject));
  expect(args(bridge, "receipts_reject")).toEqual([]);
  fireEvent.click(await screen.findByTestId(tid.receiptRejectSure));
  await waitFor(() => expect(screen.queryByTestId(tid.receiptReject)).toBeNull());
  expect(args(bridge, "receipts_reject")).toEqual([{ round: 1, receipts: [] }]);
  expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("已退回 1 张");
  fireEvent.click(screen.getByTestId(tid.reconcileUndo));
  await screen.findByTestId(tid.receiptReject);
});

it("says that there is nothing to do again, and offers it anew once something was done", async () => {
  open();
  const redo = await screen.findByTestId<HTMLButtonElement>(tid.reconcileRedo);
  fireEvent.click(redo);
  const said = await screen.findByTestId(tid.reconcileSaid);
  expect(said.textContent).toBe(zh.reconcile.nothing.reconcile_redo);
  expect(redo.disabled).toBe(true);
  expect(screen.getByTestId<HTMLButtonElement>(tid.reconcileUndo).disabled).toBe(false);
  fireEvent.click(screen.getByTestId(tid.reconcileUndo));
  await waitFor(() => expect(redo.disabled).toBe(false));
});

it("goes on saying what was done while the books were still being read", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.reconcile_show;
  let first: (() => void) | null = null;
  bridge.handlers.reconcile_show = async (asked) => {
    if (first === null) await new Promise<void>((resolve) => (first = resolve));
    if (!show) throw failure("none");
    return show(asked);
  };
  render(<App bridge={bridge} start={{ screen: "reconcile", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.reconcileRedo));
  await screen.findByTestId(tid.reconcileSaid);
  await act(async () => first?.());
  expect(screen.getByTestId(tid.reconcileSaid).textContent).toBe(zh.reconcile.nothing.reconcile_redo);
});

it("has a way back from the photo of a difference", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.reconcileKind("undelivered")));
  fireEvent.click(await screen.findByTestId(tid.reconcileOpen(11)));
  const back = await screen.findByTestId(tid.deskBack);
  expect(back.textContent).toContain("核对");
  fireEvent.click(back);
  await screen.findByTestId(tid.screen("reconcile"));
});

it("opens an answer that says neither yes nor no, and says which it means", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.reconcileKind("unsettled")));
  const settle = await screen.findByTestId(tid.receiptOpen(7));
  expect(settle.closest("[aria-current]")).toBeNull();
  fireEvent.click(settle);
  // The row that it is about is told from the others.
  const marked = document.querySelectorAll("[role=row][aria-current=true]");
  expect([...marked].map((row) => row.contains(screen.getByTestId(tid.receiptOpen(7))))).toEqual([true]);
  const panel = await screen.findByTestId(tid.receiptWords);
  expect(panel.textContent).toContain("“信息有误待核”");
  expect(panel.textContent).toContain("回执.csv C5");
  fireEvent.change(screen.getByTestId(tid.receiptReason), { target: { value: " 背景有阴影 " } });
  fireEvent.click(screen.getByTestId(tid.receiptSettle("returned")));
  await waitFor(() => expect(screen.queryByTestId(tid.receiptWords)).toBeNull());
  expect(args(bridge, "receipt_settle")).toEqual([
    { round: 1, receipt: 7, state: "returned", reason: "背景有阴影" },
  ]);
  await waitFor(() => expect(screen.queryByTestId(tid.reconcileKind("unsettled"))).toBeNull());
  expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("已认定为“退回”");
});

it("puts a row aside that is about nobody of the round", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.reconcileKind("receipt_unlisted")));
  await waitFor(() => expect(screen.queryByTestId(tid.reconcileOpen(11))).toBeNull());
  fireEvent.click(await screen.findByTestId(tid.receiptDrop(6)));
  await waitFor(() => expect(screen.queryByTestId(tid.reconcileKind("receipt_unlisted"))).toBeNull());
  expect(args(bridge, "receipts_drop")).toEqual([{ round: 1, receipts: [6] }]);
  expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("学号6 某");
});

it("gives a row that fits nobody to the student who was looked for", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.reconcileKind("receipt_unlisted")));
  await waitFor(() => expect(screen.queryByTestId(tid.reconcileOpen(11))).toBeNull());
  fireEvent.click(await screen.findByTestId(tid.receiptAssign(6)));
  const panel = await screen.findByTestId(tid.assignPanel);
  fireEvent.change(within(panel).getByTestId(tid.pileSearch(6)), { target: { value: studentOf(2).name } });
  await waitFor(() => expect(panel.querySelector(".assign-hit")).toBeTruthy());
  fireEvent.click(panel.querySelector(".assign-hit") as HTMLElement);
  await waitFor(() =>
    expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("对应第 2 次交付：7.jpg"),
  );
  expect(args(bridge, "receipt_assign")).toEqual([
    { round: 1, receipt: 6, student: expect.any(Number) as number },
  ]);
  expect(screen.queryByTestId(tid.assignPanel)).toBeNull();
});

it("shows sums with their wholes and saves the last page", async () => {
  const bridge = open();
  bridge.pick = async () => ["C:\\结项"];
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("sums")));
  const sum = await screen.findByTestId(tid.reconcileSum("名单学生（按进度）"));
  expect([...sum.querySelectorAll("td")].map((cell) => cell.textContent)).toEqual(["1", "1", "6", "8"]);
  fireEvent.click(screen.getByTestId(tid.closingSave));
  await waitFor(() => expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("核对结项.pdf"));
  fireEvent.click(screen.getByTestId(tid.closingOpen));
  expect(bridge.opened).toEqual([[1, null]]);
  fireEvent.click(screen.getByTestId(tid.reconcilePart("ending")));
  await screen.findByTestId(tid.ending);
  expect(screen.queryByTestId(tid.reconcileSaid)).toBeNull();
  expect(args(bridge, "closing_save")).toEqual([{ round: 1, folder: "C:\\结项" }]);
});

it("leads from a part of a sum to where something is to be done about it", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("sums")));
  const sum = await screen.findByTestId(tid.reconcileSum("名单学生（按进度）"));
  expect(sum.querySelectorAll("button").length).toBe(2);
  fireEvent.click(screen.getByTestId(tid.reconcileWay("in_question")));
  await screen.findByTestId(tid.screen("photos"));
});

it.each([
  ["returned", "returned"],
  ["undelivered", "undelivered"],
  ["all", ""],
])("leads from the number of %s to the list of those that it counts", async (part, kind) => {
  open();
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("sums")));
  fireEvent.click(await screen.findByTestId(tid.reconcileWay(part)));
  const chosen = await screen.findByTestId(tid.reconcileKind(kind));
  expect(chosen.getAttribute("aria-pressed")).toBe("true");
  // Chosen by hand again, the differences are those of every kind.
  fireEvent.click(screen.getByTestId(tid.reconcilePart("paper")));
  fireEvent.click(screen.getByTestId(tid.reconcilePart("differences")));
  const all = await screen.findByTestId(tid.reconcileKind(""));
  expect(all.getAttribute("aria-pressed")).toBe("true");
});

it("makes no way of a number of which there is nobody, or no list", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("sums")));
  const sum = await screen.findByTestId(tid.reconcileSum("采集单位回执"));
  expect([...sum.querySelectorAll("button")].map((one) => one.textContent)).toEqual(["1"]);
});

it("ticks a class off at once, only those who are to come, and one student alone", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("paper")));
  const second = await screen.findByTestId<HTMLButtonElement>(tid.paperAll("文学院 二班"));
  expect(second.disabled).toBe(true);
  fireEvent.click(screen.getByTestId(tid.paperAll("文学院 一班")));
  await waitFor(() =>
    expect(args(bridge, "paper_mark")).toEqual([{ round: 1, students: [1, 2], arrived: true }]),
  );
  fireEvent.click(screen.getByTestId(tid.paperOpen("文学院 一班")));
  const box = await screen.findByTestId(tid.paperOf(studentOf(1).student_no));
  await waitFor(() => expect((box as HTMLInputElement).checked).toBe(true));
  fireEvent.click(box);
  await waitFor(() =>
    expect(args(bridge, "paper_mark")).toContainEqual({ round: 1, students: [1], arrived: false }),
  );
  await waitFor(() => expect(screen.getByTestId(tid.reconcileSaid).textContent).toContain("1 人：学号1"));
});

it("does not call a round without a roster free of differences", async () => {
  const bridge = fakeBridge(3);
  const show = bridge.handlers.reconcile_show;
  if (!show) throw new Error("no view");
  bridge.handlers.reconcile_show = async (asked) => ({
    ...(await show(asked)),
    kinds: [],
    differences: 0,
    students: 0,
    clear: 0,
  });
  open(bridge);
  await screen.findByText(zh.students.noRoster);
  expect(screen.queryByText(zh.reconcile.none)).toBeNull();
  fireEvent.click(within(screen.getByTestId(tid.screen("reconcile"))).getByText(zh.nav.roster));
  await screen.findByTestId(tid.screen("roster"));
});

it("opens a class under itself, adds the classes up, and says what ticking begins", async () => {
  const bridge = open();
  fireEvent.click(await screen.findByTestId(tid.reconcilePart("paper")));
  const button = await screen.findByTestId(tid.paperOpen("文学院 一班"));
  const [students, expected, arrived] = [...screen.getByTestId(tid.paperWhole).children]
    .slice(1, 4)
    .map((cell) => cell.textContent);
  expect([students, expected, arrived]).toEqual(["8", "2", "0（另有不应到 1）"]);
  expect(screen.getByTestId(tid.paperNote).textContent).toContain(zh.reconcile.paperWillCount);
  fireEvent.click(button);
  const box = await screen.findByTestId(tid.paperOf(studentOf(1).student_no));
  expect(button.closest("tr")?.nextElementSibling?.contains(box)).toBe(true);
  fireEvent.click(button);
  await waitFor(() => expect(button.getAttribute("aria-expanded")).toBe("false"));
  const show = bridge.handlers.reconcile_show;
  bridge.handlers.reconcile_show = async (asked) => {
    if (!show) throw new Error("no view");
    const view = await show(asked);
    const missing = { kind: "paper_missing", title: "纸质照片未到", remedy: "催要", count: 1 };
    return { ...view, kinds: [...view.kinds, missing] };
  };
  fireEvent.click(screen.getByTestId(tid.paperAll("文学院 一班")));
  await waitFor(() =>
    expect(screen.getByTestId(tid.paperNote).textContent).toContain(zh.reconcile.paperCounted("1")),
  );
});

it("keeps what came of a list over an undo and other screens until it is put away", async () => {
  const bridge = open();
  bridge.pick = async () => ["C:\\回执.csv"];
  fireEvent.click(await screen.findByTestId(tid.receiptPick));
  await screen.findByTestId(tid.receiptImported);
  fireEvent.click(screen.getByTestId(tid.reconcileUndo));
  await screen.findByTestId(tid.reconcileSaid);
  expect(screen.getByTestId(tid.receiptImported).textContent).toContain("700 处看不明白");
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  fireEvent.click(screen.getByTestId(tid.nav("reconcile")));
  await screen.findByTestId(tid.receiptImported);
  fireEvent.click(screen.getByTestId(tid.receiptPutAway));
  expect(screen.queryByTestId(tid.receiptImported)).toBeNull();
});

it("leads from a row of all differences to where it is dealt with", async () => {
  const bridge = fakeBridge(3);
  const list = bridge.handlers.reconcile_list;
  bridge.handlers.reconcile_list = async (asked) => {
    if (!list) throw new Error("no list");
    const page = await list(asked);
    const [first] = page.rows;
    if (!first) throw new Error("no row");
    return { total: 1, rows: [{ ...first, kind: "not_submitted", submission: null, receipt: null }] };
  };
  open(bridge);
  fireEvent.click(await screen.findByTestId(tid.reconcileGo("not_submitted")));
  await screen.findByTestId(tid.screen("notices"));
});

it("says which deliveries a list may answer, with when they were made and of what", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.delivery_list = () =>
    [1, 2].map((number) => ({
      number,
      at: `2026-11-2${number} 10:00:00`,
      reviewer: "张老师",
      folder: "E:\\交付",
      files: 7,
      how: number === 2 ? "校内留存；名单模式" : "采集码模式",
      repeatable: true,
    }));
  open(bridge);
  const choice = await screen.findByTestId(tid.receiptDelivery);
  fireEvent.mouseDown(choice.querySelector(".ant-select-content, .ant-select-selector") ?? choice);
  await screen.findByText("2026-11-22 10:00:00，7 张，校内留存；名单模式");
});
