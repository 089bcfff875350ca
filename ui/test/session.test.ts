/** A sitting at the desk: what each key press does to which photo, and in which order it is sent. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox } from "../src/app/outbox";
import { DeskSession } from "../src/desk/session";
import type { SessionHost } from "../src/desk/snapshot";
import { Unsent } from "../src/desk/unsent";
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

describe("deciding", () => {
  it("goes on at once and sends in the order of the keys", async () => {
    const session = await open();
    await act(session, "approved");
    expect(current(session)).toBe(2);
    await act(session, "held");
    await act(session, "approved");
    expect(current(session)).toBe(4);
    await session.settled();
    expect(sent().map((one) => [one.submission, one.kind])).toEqual([
      [1, "approved"],
      [2, "held"],
      [3, "approved"],
    ]);
    expect(
      session
        .snapshot()
        .items.slice(0, 3)
        .map((item) => item.decision),
    ).toEqual(["approved", "held", "approved"]);
  });

  it("sends the next decision only after the one before was answered", async () => {
    const session = await open();
    const release: (() => void)[] = [];
    const decide = bridge.handlers.submission_decide;
    bridge.handlers.submission_decide = async (args) => {
      await new Promise<void>((resolve) => release.push(resolve));
      if (!decide) throw failure("none");
      return decide(args);
    };
    await act(session, "approved");
    await act(session, "approved");
    await settle();
    expect(sent()).toHaveLength(1);
    expect(session.snapshot().sending).toBe(2);
    release.shift()?.();
    await settle();
    expect(sent()).toHaveLength(2);
    release.shift()?.();
    await session.settled();
    expect(session.snapshot().sending).toBe(0);
  });

  it("does nothing before the photo is painted, and says so", async () => {
    const session = await open();
    session.decide("approved");
    expect(current(session)).toBe(1);
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.notPainted);
    await session.settled();
    expect(sent()).toEqual([]);
  });

  it("goes on saying that a key came too early after the next one served", async () => {
    const session = await open(4);
    session.decide("approved");
    await act(session, "approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.notPainted);
    clock = 5000;
    await act(session, "approved");
    expect(session.snapshot().hint).toBeNull();
    await session.settled();
  });

  it("never lets keys typed faster than the screen hit a photo that was not seen", async () => {
    const session = await open(40);
    for (let press = 0; press < 100; press += 1) {
      // The screen paints every third key.
      if (press % 3 === 0) {
        await settle();
        paint(session);
      }
      const seen = session.snapshot();
      const before = sent().length;
      session.decide("approved");
      await settle();
      const news = sent().slice(before);
      expect(news.length).toBe(seen.painted && !seen.finished ? 1 : 0);
      if (news[0]) expect(news[0].submission).toBe(seen.items[seen.index]?.submission);
    }
    await session.settled();
    const submissions = sent().map((one) => one.submission);
    expect(submissions).toEqual([...new Set(submissions)]);
    expect(submissions).toHaveLength(34);
  });

  it("ignores a report that another photo was painted", async () => {
    const session = await open();
    await act(session, "approved");
    session.markPainted(1);
    expect(session.snapshot().painted).toBe(false);
    session.decide("approved");
    await session.settled();
    expect(sent().map((one) => one.submission)).toEqual([1]);
  });

  it("waits until the picture is decoded", async () => {
    let decoded: () => void = () => undefined;
    vi.spyOn(HTMLImageElement.prototype, "decode").mockImplementation(
      () => new Promise<void>((resolve) => (decoded = resolve)),
    );
    bridge = fakeBridge(1);
    const session = await sit();
    paint(session);
    session.decide("approved");
    expect(session.snapshot().painted).toBe(false);
    decoded();
    await settle();
    await act(session, "approved");
    await session.settled();
    expect(sent()).toHaveLength(1);
  });

  it("lets a photo that cannot be shown be sent back but not approved", async () => {
    vi.spyOn(HTMLImageElement.prototype, "decode").mockRejectedValue(new Error("broken"));
    bridge = fakeBridge(2);
    const session = await sit();
    await act(session, "approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.broken);
    await act(session, "held");
    await session.settled();
    expect(sent().map((one) => one.kind)).toEqual(["held"]);
  });

  it("asks for the reviewer before the first decision and takes none without", async () => {
    bridge = fakeBridge(2);
    bridge.reviewer = "";
    const session = await sit();
    await act(session, "approved");
    await session.settled();
    expect(sent()).toEqual([]);
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.reviewer);
  });

  it("writes nothing when the very decision stands already", async () => {
    const session = await open(2);
    await act(session, "approved");
    await session.settled();
    await settle();
    session.goTo(0);
    await act(session, "approved");
    await session.settled();
    expect(sent()).toHaveLength(1);
  });

  it("says that nothing was written where a failing photo was passed already, and offers no undo of it", async () => {
    const session = await open(12);
    const failing = session.snapshot().items.findIndex((item) => item.verdict === "fail");
    session.goTo(failing);
    await act(session, "approved");
    await session.settled();
    session.goTo(failing);
    await act(session, "approved");
    await session.settled();
    expect(sent()).toHaveLength(1);
    const { name } = session.snapshot().items[failing] ?? { name: "" };
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.unchanged(name, "通过"));
  });

  it("settles two people's difference by saying the second's verdict again", async () => {
    bridge = fakeBridge(2);
    const first = {
      submission: 1,
      seen_decision: null,
      seen_student: bridge.items.get(1)?.student_no ?? "",
      second: false,
      kind: "approved",
      reasons: [],
      note: "",
    };
    await bridge.call("submission_decide", first);
    const known = await bridge.call("submission_show", { submission: 1 });
    const review = { state: "differs", own: false, first: null, second: known.decision };
    bridge.handlers.submission_show = () => ({ ...known, review });
    const session = await sit("approved");
    await act(session, "approved");
    await session.settled();
    expect(sent()).toHaveLength(2);
  });

  it("hands on which decision was seen", async () => {
    const session = await open(2);
    await act(session, "approved");
    session.goTo(0);
    await act(session, "held");
    await session.settled();
    expect(sent().map((one) => [one.submission, one.seen_decision])).toEqual([
      [1, null],
      [1, 1],
    ]);
    expect(session.snapshot().items[0]?.decision).toBe("held");
  });

  it("decides for the student that was shown, and shows whose photo it is when that was another by then", async () => {
    const session = await open(3);
    await settle();
    paint(session);
    const shown = bridge.items.get(1);
    const other = bridge.items.get(3);
    if (!shown || !other) throw new Error("no such photos");
    const given = { student_no: other.student_no, name: other.name };
    bridge.items.set(1, { ...shown, ...given });
    session.decide("approved");
    await session.settled();
    await settle();
    expect(sent().map((one) => one.seen_student)).toEqual([shown.student_no]);
    expect(bridge.decisions.size).toBe(0);
    expect(session.snapshot().banner?.failure.message).toContain(shown.student_no);
    expect(current(session)).toBe(1);
    expect(session.snapshot().items[0]).toMatchObject(given);
    session.dismiss();
    await act(session, "approved");
    await session.settled();
    expect(sent()[1]?.seen_student).toBe(other.student_no);
    expect(bridge.decisions.get(1)?.kind).toBe("approved");
  });
});

describe("rejecting", () => {
  it("sends the ticked reasons", async () => {
    const session = await open(5, "rule:EXP-02");
    await act(session, "rejected");
    await session.settled();
    expect(sent()[0]?.reasons.map((reason) => reason.code)).toContain("EXP-02");
  });

  it("opens the strip instead when nothing is ticked, and sends what is then chosen", async () => {
    const session = await open(2, "clear");
    const before = current(session);
    await act(session, "rejected");
    expect(session.snapshot().strip).toBe(true);
    expect(current(session)).toBe(before);
    session.changeDraft((draft) => ({ ...draft, reasons: [{ code: null, text: "请换照片", on: true }] }));
    session.decide("rejected");
    await session.settled();
    expect(sent()).toEqual([
      {
        submission: before,
        seen_decision: null,
        seen_student: bridge.items.get(before ?? 0)?.student_no,
        second: false,
        kind: "rejected",
        reasons: [{ code: null, text: "请换照片" }],
        note: "",
      },
    ]);
    expect(session.snapshot().strip).toBe(false);
  });
});

it("says so when a photo with failing findings is passed, and only then", async () => {
  const session = await open(12);
  const told: string[] = [];
  const meant: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    await settle();
    const { items, index, view } = session.snapshot();
    const failing = view?.findings.filter((one) => one.severity === "fail").length ?? 0;
    if (failing > 0) meant.push(zh.desk.hint.passedFailing(items[index]?.name ?? "", failing, "Z"));
    await act(session, "approved");
    const said = session.snapshot().hint?.text;
    if (said) told.push(said);
  }
  expect(meant.length).toBeGreaterThan(0);
  expect(told).toEqual(meant);
});

it("takes on the rest of a long queue without moving what is looked at", async () => {
  bridge = fakeBridge(30);
  const whole = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
  const session = await sit("pending");
  const part = { ...whole, items: whole.items.slice(0, 5) };
  const begun = new DeskSession({ ...session.host, outbox: new Outbox(), unsent: new Unsent() }, part);
  await act(begun, "approved");
  const before = current(begun);
  expect(begun.snapshot().total).toBe(whole.total);
  // What was decided meanwhile is no longer in the queue that comes after.
  begun.append(whole.items.slice(1, 8));
  expect(begun.snapshot().total).toBe(whole.total);
  begun.complete(whole.items.slice(8));
  expect(current(begun)).toBe(before);
  const order = begun.snapshot().items.map((item) => item.submission);
  expect(order).toEqual(session.snapshot().items.map((item) => item.submission));
  expect(begun.snapshot().total).toBe(whole.total);
});

describe("the end of the queue", () => {
  it("stays on the last photo and rests until the reviewer moves", async () => {
    const session = await open(2);
    await act(session, "approved");
    await act(session, "approved");
    expect(session.snapshot()).toMatchObject({ finished: true, skipped: 0, index: 1 });
    session.decide("held");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.finished(0, "←", "→"));
    await session.settled();
    expect(sent()).toHaveLength(2);
  });

  it("says how many were passed over and goes back to the first", async () => {
    const session = await open(3);
    session.move(1);
    await act(session, "approved");
    await act(session, "approved");
    expect(session.snapshot()).toMatchObject({ finished: true, skipped: 1 });
    session.goToSkipped();
    expect(current(session)).toBe(1);
    expect(session.snapshot().finished).toBe(false);
  });

  it("says at the last photo how many before it were passed over", async () => {
    const session = await open(3);
    session.move(1);
    session.move(1);
    session.move(1);
    expect(session.snapshot()).toMatchObject({ finished: false, index: 2 });
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.last(2, "←"));
    session.goTo(0);
    await act(session, "approved");
    await act(session, "approved");
    expect(session.snapshot().index).toBe(2);
    session.move(1);
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.last(0, "←"));
  });
});

describe("a decision that fails", () => {
  const diskFull = () => {
    throw failure("磁盘已满");
  };

  it("brings the photo back with a banner and rests until that is read", async () => {
    const session = await open();
    bridge.handlers.submission_decide = diskFull;
    await act(session, "approved");
    expect(session.snapshot().items[0]?.decision).toBe("approved");
    await session.settled();
    expect(current(session)).toBe(1);
    expect(session.snapshot().items[0]?.decision).toBe("");
    expect(session.snapshot().banner?.failure.message).toBe("磁盘已满");
    await act(session, "approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.locked);
    session.dismiss();
    expect(session.snapshot().banner).toBeNull();
  });

  it("brings every failed one back to undecided and stays with the first", async () => {
    const session = await open();
    let fail: () => void = () => undefined;
    const full = new Promise<void>((resolve) => {
      fail = resolve;
    });
    bridge.handlers.submission_decide = () => full.then(diskFull);
    await act(session, "approved");
    await act(session, "held");
    fail();
    await session.settled();
    expect(
      session
        .snapshot()
        .items.slice(0, 2)
        .map((item) => item.decision),
    ).toEqual(["", ""]);
    expect(current(session)).toBe(1);
    expect(session.snapshot().banner?.text).toBe(zh.desk.brought(2));
  });

  it("holds nothing of two decisions on one photo that both failed", async () => {
    const session = await open();
    let fail: () => void = () => undefined;
    const full = new Promise<void>((resolve) => {
      fail = resolve;
    });
    bridge.handlers.submission_decide = () => full.then(diskFull);
    await act(session, "approved");
    session.goTo(0);
    await act(session, "held");
    fail();
    await session.settled();
    expect(session.snapshot().items[0]).toMatchObject({ decision: "", decision_id: null });
  });

  it("goes back to the first of two decisions on one photo when only the second failed", async () => {
    const session = await open();
    await act(session, "approved");
    await session.settled();
    session.goTo(0);
    bridge.handlers.submission_decide = diskFull;
    await act(session, "held");
    await session.settled();
    expect(session.snapshot().items[0]?.decision).toBe("approved");
  });

  it("is told elsewhere when the desk was left meanwhile", async () => {
    bridge = fakeBridge(2);
    const unseen = vi.fn();
    const session = await sit("pending", { unseen });
    const leave = session.subscribe(() => undefined);
    bridge.handlers.submission_decide = diskFull;
    await act(session, "approved");
    await session.settled();
    expect(unseen).not.toHaveBeenCalled();
    session.dismiss();
    leave();
    await act(session, "approved");
    await session.settled();
    expect(unseen).toHaveBeenCalledWith(expect.objectContaining({ message: "磁盘已满" }), [
      expect.objectContaining({ submission: 1, student_no: bridge.items.get(1)?.student_no }),
    ]);
  });
});

describe("around the current photo", () => {
  it("reads the next three and the one before, and no more", async () => {
    const session = await open(20);
    session.goTo(10);
    await settle();
    const asked = bridge.calls
      .filter((call) => call.name === "submission_show")
      .map((call) => (call.args as { submission: number }).submission);
    expect(asked).toEqual([1, 2, 3, 4, 11, 12, 13, 14, 10]);
  });

  it("has the next photo ready to paint before its key is pressed", async () => {
    const session = await open();
    paint(session);
    session.decide("approved");
    expect(session.snapshot().shown).toBe(true);
    expect(session.snapshot().view?.item.submission).toBe(2);
    await session.settled();
  });

  it("tells the pace only when there is one", async () => {
    const session = await open();
    expect(session.snapshot().secondsPerPhoto).toBeNull();
    for (const at of [0, 2000, 4000, 7000]) {
      clock = at;
      await act(session, "approved");
    }
    expect(session.snapshot().secondsPerPhoto).toBe(2);
    await session.settled();
  });
});
