/** An undo that would take back more than one student's decision is asked about first. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

const RELEASE = "抽样批量通过 2202002180 陈晓彤 等 3 张";

async function deskAfterRelease() {
  const bridge = fakeBridge(6);
  bridge.handlers.act_peek = () => ({ summary: RELEASE, what: "bulk_approved", plan: 7, total: 3, act: 70 });
  bridge.handlers.act_undo = () => ({
    act: { summary: `已撤销：${RELEASE}`, item: null, items: [], total: 0 },
  });
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  const undos = () => bridge.calls.filter((call) => call.name === "act_undo").length;
  return { bridge, undos };
}

it("asks before one Z takes a whole release back, and lets no key decide meanwhile", async () => {
  const { bridge, undos } = await deskAfterRelease();
  press("KeyZ");
  const question = await screen.findByTestId(tid.undoAsk);
  expect(question.textContent).toBe(zh.desk.undoAsk.title(RELEASE));
  expect(document.activeElement).toBe(screen.getByTestId(tid.undoAskNo));
  for (const code of ["KeyZ", "KeyF", "KeyS", "KeyD", "Backspace"]) press(code);
  fireEvent.click(screen.getByTestId(tid.approve));
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.asked);
  expect([undos(), sent(bridge)]).toEqual([0, []]);
  fireEvent.click(screen.getByTestId(tid.undoAskYes));
  await waitFor(() => expect(screen.getByTestId(tid.hint).textContent).toContain("已撤销"));
  expect([undos(), screen.queryByTestId(tid.undoAsk)]).toEqual([1, null]);
  // Just what was asked about: another act that came meanwhile is not taken back in its place.
  expect(bridge.calls.find((call) => call.name === "act_undo")?.args).toEqual({ round: 1, seen: 70 });
});

it("leaves all as it is on Esc, and goes on with the photo's own keys", async () => {
  const { bridge, undos } = await deskAfterRelease();
  press("KeyZ");
  await screen.findByTestId(tid.undoAsk);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", code: "Escape" });
  expect(screen.queryByTestId(tid.undoAsk)).toBeNull();
  press("KeyF");
  await waitFor(() => expect(sent(bridge).map((one) => one.submission)).toEqual([1]));
  expect(undos()).toBe(0);
});

it("is answered by Y and by N, which its answers show, and says of any other key that it means nothing", async () => {
  const { undos } = await deskAfterRelease();
  const note = () => screen.getByTestId(tid.undoAskNote).textContent;
  press("KeyZ");
  expect((await screen.findByTestId(tid.undoAskYes)).textContent).toContain("Y");
  expect(screen.getByTestId(tid.undoAskNo).textContent).toContain("N Esc");
  expect(note()).toBe(zh.desk.undoAsk.note);
  for (const code of ["ShiftLeft", "Tab", "F5"]) press(code);
  expect(note()).toBe(zh.desk.undoAsk.note);
  press("KeyZ");
  expect(note()).toBe(zh.desk.undoAsk.missed);
  press("KeyN");
  expect([screen.queryByTestId(tid.undoAsk), undos()]).toEqual([null, 0]);
  press("KeyZ");
  await screen.findByTestId(tid.undoAsk);
  expect(note()).toBe(zh.desk.undoAsk.note);
  // Neither a key held down since before, nor one of a shortcut, is an answer.
  for (const held of [{ repeat: true }, { ctrlKey: true }, { shiftKey: true }])
    fireEvent.keyDown(document.activeElement ?? document.body, { code: "KeyY", ...held });
  expect([screen.queryByTestId(tid.undoAsk) !== null, undos()]).toEqual([true, 0]);
  press("KeyY");
  await waitFor(() => expect(undos()).toBe(1));
  expect(screen.queryByTestId(tid.undoAsk)).toBeNull();
});

it("leaves letters to a box that is typed into meanwhile", async () => {
  const { undos } = await deskAfterRelease();
  press("KeyZ");
  await screen.findByTestId(tid.undoAsk);
  screen.getByTestId(tid.deskFind).focus();
  press("KeyY");
  expect([screen.queryByTestId(tid.undoAsk) !== null, undos()]).toEqual([true, 0]);
});

it("keeps the keys between its two answers", async () => {
  await deskAfterRelease();
  press("KeyZ");
  const no = await screen.findByTestId(tid.undoAskNo);
  const yes = screen.getByTestId(tid.undoAskYes);
  const walk = (init: object) => {
    fireEvent.keyDown(document.activeElement ?? document.body, init);
    return document.activeElement;
  };
  expect(walk({ code: "Tab" })).toBe(yes);
  expect(walk({ code: "Tab" })).toBe(no);
  expect(walk({ code: "Tab", shiftKey: true })).toBe(yes);
  const behind = screen.getByTestId(tid.nav("help"));
  behind.focus();
  expect(fireEvent.keyDown(behind, { code: "Enter" })).toBe(false);
  expect(document.activeElement).toBe(no);
  no.blur();
  expect(walk({ code: "Tab" })).toBe(no);
});

it("takes one photo's decision back without a question", async () => {
  const { bridge, undos } = await deskAfterRelease();
  const summary = "审核 2202002180 陈晓彤";
  bridge.handlers.act_peek = () => ({ summary, what: "decided", plan: null, total: 1, act: 70 });
  press("KeyZ");
  await waitFor(() => expect(undos()).toBe(1));
  expect(screen.queryByTestId(tid.undoAsk)).toBeNull();
});

it("asks before a page of the grid is taken back from the desk", async () => {
  const { bridge, undos } = await deskAfterRelease();
  const page = "审核 2202002180 陈晓彤 等 24 张";
  bridge.handlers.act_peek = () => ({ summary: page, what: "decided", plan: null, total: 24, act: 70 });
  press("KeyZ");
  expect((await screen.findByTestId(tid.undoAsk)).textContent).toBe(zh.desk.undoAsk.title(page));
  expect(undos()).toBe(0);
});

it("takes a choice among one student's photos back without a question, several as they are and whatever it is called", async () => {
  const { bridge, undos } = await deskAfterRelease();
  const summary = "2202002180 陈晓彤 等 2 张";
  bridge.handlers.act_peek = () => ({ summary, what: "photo_chosen", plan: null, total: 2, act: 70 });
  press("KeyZ");
  await waitFor(() => expect(undos()).toBe(1));
  expect(screen.queryByTestId(tid.undoAsk)).toBeNull();
  expect(bridge.calls.find((call) => call.name === "act_undo")?.args).toEqual({ round: 1, seen: 70 });
});
