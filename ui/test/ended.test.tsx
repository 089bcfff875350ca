/** A round that has ended: what acts cannot be pressed and says why, beforehand. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { Screen } from "../src/app/context";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

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
  for (const act of [tid.approve, tid.reject, tid.hold]) {
    expect(screen.getByTestId(act).getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByTestId(act).title).toBe(zh.app.endedRound);
  }
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

it("writes nothing of a photo at the desk: no note, no reason, no mark, and says why", async () => {
  const bridge = open("desk");
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  const note = await screen.findByTestId<HTMLInputElement>(tid.note);
  expect([note.disabled, note.closest("label")?.title]).toEqual([true, zh.app.endedRound]);
  const add = screen.getByTestId(tid.reasonAdd);
  expect([stopped(tid.reasonAdd), add.closest("fieldset")?.title]).toEqual([true, zh.app.endedRound]);
  fireEvent.click(screen.getByTestId(tid.humanFold));
  const [item] = await screen.findAllByTestId(/^human-(?!fold)/);
  if (!item) throw new Error("no list");
  expect([item.getAttribute("aria-disabled"), item.title]).toEqual(["true", zh.app.endedRound]);
  fireEvent.click(item);
  expect(item.getAttribute("aria-pressed")).toBe("false");
  for (const code of ["KeyN", "KeyM", "Digit1", "Digit0"]) {
    fireEvent.keyDown(document.activeElement ?? document.body, { code });
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.app.endedRound);
  }
  expect(screen.queryByTestId(tid.strip)).toBeNull();
  const [finding] = document.querySelectorAll<HTMLElement>(".finding[data-rule]");
  if (!finding) throw new Error("no finding");
  fireEvent.contextMenu(finding);
  const dispute = await screen.findByTestId(tid.menuEntry("dispute"));
  expect(dispute.title).toBe(zh.app.endedRound);
  expect(dispute.closest("[role=menuitem]")?.getAttribute("aria-disabled")).toBe("true");
  expect(bridge.calls.some(({ name }) => /decide|dispute|choose/.test(name))).toBe(false);
});

it("approves no page of the grid", async () => {
  const bridge = open("grid");
  const commit = await screen.findByTestId(tid.gridCommit);
  await waitFor(() => expect(commit.title).toBe(zh.app.endedRound));
  expect(stopped(tid.gridCommit)).toBe(true);
  fireEvent.keyDown(screen.getByTestId(tid.grid), { code: "Enter" });
  await waitFor(() => expect(screen.getByTestId(tid.gridSaid).textContent).toBe(zh.app.endedRound));
  expect(bridge.calls.some((call) => call.name === "grid_commit")).toBe(false);
});

it("changes nobody's range", async () => {
  open("scope");
  await screen.findByTestId(tid.scopeLimit);
  await waitFor(() => expect(stopped(tid.scopeLimit)).toBe(true));
});

it("takes in nothing more, and says why", async () => {
  const doors: [Screen, string][] = [
    ["photos", tid.photosFolder],
    ["photos", tid.photosZip],
    ["photos", tid.photosCodes],
    ["photos", tid.photosReferences],
    ["photos", tid.watchFolder],
    ["roster", tid.rosterPick],
    ["fees", tid.feePick],
    ["fees", tid.feeAmount],
    ["students", tid.rosterUndo],
  ];
  for (const [at, door] of doors) {
    open(at);
    const button = await screen.findByTestId(door);
    await waitFor(() => expect(button.matches(":disabled")).toBe(true));
    expect(button.closest("fieldset")?.title).toBe(zh.app.endedRound);
    cleanup();
  }
});

it("says nothing more of a student, and of no photo whose it is", async () => {
  open("students");
  const mark = await screen.findByTestId<HTMLButtonElement>(tid.mark(studentOf(0).student_no));
  await waitFor(() => expect(mark.disabled).toBe(true));
  expect(mark.title).toBe(zh.app.endedRound);
  cleanup();
  open("photos");
  const [dismiss] = await screen.findAllByTestId(/^pile-dismiss-\d+$/);
  await waitFor(() => expect(dismiss?.matches(":disabled")).toBe(true));
});

it("calls nobody to what it left open", async () => {
  open("log");
  await screen.findByTestId(tid.endedNote);
  // Photos wait in piles and for the desk all the same.
  expect(document.querySelector(".nav-badge")).toBeNull();
  fireEvent.click(screen.getByTestId(tid.nav("rounds")));
  const waiting = await screen.findByTestId(tid.roundCount("pending"));
  expect(waiting.textContent).not.toBe("0");
  expect(document.querySelector(".figure-look")).toBeNull();
});
