/** Undo and redo in a sitting: what a key takes back, and that it takes back nothing older than it was meant for. */
import { beforeEach, describe, expect, it } from "vitest";
import type { DeskSession } from "../src/desk/session";
import type { SessionHost } from "../src/desk/snapshot";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { press as act, paint, sent as sentBy, settle, sitAt } from "./fake/sitting";

let bridge: FakeBridge;
let clock = 0;

const sit = (queue = "pending", part: Partial<SessionHost> = {}) =>
  sitAt(bridge, queue, { now: () => clock, ...part });

function open(photos = 6, queue = "pending"): Promise<DeskSession> {
  bridge = fakeBridge(photos);
  return sit(queue);
}

const sent = () => sentBy(bridge);
const current = (session: DeskSession) => session.snapshot().items[session.snapshot().index]?.submission;

beforeEach(() => {
  clock = 0;
});

describe("undo and redo", () => {
  it("goes back to the photo, in any depth, and forward again", async () => {
    const session = await open();
    for (let press = 0; press < 3; press += 1) await act(session, "approved");
    session.undo();
    session.undo();
    await session.settled();
    expect(current(session)).toBe(2);
    expect(
      session
        .snapshot()
        .items.slice(0, 3)
        .map((item) => item.decision),
    ).toEqual(["approved", "", ""]);
    expect(session.snapshot().hint?.text).toBe("已撤销：审核");
    session.redo();
    await session.settled();
    expect(current(session)).toBe(2);
    expect(session.snapshot().items[1]?.decision).toBe("approved");
  });

  it("comes after the decisions typed before it", async () => {
    const session = await open();
    await act(session, "approved");
    session.undo();
    await session.settled();
    const order = bridge.calls.map((call) => call.name).filter((name) => /decide|undo/.test(name));
    expect(order).toEqual(["submission_decide", "act_undo"]);
    expect(session.snapshot().items[0]?.decision).toBe("");
  });

  it("lets no decision through while it is under way", async () => {
    const session = await open();
    await act(session, "approved");
    await settle();
    paint(session);
    session.undo();
    session.decide("held");
    await session.settled();
    expect(sent().map((one) => one.submission)).toEqual([1]);
    expect(current(session)).toBe(1);
  });

  it("lets a photo be decided anew after it was undone", async () => {
    const session = await open();
    await act(session, "approved");
    session.undo();
    await session.settled();
    await act(session, "held");
    await session.settled();
    expect(session.snapshot().items[0]?.decision).toBe("held");
    expect(current(session)).toBe(2);
  });

  it("goes on behind the furthest photo after an early one was decided anew", async () => {
    const session = await open();
    for (let press = 0; press < 3; press += 1) await act(session, "approved");
    session.goTo(0);
    await act(session, "held");
    expect(current(session)).toBe(4);
    await session.settled();
  });

  it("says when there is nothing to take back", async () => {
    const session = await open();
    session.undo();
    await session.settled();
    expect(session.snapshot().hint?.text).toBe(zh.desk.nothingToUndo);
  });
});

describe("what an undo is about", () => {
  it("takes nothing older back by an undo that was meant for a key that came too early", async () => {
    const session = await open(4);
    await act(session, "approved");
    await session.settled();
    session.decide("approved");
    session.undo();
    await session.settled();
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.nothingDone);
    expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
    clock += 1000;
    session.undo();
    await session.settled();
    expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(true);
  });

  it("takes the last decision back although a key before it came too early", async () => {
    const session = await open(8);
    await act(session, "approved");
    session.decide("held");
    for (let n = 0; n < 3; n += 1) await act(session, "approved");
    session.undo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(1);
    expect(current(session)).toBe(4);
  });

  it("takes nothing older back behind a mark, which only the mark's own key takes back", async () => {
    const session = await open(4);
    await act(session, "approved");
    await session.settled();
    const code = session.snapshot().view?.findings[0]?.rule ?? "";
    session.dispute(code);
    clock += 60_000;
    session.undo();
    await session.settled();
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.markStays("M"));
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(0);
    session.undo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(1);
  });

  it("takes the last decision back when the photo of the mark was left", async () => {
    const session = await open(4);
    await act(session, "approved");
    await session.settled();
    session.dispute(session.snapshot().view?.findings[0]?.rule ?? "");
    session.move(1);
    session.undo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(1);
  });

  it("says once that nothing came about, and takes the next undo as it promised", async () => {
    const session = await open(4);
    await act(session, "approved");
    session.decide("approved");
    session.undo();
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.nothingDone);
    session.undo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(1);
    expect(current(session)).toBe(1);
  });

  it("takes nothing older back behind a key that came while an undo was on its way", async () => {
    const session = await open(4);
    for (let n = 0; n < 2; n += 1) await act(session, "held");
    session.undo();
    session.decide("approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.undoing);
    session.undo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_undo")).toHaveLength(1);
    expect([...bridge.items.values()].filter((item) => item.decision === "held")).toHaveLength(1);
  });

  it("takes nothing older back behind a key that only said what stands already", async () => {
    const session = await open(4);
    for (let n = 0; n < 2; n += 1) await act(session, "approved");
    await session.settled();
    session.goTo(0);
    await settle();
    await act(session, "approved");
    session.undo();
    await session.settled();
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.nothingDone);
    expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
  });

  it("does again what was taken back, whatever key came too early before", async () => {
    const session = await open(4);
    await act(session, "approved");
    session.undo();
    await session.settled();
    session.goTo(2);
    session.decide("approved");
    session.redo();
    await session.settled();
    expect(bridge.calls.filter((call) => call.name === "act_redo")).toHaveLength(1);
  });

  it("takes nothing back while a decision that failed is still to be read", async () => {
    const session = await open(4);
    bridge.handlers.submission_decide = () => {
      throw failure("conflict");
    };
    await act(session, "approved");
    await session.settled();
    expect(session.snapshot().banner).not.toBeNull();
    session.undo();
    await session.settled();
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.locked);
    expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
  });

  it("does not let a following undo take back an older act", async () => {
    const session = await open();
    await act(session, "approved");
    await session.settled();
    bridge.handlers.submission_decide = () => {
      throw failure("磁盘已满");
    };
    await act(session, "approved");
    session.undo();
    await session.settled();
    expect(bridge.calls.some((call) => call.name === "act_undo")).toBe(false);
    expect(session.snapshot().items[0]?.decision).toBe("approved");
  });
});

it("sends a decision anew on every photo of an act that was undone", async () => {
  bridge = fakeBridge(4);
  const session = await sit();
  for (let n = 0; n < 4; n += 1) await act(session, "approved");
  await session.settled();
  const all = [...session.snapshot().items];
  expect(all.map((item) => item.decision)).toEqual(["approved", "approved", "approved", "approved"]);
  // One act on all four, of which the answer lists them all: as a page of the grid is taken back.
  const open = all.map((item) => ({ ...item, decision: "", decision_id: null }));
  for (const item of open) bridge.items.set(item.submission, item);
  const [first] = open;
  if (!first) throw new Error("no photo");
  bridge.handlers.act_undo = () => ({
    act: { summary: "已撤销：审核 等 4 张", item: first, items: open, total: 4 },
  });
  session.undo();
  await session.settled();
  expect(session.snapshot().items.map((item) => item.decision)).toEqual(["", "", "", ""]);
  const before = sent().length;
  bridge.handlers.submission_decide = ({ submission, kind }) => ({
    item: { ...(bridge.items.get(submission) ?? first), decision: kind, decision_id: 900 + submission },
    review: null,
  });
  for (let n = 0; n < 4; n += 1) await act(session, "approved");
  await session.settled();
  expect(sent().length - before).toBe(4);
  expect(
    sent()
      .slice(before)
      .map(({ seen_decision }) => seen_decision),
  ).toEqual([null, null, null, null]);
});
