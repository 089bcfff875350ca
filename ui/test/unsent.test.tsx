/** What was written at the desk and not sent, when the window is locked: it waits for its photo and for whoever wrote it. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { draftOf } from "../src/desk/reasons";
import { Unsent } from "../src/desk/unsent";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";
import { clickByMouse } from "./fake/mouse";
import { office, PIN } from "./fake/seatBridge";

const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });

async function deskAt(submission: number) {
  const bridge = fakeBridge(6);
  office(bridge);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  await walk(submission);
  return bridge;
}

async function walk(submission: number) {
  for (let at = Number(screen.getByTestId(tid.desk).dataset.submission); at < submission; at += 1) {
    press("ArrowRight");
    await painted(at + 1);
  }
}

/** The window is locked, and this person signs in. */
async function lockedFor(person: number) {
  fireEvent.click(screen.getByTestId(tid.lock));
  await screen.findByTestId(tid.signIn);
  fireEvent.click(screen.getByTestId(tid.signInPerson(person)));
  type(tid.signInPin, PIN);
  fireEvent.click(screen.getByTestId(tid.signInGo));
  await screen.findByTestId(tid.desk);
}

it("keeps a reason that was being reworded, and the note, over the lock", async () => {
  const bridge = await deskAt(4);
  type(tid.note, "已电话告知");
  const row = screen.getByTestId(tid.reason(1));
  clickByMouse(row.querySelector(".reason-text") ?? row);
  const box = screen.getByLabelText<HTMLInputElement>(zh.desk.editReason);
  box.focus();
  fireEvent.change(box, { target: { value: "请把嘴闭上再" } });
  await lockedFor(1);
  // The place is found again as well.
  await painted(4);
  expect(screen.getByTestId(tid.reason(1)).textContent).toContain("请把嘴闭上再");
  expect(screen.getByTestId<HTMLInputElement>(tid.note).value).toBe("已电话告知");
  expect(sent(bridge)).toEqual([]);
  press("KeyD");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]).toMatchObject({ submission: 4, note: "已电话告知" });
});

it("goes on at the photo whose reason of one's own was half written, and sends nothing by itself", async () => {
  const bridge = await deskAt(3);
  fireEvent.click(screen.getByTestId(tid.reasonAdd));
  const box = await screen.findByTestId<HTMLInputElement>(tid.stripInput);
  fireEvent.change(box, { target: { value: "背景里有别" } });
  await lockedFor(1);
  await painted(3);
  expect(screen.getByTestId<HTMLInputElement>(tid.stripInput).value).toBe("背景里有别");
  expect(sent(bridge)).toEqual([]);
  // Put away, it is gone for good.
  fireEvent.keyDown(screen.getByTestId(tid.stripInput), { key: "Escape", code: "Escape" });
  await lockedFor(1);
  await painted(3);
  expect(screen.queryByTestId(tid.stripInput)).toBeNull();
});

it("shows nobody what another wrote", async () => {
  await deskAt(3);
  type(tid.note, "我的备注");
  fireEvent.click(screen.getByTestId(tid.reasonAdd));
  fireEvent.change(await screen.findByTestId(tid.stripInput), { target: { value: "背景里有别" } });
  await lockedFor(2);
  await painted(1);
  await walk(3);
  expect(screen.queryByTestId(tid.stripInput)).toBeNull();
  expect(screen.getByTestId<HTMLInputElement>(tid.note).value).toBe("");
  await lockedFor(1);
  await painted(3);
  expect(screen.getByTestId<HTMLInputElement>(tid.stripInput).value).toBe("背景里有别");
  expect(screen.getByTestId<HTMLInputElement>(tid.note).value).toBe("我的备注");
});

it("forgets a draft once somebody decided on its photo, or it was sent", async () => {
  const bridge = fakeBridge(2);
  const { items } = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
  const item = items[0];
  if (!item) throw new Error("no photo");
  const draft = draftOf(await bridge.call("submission_show", { submission: item.submission }), "张老师");
  const unsent = new Unsent();
  unsent.keep(item, draft);
  expect(unsent.draftOf(item)).toBe(draft);
  expect(unsent.draftOf({ ...item, decision_id: 7 })).toBeNull();
  unsent.sent(item, draft);
  expect(unsent.draftOf(item)).toBeNull();
  // Written on while what stood there before was on its way: it is about the decision that came of that.
  const decided = { ...item, decision: "approved", decision_id: 8 };
  const more = { ...draft, note: "又写了一句" };
  unsent.keep(item, more);
  unsent.sent(decided, draft);
  expect(unsent.draftOf(decided)).toBe(more);
  expect(unsent.draftOf(item)).toBeNull();
});
