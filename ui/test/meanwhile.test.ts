/** What somebody else decided since the queue was opened is changed by nobody who was not told. */
import { beforeEach, expect, it } from "vitest";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";
import { elsewhere, paint, press, sent, settle, sitAt } from "./fake/sitting";

let clock = 0;
const now = () => clock;
const hint = zh.desk.hint;

beforeEach(() => {
  clock = 0;
});

it("passes over a photo far ahead that a colleague rejected, and says so", async () => {
  const bridge = fakeBridge(20);
  const session = await sitAt(bridge, "pending", { now });
  await elsewhere(bridge, "甲", 13, "rejected");
  const said: string[] = [];
  for (let n = 0; n < 19; n += 1) {
    await press(session, "approved");
    said.push(session.snapshot().hint?.text ?? "");
  }
  await session.settled();
  expect(sent(bridge).map((one) => one.submission)).not.toContain(13);
  expect(sent(bridge)).toHaveLength(19);
  expect(bridge.decisions.get(13)?.kind).toBe("rejected");
  const line = hint.meanwhileOne(bridge.items.get(13)?.name ?? "", "甲", "rejected");
  expect(said.filter((text) => text.includes(hint.passedOver([line])))).toHaveLength(1);
  expect(session.snapshot()).toMatchObject({ finished: true, skipped: 0, index: 19 });
});

it("goes on from the next photo when word of a colleague's decision comes before it was seen", async () => {
  const bridge = fakeBridge(4);
  const show = bridge.handlers.submission_show;
  let answer: () => void = () => undefined;
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  bridge.handlers.submission_show = async (args) => {
    if (args.submission === 2) await late;
    if (!show) throw new Error("no view");
    return show(args);
  };
  const session = await sitAt(bridge, "pending", { now });
  await elsewhere(bridge, "甲", 2, "held");
  await press(session, "approved");
  expect(session.item()?.submission).toBe(2);
  answer();
  await settle();
  expect(session.item()?.submission).toBe(3);
  expect(session.snapshot().hint?.text).toContain("甲");
  await session.settled();
});

it("says first whose decision stands there when the reviewer goes to it, and takes the key after that", async () => {
  const bridge = fakeBridge(8);
  const session = await sitAt(bridge, "pending", { now });
  await elsewhere(bridge, "甲", 7, "rejected");
  session.goTo(6);
  await press(session, "approved");
  expect(session.snapshot().hint?.text).toBe(hint.decidedMeanwhile("甲", "rejected", "approved"));
  expect(session.item()?.submission).toBe(7);
  // Two quick presses are not two looks.
  clock += 50;
  await press(session, "approved");
  expect(sent(bridge)).toEqual([]);
  // Said of 通过, it is not said of 存疑.
  clock += 1000;
  await press(session, "held");
  expect(session.snapshot().hint?.text).toBe(hint.decidedMeanwhile("甲", "rejected", "held"));
  clock += 1000;
  await press(session, "held");
  await session.settled();
  expect(sent(bridge)).toMatchObject([{ submission: 7, kind: "held" }]);
});

it("takes one key where the decision stood already when the queue was opened, or is one's own", async () => {
  const bridge = fakeBridge(4);
  await elsewhere(bridge, "甲", 1, "approved");
  const session = await sitAt(bridge, "approved", { now });
  await press(session, "held");
  await session.settled();
  expect(sent(bridge)).toMatchObject([{ submission: 1, kind: "held" }]);
  const own = await sitAt(bridge, "pending", { now });
  await elsewhere(bridge, bridge.reviewer, 4, "approved");
  own.goTo(2);
  await settle();
  paint(own);
  await press(own, "held");
  await own.settled();
  expect(sent(bridge).at(-1)).toMatchObject({ submission: 4, kind: "held" });
});

it("decides by one key again once the colleague's decision was seen come back by an undo", async () => {
  const bridge = fakeBridge(8);
  const session = await sitAt(bridge, "pending", { now });
  await elsewhere(bridge, "甲", 7, "rejected");
  session.goTo(6);
  await press(session, "approved");
  clock += 1000;
  await press(session, "approved");
  session.undo();
  await session.settled();
  expect(bridge.decisions.get(7)?.reviewer).toBe("甲");
  await press(session, "held");
  await session.settled();
  expect(sent(bridge).at(-1)).toMatchObject({ submission: 7, kind: "held" });
});

it("writes nothing where a colleague's same verdict is confirmed, and signs none of their words", async () => {
  const bridge = fakeBridge(3);
  await elsewhere(bridge, "甲", 1, "approved");
  const theirs = bridge.decisions.get(1);
  if (!theirs) throw new Error("no decision");
  bridge.decisions.set(1, { ...theirs, note: "眼镜反光？" });
  const session = await sitAt(bridge, "approved", { now });
  expect(session.snapshot().draft.note).toBe("");
  await press(session, "approved");
  await session.settled();
  expect(sent(bridge)).toEqual([]);
  session.goTo(0);
  await press(session, "held");
  await session.settled();
  expect(sent(bridge)).toMatchObject([{ kind: "held", note: "" }]);
});

it("overrules nobody whose decision came to be known while the key before it waited to be sent", async () => {
  const bridge = fakeBridge(8);
  const decide = bridge.handlers.submission_decide;
  if (!decide) throw new Error("no station");
  let answer: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  bridge.handlers.submission_decide = async (args) => {
    if (args.submission === 1) await slow;
    return decide(args);
  };
  const session = await sitAt(bridge, "pending", { now });
  await press(session, "approved");
  await press(session, "approved");
  await elsewhere(bridge, "甲", 2, "rejected");
  // Gone far enough away that the photo is read anew on coming back.
  session.goTo(5);
  await settle();
  session.goTo(1);
  await settle();
  expect(session.snapshot().view?.decision?.reviewer).toBe("甲");
  answer();
  await session.settled();
  expect(bridge.decisions.get(2)).toMatchObject({ reviewer: "甲", kind: "rejected" });
  expect(session.snapshot().banner?.failure.code).toBe("conflict");
});

it("says whose the photo became while it stood there, before a key decides on it for that student", async () => {
  const bridge = fakeBridge(4);
  const session = await sitAt(bridge, "pending", { now });
  paint(session);
  const before = bridge.items.get(1);
  if (!before) throw new Error("no photo");
  bridge.items.set(1, { ...before, student_no: "2021999", name: "丙" });
  session.retry();
  await settle();
  expect(session.item()?.student_no).toBe("2021999");
  await press(session, "approved");
  expect(session.snapshot().hint?.text).toBe(hint.movedMeanwhile("2021999 丙"));
  clock += 50;
  await press(session, "approved");
  expect(sent(bridge)).toEqual([]);
  clock += 1000;
  await press(session, "approved");
  await session.settled();
  expect(sent(bridge)).toMatchObject([{ submission: 1, seen_student: "2021999" }]);
});
