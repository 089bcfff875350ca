/** The grid as it is drawn: where its keys go. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { everything } from "../src/desk/everything";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

async function openGrid() {
  const bridge = fakeBridge(12);
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.grid)));
  return bridge;
}

it("leaves a search its letters when its answer brings the cards back", async () => {
  const bridge = await openGrid();
  const whole = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
  expect(whole.items.length).toBeGreaterThan(0);
  const search = screen.getByTestId(tid.filter("text")).querySelector("input");
  if (!search) throw new Error("no box");
  search.focus();
  bridge.handlers.queue_filter = () => ({ queue: "", title: "", total: 0, items: [] });
  fireEvent.change(search, { target: { value: "无人" } });
  await waitFor(() => expect(screen.queryByTestId(tid.grid)).toBeNull());
  bridge.handlers.queue_filter = () => whole;
  fireEvent.change(search, { target: { value: "2021" } });
  await screen.findByTestId(tid.grid);
  expect(document.activeElement).toBe(search);
});

it("gives the keys back to the cards after a button, and hears a key beside them", async () => {
  const bridge = await openGrid();
  screen.getByTestId(tid.gridUndo).focus();
  fireEvent.click(screen.getByTestId(tid.gridUndo));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.grid)));
  const undone = () => bridge.calls.filter((call) => call.name === "act_undo").length;
  await waitFor(() => expect(undone()).toBe(1));
  screen.getByTestId(tid.grid).blur();
  fireEvent.keyDown(document.body, { code: "KeyZ" });
  await waitFor(() => expect(undone()).toBe(2));
});

it("gives the keys back when the list of keys closes", async () => {
  await openGrid();
  fireEvent.keyDown(screen.getByTestId(tid.grid), { key: "?", code: "Slash" });
  const list = await screen.findByTestId(tid.screenKeys);
  fireEvent.keyDown(list, { key: "Escape", code: "Escape", keyCode: 27 });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.grid)));
});

it("takes back one act a press, and brings it back by Shift", async () => {
  const bridge = fakeBridge(3);
  const told: string[] = [];
  for (const name of ["act_undo", "act_redo"] as const) {
    bridge.handlers[name] = () => {
      told.push(name);
      return { act: null };
    };
  }
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  await screen.findByTestId(tid.grid);
  const press = (init: KeyboardEventInit) => fireEvent.keyDown(document.body, { code: "KeyZ", ...init });
  press({});
  await waitFor(() => expect(told).toEqual(["act_undo"]));
  // Held down, and with the control key as well as alone.
  for (let held = 0; held < 5; held += 1) press({ repeat: true });
  press({ shiftKey: true });
  await waitFor(() => expect(told).toEqual(["act_undo", "act_redo"]));
  await screen.findByText(zh.grid.nothingToRedo);
  press({ ctrlKey: true });
  await waitFor(() => expect(told).toEqual(["act_undo", "act_redo", "act_undo"]));
});

it("obeys the keys that the reviewer gave to undo, next and previous at the desk", async () => {
  const bridge = fakeBridge(6);
  bridge.keys = {
    bindings: [
      { act: "undo", codes: ["KeyU"] },
      { act: "next", codes: ["KeyL"] },
    ],
  };
  const undone = () => bridge.calls.filter((call) => call.name === "act_undo").length;
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  const grid = await screen.findByTestId(tid.grid);
  await waitFor(() => expect(screen.getByTestId(tid.gridUndo).textContent).toContain("U"));
  const here = () => grid.getAttribute("aria-activedescendant");
  const first = here();
  fireEvent.keyDown(grid, { code: "KeyL" });
  await waitFor(() => expect(here()).not.toBe(first));
  fireEvent.keyDown(grid, { code: "KeyK" });
  await waitFor(() => expect(here()).toBe(first));
  fireEvent.keyDown(grid, { code: "KeyZ" });
  fireEvent.keyDown(grid, { code: "KeyU" });
  await waitFor(() => expect(undone()).toBe(1));
});

it("says that nothing waits on a page where everything is decided", async () => {
  const bridge = fakeBridge(3);
  for (const item of bridge.items.values()) item.decision = "approved";
  bridge.handlers.queue_open = () => ({
    queue: "approved",
    title: "",
    total: 3,
    items: [...bridge.items.values()],
  });
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  const grid = await screen.findByTestId(tid.grid);
  await screen.findByText(new RegExp(zh.grid.page(1, 3, 3)));
  expect(screen.getByTestId(tid.gridCommit).textContent).toContain(zh.grid.pageDone);
  expect(screen.getByTestId(tid.gridNothing).textContent).toContain(zh.grid.listDone);
  fireEvent.keyDown(grid, { code: "Enter" });
  await waitFor(() => expect(screen.getByTestId(tid.gridSaid).textContent).toBe(zh.grid.nothingWaits(false)));
  expect(bridge.calls.some((call) => call.name === "grid_commit")).toBe(false);
});

it("tells where photos wait when a queue has none", async () => {
  const bridge = fakeBridge(4);
  bridge.handlers.queue_counts = () => [
    { queue: "clear", title: "检测合格", count: 0 },
    { queue: "failing", title: "有不合格项", count: 4 },
  ];
  const opened: string[] = [];
  const all = [...bridge.items.values()];
  bridge.handlers.queue_open = ({ queue }) => {
    opened.push(queue);
    const items = queue === "failing" ? all : [];
    return { queue, title: queue, total: items.length, items };
  };
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  const elsewhere = await screen.findByTestId(tid.gridElsewhere("failing"));
  // Nothing here can be ticked, committed or taken back.
  expect(screen.queryByTestId(tid.gridCommit)).toBeNull();
  fireEvent.click(elsewhere);
  await screen.findByTestId(tid.grid);
  expect(opened.at(-1)).toBe("failing");
  expect(screen.queryByTestId(tid.gridElsewhere("clear"))).toBeNull();
  expect(screen.queryByTestId(tid.gridNothing)).toBeNull();
});

it("asks before an undo takes a whole release back", async () => {
  const bridge = await openGrid();
  const undone = () => bridge.calls.filter((call) => call.name === "act_undo").length;
  bridge.handlers.act_peek = () => ({
    summary: "抽样批量通过 等 3 张",
    what: "bulk_approved",
    plan: 7,
    total: 3,
    act: 70,
  });
  fireEvent.keyDown(screen.getByTestId(tid.grid), { code: "KeyZ" });
  expect((await screen.findByTestId(tid.undoAsk)).textContent).toContain("抽样批量通过");
  for (const code of ["KeyZ", "Enter", "Space"]) fireEvent.keyDown(screen.getByTestId(tid.grid), { code });
  expect(undone()).toBe(0);
  fireEvent.click(screen.getByTestId(tid.undoAskYes));
  await waitFor(() => expect(undone()).toBe(1));
});

it("counts the list as it was opened, and names its key by one word", async () => {
  await openGrid();
  const total = () => screen.getByTestId(tid.gridTotal).textContent ?? "";
  await waitFor(() => expect(total()).toMatch(/打开时 \d+ 张/));
  expect(screen.getByTestId(tid.gridCommit).textContent).toContain(zh.grid.enter);
  expect(zh.keys.grid("Z", "G").map(([key]) => key)).toContain(zh.grid.enter);
});

it("opens a card by a double click, its tick as it was", async () => {
  await openGrid();
  const first = () => screen.getByTestId(tid.grid).querySelector<HTMLElement>("[data-submission]");
  await waitFor(() => expect(first()).not.toBeNull());
  const id = Number(first()?.dataset.submission);
  const ticked = () => screen.getByTestId(tid.gridCard(id)).getAttribute("aria-selected");
  const before = ticked();
  fireEvent.click(screen.getByTestId(tid.gridCard(id)), { detail: 1 });
  expect(ticked()).not.toBe(before);
  fireEvent.click(screen.getByTestId(tid.gridCard(id)), { detail: 2 });
  expect(ticked()).toBe(before);
  fireEvent.doubleClick(screen.getByTestId(tid.gridCard(id)));
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe(String(id)));
});

it("opens a card in its own list at the desk, and comes back to that list at the photo that was there", async () => {
  const bridge = fakeBridge(12);
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  fireEvent.doubleClick(await screen.findByTestId(tid.gridCard(3)));
  await painted(3);
  press("ArrowRight");
  await painted(4);
  press("KeyG");
  const card = await screen.findByTestId(tid.gridCard(4));
  await waitFor(() => expect(card.className).toContain("card-here"));
  expect(screen.queryByTestId(tid.gridCard(3))).not.toBeNull();
});

it("takes a filter to the desk and back", async () => {
  const bridge = fakeBridge(12);
  const asked = { ...everything(1), text: "2202" };
  const list = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
  bridge.handlers.queue_filter = () => ({ ...list, queue: "", title: "筛选", items: list.items.slice(4, 7) });
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending", filter: asked }} />);
  fireEvent.doubleClick(await screen.findByTestId(tid.gridCard(6)));
  await painted(6);
  press("ArrowLeft");
  await painted(5);
  press("KeyG");
  await screen.findByTestId(tid.gridCard(5));
  expect(screen.queryByTestId(tid.gridCard(1))).toBeNull();
  expect(screen.getByTestId(tid.filter("text")).querySelector("input")?.value).toBe("2202");
});

it("opens a card alone that has left its list, and G still goes back", async () => {
  const bridge = fakeBridge(12);
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  const card = await screen.findByTestId(tid.gridCard(3));
  const opens = bridge.handlers.queue_open as NonNullable<typeof bridge.handlers.queue_open>;
  bridge.handlers.queue_open = async (args) => {
    const opened = await opens(args);
    return { ...opened, items: opened.items.filter((item) => item.submission !== 3) };
  };
  fireEvent.doubleClick(card);
  await painted(3);
  press("KeyG");
  await screen.findByTestId(tid.gridCard(4));
});

it("keeps the size of the cards that was chosen, and the keys with the cards", async () => {
  localStorage.removeItem("zhaoshen.cards");
  const bridge = await openGrid();
  const chosen = (size: string) => screen.getByTestId(tid.gridSize(size)).closest("label")?.className;
  expect(chosen("small")).toContain("selected");
  fireEvent.click(screen.getByTestId(tid.gridSize("large")));
  await waitFor(() => expect(chosen("large")).toContain("selected"));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.grid)));
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  fireEvent.click(screen.getByTestId(tid.nav("grid")));
  await screen.findByTestId(tid.grid);
  expect(chosen("large")).toContain("selected");
  expect(bridge.calls.some((call) => call.name === "grid_commit")).toBe(false);
  localStorage.removeItem("zhaoshen.cards");
});

it("says on its button how many of those it would approve bear a mark", async () => {
  const bridge = fakeBridge(6);
  for (const item of bridge.items.values()) {
    item.verdict = item.submission <= 2 ? "warn" : item.submission === 3 ? "fail" : "pass";
  }
  render(<App bridge={bridge} start={{ screen: "grid", round: 1, queue: "pending" }} />);
  const button = await screen.findByTestId(tid.gridCommit);
  const { warn, fail } = zh.grid.marked;
  await waitFor(() => expect(button.textContent).toContain(zh.grid.commit(5, warn(2))));
  fireEvent.click(await screen.findByTestId(tid.gridCard(3)));
  await waitFor(() => expect(button.textContent).toContain(zh.grid.commit(6, `${fail(1)}、${warn(2)}`)));
  // Where nothing is marked, nothing is said.
  for (const submission of [1, 2, 3]) fireEvent.click(screen.getByTestId(tid.gridCard(submission)));
  await waitFor(() => expect(button.textContent).toContain(`${zh.grid.commit(3)} `));
});

it("leads where photos are brought in when the round has none", async () => {
  render(<App bridge={fakeBridge(0)} start={{ screen: "grid", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.gridPhotos));
  await screen.findByTestId(tid.screen("photos"));
});
