/** A photo that the student replaced while it lay in the queue: the way to the new one, and on without it. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { itemOf } from "./fake/roundData";
import * as sitting from "./fake/sitting";

const NEWER = 90;

/** The first student hands in another photo: only that one may be decided on from now on. */
function replaceFirst(bridge: FakeBridge) {
  const { decide, show } = {
    decide: bridge.handlers.submission_decide,
    show: bridge.handlers.submission_show,
  };
  if (!decide || !show) throw new Error("no handlers");
  const old = bridge.items.get(1) ?? itemOf(1);
  const fresh = { ...itemOf(NEWER), student_no: old.student_no, name: old.name, sequence: 2 };
  bridge.items.set(NEWER, fresh);
  bridge.handlers.submission_decide = (args) => {
    if (args.submission === 1) throw failure("该学生已提交新的照片，请审核新提交", "conflict");
    return decide(args);
  };
  bridge.handlers.submission_show = async (args) => {
    const view = await show(args);
    const [own] = view.history;
    if (!own || ![1, NEWER].includes(args.submission)) return view;
    const history = [
      { ...own, submission: 1, photo: old.photo, sequence: 1 },
      { ...own, submission: NEWER, photo: fresh.photo, sequence: 2 },
    ];
    return { ...view, history };
  };
}

it("offers the new photo where the old one was refused, and shows it in its place", async () => {
  const bridge = fakeBridge(4);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  replaceFirst(bridge);
  press("KeyF");
  const way = await screen.findByTestId(tid.showNewer);
  fireEvent.click(way);
  await painted(NEWER);
  expect(screen.queryByTestId(tid.banner)).toBeNull();
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.newerShown);
  press("KeyF");
  await painted(2);
  await waitFor(() => expect(sent(bridge).at(-1)).toMatchObject({ submission: NEWER, kind: "approved" }));
});

it("leaves the replaced photo behind, and counts it for none that was left out", async () => {
  const bridge = fakeBridge(3);
  const session = await sitting.sitAt(bridge, "pending");
  replaceFirst(bridge);
  await sitting.press(session, "approved");
  await session.settled();
  await sitting.settle();
  expect(session.snapshot().banner?.newer).toBe(NEWER);
  session.dismiss();
  session.move(1);
  await sitting.press(session, "approved");
  await sitting.press(session, "approved");
  expect(session.snapshot()).toMatchObject({ finished: true, skipped: 0 });
});

it("offers no other photo where the disk was full", async () => {
  const bridge = fakeBridge(3);
  const session = await sitting.sitAt(bridge, "pending");
  bridge.handlers.submission_decide = () => {
    throw failure("磁盘已满");
  };
  await sitting.press(session, "approved");
  await session.settled();
  await sitting.settle();
  expect(session.snapshot().banner).toMatchObject({ newer: null });
});

it("says nothing of a verdict that was refused", async () => {
  const bridge = fakeBridge(12);
  const session = await sitting.sitAt(bridge, "rule:EXP-02");
  bridge.handlers.submission_decide = () => {
    throw failure("磁盘已满");
  };
  await sitting.press(session, "approved");
  expect(session.snapshot().hint).not.toBeNull();
  await session.settled();
  expect(session.snapshot()).toMatchObject({ hint: null });
  expect(session.snapshot().banner).not.toBeNull();
});
