/** The standard editor: moving a limit asks, the newest answer stands, saving makes a version. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import type { StandardSave } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { office } from "./fake/seatBridge";
import { withStandard } from "./fake/standardBridge";

let bridge: FakeBridge;
const words = zh.standard;
const calls = (name: string) => bridge.calls.filter((call) => call.name === name);

beforeEach(() => {
  bridge = withStandard(fakeBridge(20));
  render(<App bridge={bridge} start={{ screen: "standard", round: 1 }} />);
});
afterEach(cleanup);

const handle = () => screen.findByTestId(tid.standardHandle("max"));

/** Presses 保存 once what it would do is known. */
async function save() {
  const button = screen.getByTestId<HTMLButtonElement>(tid.standardSave);
  await waitFor(() => expect(button.disabled).toBe(false));
  fireEvent.click(button);
}

it("answers what a moved limit would do, lists the photos, and saves it as a version", async () => {
  const limit = await handle();
  expect(screen.getByTestId(tid.standardValues).textContent).toContain(words.valuesCropped("140", "39"));
  expect(screen.queryByTestId(tid.standardShift)).toBeNull();
  for (let press = 0; press < 5; press += 1) fireEvent.keyDown(limit, { code: "ArrowLeft" });
  await screen.findByTestId(tid.standardBecomes("fail"));
  const moved = Number(limit.getAttribute("aria-valuenow"));
  expect(moved).toBeLessThan(300);
  // Why the answer may differ from what the picture counts stands above the answer.
  const panel = screen.getByTestId(tid.standardShift);
  const places = [words.cropped, words.becomes.fail?.(String(300 - moved)) ?? ""].map((text) =>
    (panel.textContent ?? "").indexOf(text),
  );
  expect(places[0]).toBeGreaterThanOrEqual(0);
  expect(places[0]).toBeLessThan(places[1] ?? -1);
  const shown = await screen.findByText(words.becomes.fail?.(String(300 - moved)) ?? "");
  expect(shown).toBeTruthy();
  fireEvent.click(screen.getByTestId(tid.standardList("fail")));
  const photos = await screen.findByTestId(tid.standardPhotos);
  await waitFor(() => expect(photos.querySelectorAll("li").length).toBe(300 - moved));
  expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.pending(1));
  await save();
  await screen.findByText(words.saved(2));
  const sent = calls("standard_save")[0]?.args as StandardSave;
  expect(sent.seen_version).toBe(1);
  expect(sent.rules.map((rule) => [rule.code, rule.max])).toEqual([["GEO-02", moved]]);
  expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.noPending);
  expect(screen.getByTestId(tid.standardVersions).textContent).toContain(words.version(2));
});

it("takes an edit back, and asks nothing of rules as they stand", async () => {
  const limit = await handle();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  await screen.findByTestId(tid.standardShift);
  fireEvent.click(screen.getByText(words.revert));
  await waitFor(() => expect(screen.queryByTestId(tid.standardShift)).toBeNull());
  expect(screen.getByTestId(tid.standardHandle("max")).getAttribute("aria-valuenow")).toBe("300");
});

it("keeps unsaved edits while another screen is open, says so, and discards them when told to", async () => {
  const limit = await handle();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  const moved = limit.getAttribute("aria-valuenow");
  expect(screen.queryByTestId(tid.standardUnsaved)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  fireEvent.click(screen.getByTestId(tid.nav("standard")));
  expect((await screen.findByTestId(tid.standardUnsaved)).textContent).toContain(words.unsaved(1));
  expect((await handle()).getAttribute("aria-valuenow")).toBe(moved);
  fireEvent.click(screen.getByTestId(tid.standardDiscard));
  await waitFor(() => expect(screen.queryByTestId(tid.standardUnsaved)).toBeNull());
  expect((await handle()).getAttribute("aria-valuenow")).toBe("300");
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  fireEvent.click(screen.getByTestId(tid.nav("standard")));
  await handle();
  expect(screen.queryByTestId(tid.standardUnsaved)).toBeNull();
});

it("does not save edits kept from an older version over a newer one", async () => {
  fireEvent.keyDown(await handle(), { code: "ArrowLeft" });
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await bridge.call("standard_save", { round: 1, seen_version: 1, rules: [], note: "" });
  fireEvent.click(screen.getByTestId(tid.nav("standard")));
  await screen.findByTestId(tid.standardUnsaved);
  await handle();
  await save();
  await screen.findByText(words.moved, { exact: false });
});

/** The pointer on the limit's label, of a chart that is 1000 px wide and begins at 0. */
async function pointed() {
  const limit = await handle();
  const box = limit.parentElement as HTMLElement;
  box.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 170);
  limit.setPointerCapture = () => undefined;
  const at = (clientX: number) => ({ clientX, buttons: 1, pointerId: 1 });
  return { limit, at, value: () => limit.getAttribute("aria-valuenow") };
}

it("changes nothing by a click on a limit's label, with a hand that is not quite still", async () => {
  const { limit, at, value } = await pointed();
  const before = value();
  fireEvent.pointerDown(limit, at(930));
  fireEvent.pointerMove(limit, at(932));
  fireEvent.pointerUp(limit, { pointerId: 1 });
  fireEvent.pointerMove(limit, at(500));
  expect(value()).toBe(before);
  expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.noPending);
});

it("moves a limit as far as the hand moves, wherever its label was taken hold of", async () => {
  const { limit, at, value } = await pointed();
  const before = Number(value());
  const from = Number(limit.getAttribute("aria-valuemin"));
  const to = Number(limit.getAttribute("aria-valuemax"));
  fireEvent.pointerDown(limit, at(930));
  fireEvent.pointerMove(limit, at(880));
  expect(Math.abs(Number(value()) - (before - 0.05 * (to - from)))).toBeLessThan((to - from) / 100);
  fireEvent.pointerMove(limit, at(930));
  expect(Math.abs(Number(value()) - before)).toBeLessThan((to - from) / 100);
});

it("puts the labels of limits that lie on each other in two rows", async () => {
  const limit = await handle();
  const box = () => limit.parentElement?.dataset.near;
  expect(box()).toBe("false");
  for (let press = 0; press < 30; press += 1) fireEvent.keyDown(limit, { code: "ArrowLeft", shiftKey: true });
  expect(box()).toBe("true");
});

it("lets a number be typed into a box that was emptied, and takes an empty one for 0 when it is left", async () => {
  await handle();
  const box = screen.getByTestId<HTMLInputElement>(tid.standardNumber("margin"));
  fireEvent.focus(box);
  fireEvent.change(box, { target: { value: "" } });
  expect(box.value).toBe("");
  fireEvent.change(box, { target: { value: "4" } });
  expect(box.value).toBe("4");
  fireEvent.change(box, { target: { value: "" } });
  fireEvent.blur(box);
  await waitFor(() => expect(box.value).toBe("0"));
});

it("leaves the edits of one person to that person", async () => {
  office(bridge);
  const limit = await handle();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  const moved = limit.getAttribute("aria-valuenow");
  cleanup();
  const sits = async (person: number) => {
    bridge.seat = { ...bridge.seat, person };
    render(<App bridge={bridge} start={{ screen: "standard", round: 1 }} />);
    return (await handle()).getAttribute("aria-valuenow");
  };
  expect(await sits(2)).toBe("300");
  expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.noPending);
  cleanup();
  expect(await sits(1)).toBe(moved);
});

it("never lets the limits cross", async () => {
  const limit = await handle();
  for (let press = 0; press < 30; press += 1) fireEvent.keyDown(limit, { code: "ArrowLeft", shiftKey: true });
  expect(screen.getByTestId(tid.standardHandle("max")).getAttribute("aria-valuenow")).toBe("200");
});

it("says plainly that somebody else saved meanwhile, and overwrites nothing", async () => {
  bridge.handlers.standard_save = () => {
    throw failure("本批次的检测标准刚刚已有新版本，请重新打开后再修改", "conflict");
  };
  fireEvent.keyDown(await handle(), { code: "ArrowLeft" });
  await screen.findByTestId(tid.standardShift);
  await save();
  fireEvent.click(await screen.findByTestId(tid.standardReload));
  await waitFor(() => expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.noPending));
});

it("saves what was changed while the own save ran onto the version saved", async () => {
  const limit = await handle();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  const saving = bridge.handlers.standard_save;
  let answer = () => {};
  const answered = new Promise<void>((done) => {
    answer = done;
  });
  bridge.handlers.standard_save = async (args) => {
    await answered;
    return (saving as NonNullable<typeof saving>)(args);
  };
  await save();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  const moved = Number(limit.getAttribute("aria-valuenow"));
  answer();
  await screen.findByText(words.saved(2));
  expect(screen.getByTestId(tid.standardPending).textContent).toBe(words.pending(1));
  await save();
  await screen.findByText(words.saved(3));
  const sent = calls("standard_save").map((call) => call.args as StandardSave);
  expect(sent.map((one) => [one.seen_version, one.rules[0]?.max])).toEqual([
    [1, moved + (300 - moved) / 2],
    [2, moved],
  ]);
});

it("puts the own edits onto the version that somebody else saved, when told to", async () => {
  const limit = await handle();
  fireEvent.keyDown(limit, { code: "ArrowLeft" });
  const moved = Number(limit.getAttribute("aria-valuenow"));
  const theirs = {
    code: "GEO-02",
    enabled: true,
    outside: "fail",
    min: 210,
    max: 300,
    warn_margin: 0,
    also: {},
  };
  await bridge.call("standard_save", { round: 1, seen_version: 1, rules: [theirs], note: "" });
  await save();
  fireEvent.click(await screen.findByTestId(tid.standardKeep));
  await screen.findByText(words.kept(2, 1, []));
  await save();
  await screen.findByText(words.saved(3));
  const sent = calls("standard_save").at(-1)?.args as StandardSave;
  expect(sent.rules.map((rule) => [rule.min, rule.max])).toEqual([[210, moved]]);
});
