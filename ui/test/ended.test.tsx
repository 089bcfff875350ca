/** A round that has ended: what acts cannot be pressed and says why, beforehand. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { Screen } from "../src/app/context";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

function open(at: Screen) {
  const bridge = fakeBridge(3);
  bridge.pick = async () => ["D:\\交付"];
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, closed: true })) };
  };
  render(<App bridge={bridge} start={{ screen: at, round: 1 }} />);
  return bridge;
}
const stopped = (testid: string) => screen.getByTestId(testid).matches(":disabled");

it("writes no new delivery, and earlier ones again and prints still", async () => {
  open("delivery");
  expect((await screen.findByTestId(tid.deliveryMissing)).textContent).toBe(zh.app.endedRound);
  const repeat = await screen.findByTestId(tid.deliveryRepeat(1));
  expect(repeat.title).toBe(zh.delivery.repeatTip);
  for (const button of [tid.deliveryPick, tid.deliveryWrite]) {
    expect(stopped(button)).toBe(true);
  }
  for (const button of [tid.deliveryRepeat(1), tid.printsPick]) {
    expect(stopped(button)).toBe(false);
  }
  expect(screen.getByTestId(tid.endedNote).textContent).toContain(zh.app.endedRound);
  fireEvent.click(screen.getByText(zh.app.endedGo));
  await screen.findByTestId(tid.ending);
});

it("marks nobody as told", async () => {
  open("notices");
  await screen.findByTestId(tid.noticeMark);
  await waitFor(() => expect(stopped(tid.noticeMark)).toBe(true));
  expect(stopped(tid.smsSave)).toBe(true);
  expect(stopped(tid.noticeGroup("文学院"))).toBe(false);
});

it("reads no receipt and takes nothing back, and can be looked through all the same", async () => {
  open("reconcile");
  await screen.findByTestId(tid.receiptPick);
  for (const button of [tid.receiptPick, tid.reconcileUndo, tid.reconcileRedo]) {
    expect(stopped(button)).toBe(true);
  }
  fireEvent.click(screen.getByTestId(tid.reconcilePart("sums")));
  expect((await screen.findByTestId(tid.closingSave)).matches(":disabled")).toBe(false);
});

it("decides no photo at the desk, and says why instead of failing", async () => {
  const bridge = open("desk");
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  expect(screen.getByTestId(tid.endedNote).textContent).toContain(zh.app.endedRound);
  fireEvent.keyDown(document.activeElement ?? document.body, { code: "KeyF" });
  await waitFor(() => expect(screen.getByTestId(tid.desk).textContent).toContain(zh.app.endedRound));
  expect(bridge.calls.some((call) => call.name === "submission_decide")).toBe(false);
  // Right behind the refused key as well as later.
  for (const _ of [1, 2]) {
    fireEvent.keyDown(document.activeElement ?? document.body, { code: "KeyZ" });
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.app.endedRound);
  }
  expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
});

it("changes nobody's range", async () => {
  open("scope");
  await screen.findByTestId(tid.scopeLimit);
  await waitFor(() => expect(stopped(tid.scopeLimit)).toBe(true));
});
