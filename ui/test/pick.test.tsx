/** Several photos of one student that came together: the key that passes shows them first, and decides only once one is picked. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { App } from "../src/app/App";
import type { ChooseRequest, SubmissionRef, SubmissionView } from "../src/bindings/wire";
import type { DeskSession } from "../src/desk/session";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { sent, settle, sitAt, paint as stand } from "./fake/sitting";

const EARLIER = 7002;

/** A round whose second photo came with another of the same student, and a station that holds decisions to the pick. */
function roundOf(photos = 4): FakeBridge {
  const bridge = fakeBridge(photos);
  const { submission_show: show, submission_decide: decide, act_undo: undo } = bridge.handlers;
  if (!show || !decide || !undo) throw new Error("no station");
  let picked: number | null = null;
  const newest = () => picked ?? 2;
  const shown = async ({ submission }: SubmissionRef): Promise<SubmissionView> => {
    const view = await show({ submission: submission === EARLIER ? 2 : submission });
    const [own] = view.history;
    if (!own || ![2, EARLIER].includes(submission)) return view;
    const unpicked = picked === null && own.decision === null;
    const of = (id: number, photo: string) => ({
      ...own,
      submission: id,
      photo,
      sequence: id === newest() ? 2 : 1,
      arrival: id === 2 ? 2 : 1,
      file_name: `${id}.jpg`,
      together: true,
      unpicked,
      decision: id === submission ? own.decision : null,
    });
    const history = [of(EARLIER, "7".repeat(64)), of(2, view.item.photo)];
    history.sort((one, other) => one.sequence - other.sequence);
    const entry = history.find((one) => one.submission === submission) ?? own;
    const item = { ...view.item, submission, photo: entry.photo, sequence: entry.sequence };
    return { ...view, item, history };
  };
  bridge.handlers.submission_show = shown;
  bridge.handlers.submission_choose = async ({ submission }) => {
    picked = submission;
    return (await shown({ submission })).item;
  };
  bridge.handlers.submission_decide = async (args) => {
    const isOne = [2, EARLIER].includes(args.submission);
    if (isOne && picked === null) throw failure("还没有选定用哪一张", "refused");
    const answer = await decide({ ...args, submission: isOne ? 2 : args.submission });
    return { ...answer, item: { ...answer.item, submission: args.submission } };
  };
  bridge.handlers.act_undo = async (args) => {
    if (picked === null) return undo(args);
    picked = null;
    const { item } = await shown({ submission: 2 });
    return { act: { summary: "已撤销：选用照片", item, items: [item], total: 1 } };
  };
  return bridge;
}

const chosen = (bridge: FakeBridge) =>
  bridge.calls
    .filter((call) => call.name === "submission_choose")
    .map((call) => (call.args as ChooseRequest).submission);

describe("in a sitting", () => {
  let clock = 0;
  const sit = async (bridge: FakeBridge): Promise<DeskSession> => {
    clock = 0;
    const session = await sitAt(bridge, "pending", { now: () => clock });
    session.goTo(1);
    await settle();
    stand(session);
    return session;
  };
  const bothStand = (session: DeskSession) => {
    for (const { submission } of session.snapshot().pick?.entries ?? []) session.picking.stands(submission);
  };

  it("decides nothing by any key before one is picked", async () => {
    const bridge = roundOf();
    const session = await sit(bridge);
    for (const kind of ["rejected", "held"] as const) {
      session.decide(kind);
      expect(session.snapshot().hint?.text).toBe(zh.desk.pick.first("F"));
      expect(session.snapshot().pick).toBeNull();
    }
    session.decide("approved");
    expect(session.snapshot().pick?.entries.map((entry) => entry.submission)).toEqual([EARLIER, 2]);
    expect(session.snapshot().pick?.proposed).toBe(2);
    // An undo right behind it is not about the decision before.
    expect(session.picking.perform({ act: "undo" })).toBe(true);
    await session.settled();
    expect(sent(bridge)).toEqual([]);
  });

  it("takes the newest by one key once both were to be seen, and decides by the next", async () => {
    const bridge = roundOf();
    const session = await sit(bridge);
    session.decide("approved");
    session.picking.perform({ act: "approve" });
    expect(session.snapshot().hint?.text).toBe(zh.desk.pick.early);
    bothStand(session);
    clock = 399;
    session.picking.perform({ act: "confirm" });
    expect(chosen(bridge)).toEqual([]);
    clock = 400;
    session.picking.perform({ act: "approve" });
    // On its way: neither a second choice nor a decision.
    session.picking.perform({ act: "approve" });
    session.decide("approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.pick.taking);
    await session.settled();
    await settle();
    expect(chosen(bridge)).toEqual([2]);
    expect(sent(bridge)).toEqual([]);
    expect(session.snapshot().pick).toBeNull();
    expect(session.snapshot().toPick).toBe(0);
    // What was read before the choice is shown no more, so that the photo is to be painted anew.
    session.decide("approved");
    expect(session.snapshot().hint?.text).toBe(zh.desk.hint.notPainted);
    stand(session);
    session.decide("approved");
    await session.settled();
    expect(sent(bridge).map((one) => [one.submission, one.kind])).toEqual([[2, "approved"]]);
  });

  it("takes the earlier one by its digit or an arrow, and passes that", async () => {
    const bridge = roundOf();
    const session = await sit(bridge);
    session.decide("approved");
    bothStand(session);
    clock = 1000;
    session.picking.perform({ act: "reason", index: 0 });
    expect(session.snapshot().pick?.proposed).toBe(EARLIER);
    session.picking.perform({ act: "next" });
    session.picking.perform({ act: "next" });
    expect(session.snapshot().pick?.proposed).toBe(2);
    session.picking.perform({ act: "previous" });
    session.picking.perform({ act: "reason", index: 4 });
    expect(session.snapshot().hint?.text).toBe(zh.desk.pick.none(5));
    session.picking.perform({ act: "approve" });
    await session.settled();
    await settle();
    stand(session);
    session.decide("approved");
    await session.settled();
    expect(sent(bridge).map((one) => one.submission)).toEqual([EARLIER]);
  });

  it("asks again after the choice was taken back, and puts the question away by Esc or another photo", async () => {
    const bridge = roundOf();
    const session = await sit(bridge);
    session.decide("approved");
    bothStand(session);
    clock = 1000;
    session.picking.take();
    await session.settled();
    await settle();
    session.undo();
    await session.settled();
    await settle();
    stand(session);
    expect(session.snapshot().toPick).toBe(2);
    session.decide("approved");
    expect(session.snapshot().pick).not.toBeNull();
    session.picking.perform({ act: "escape" });
    expect(session.snapshot().pick).toBeNull();
    session.decide("approved");
    session.move(1);
    session.move(-1);
    await settle();
    expect(session.snapshot().pick).toBeNull();
  });

  it("says why a choice was refused, and reads the photo anew", async () => {
    const bridge = roundOf();
    const session = await sit(bridge);
    session.decide("approved");
    bothStand(session);
    clock = 1000;
    bridge.handlers.submission_choose = () => {
      throw failure("这张照片已有审核结论", "refused");
    };
    const reads = () => bridge.calls.filter((call) => call.name === "submission_show").length;
    const before = reads();
    session.picking.take();
    await session.settled();
    await settle();
    expect(session.snapshot().hint?.text).toBe("这张照片已有审核结论");
    expect(session.snapshot().pick).toBeNull();
    expect(reads()).toBeGreaterThan(before);
  });
});

describe("on the screen", () => {
  const press = (code: string) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { code, bubbles: true });
  const painted = (submission: number) =>
    waitFor(() => {
      const desk = screen.getByTestId(tid.desk);
      expect([desk.dataset.painted, desk.dataset.submission]).toEqual(["true", String(submission)]);
    });

  it("shows both beside each other with the keys that pick, and has the keys at the photo again", async () => {
    const bridge = roundOf();
    render(<App bridge={bridge} start={{ screen: "desk", round: 1, submission: 2, queue: "pending" }} />);
    await painted(2);
    expect(screen.getByTestId(tid.together).textContent).toContain(zh.desk.togetherFirst(2, "F"));
    const pass = () => screen.getByTestId(tid.approve);
    expect(pass().textContent).toContain(zh.desk.pick.open);
    expect(screen.getByTestId(tid.reject).getAttribute("aria-disabled")).toBe("true");
    press("KeyF");
    const pick = screen.getByTestId(tid.pick);
    expect(pass().textContent).toContain(zh.desk.pick.take);
    expect(screen.getByTestId("desk-next").textContent).toContain(zh.desk.pick.right);
    expect(screen.getByTestId(tid.undo).getAttribute("aria-disabled")).toBe("true");
    expect(within(pick).getAllByRole("button", { pressed: true })).toEqual([
      screen.getByTestId(tid.pickPhoto(2)),
    ]);
    for (const image of pick.querySelectorAll("img")) fireEvent.load(image);
    press("Digit1");
    expect(screen.getByTestId(tid.pickPhoto(EARLIER)).getAttribute("aria-pressed")).toBe("true");
    await waitFor(() => {
      press("KeyF");
      expect(chosen(bridge)).toEqual([EARLIER]);
    });
    await painted(EARLIER);
    expect(screen.queryByTestId(tid.pick)).toBeNull();
    // It counts as the newest now, and keeps the number that it came with.
    const told = screen.getByTestId(tid.timeline).textContent;
    expect(told).toContain(`${zh.desk.sequence(1)}（${zh.desk.historyNow}）`);
    expect(screen.getByTestId(tid.studentName).textContent).not.toContain(zh.desk.sequence(2));
    expect(screen.queryByTestId(tid.together)).toBeNull();
    expect(pass().textContent).toContain(zh.desk.actions.approve);
    expect(sent(bridge)).toEqual([]);
    expect(screen.getByTestId(tid.desk).contains(document.activeElement)).toBe(true);
    press("KeyF");
    await waitFor(() => expect(sent(bridge).map((one) => one.submission)).toEqual([EARLIER]));
  });

  it("tells of the framed photo what the checks say, while the photo on the desk stays the one it was", async () => {
    const bridge = roundOf();
    const { submission_show: show } = bridge.handlers;
    if (!show) throw new Error("no station");
    bridge.handlers.submission_show = async (args) => {
      const view = await show(args);
      const [first, ...rest] = view.findings;
      const own = args.submission === EARLIER;
      if (!first) return view;
      return {
        ...view,
        file_name: own ? "早.jpg" : view.file_name,
        findings: [{ ...first, severity: "fail", message: own ? "早一张不合格" : "新一张不合格" }, ...rest],
        disputed: own ? [first.code] : [],
      };
    };
    render(<App bridge={bridge} start={{ screen: "desk", round: 1, submission: 2, queue: "pending" }} />);
    await painted(2);
    const panel = () => document.querySelector(".panel-right")?.textContent ?? "";
    expect([panel().includes("新一张不合格"), screen.queryByTestId(tid.framed)]).toEqual([true, null]);
    press("KeyF");
    expect(screen.getByTestId(tid.framed).textContent).toBe(zh.desk.pick.findings(2));
    press("ArrowLeft");
    await waitFor(() => expect(panel()).toContain("早一张不合格"));
    expect(screen.getByTestId(tid.framed).textContent).toBe(zh.desk.pick.findings(1));
    expect([panel().includes("新一张不合格"), panel().includes(zh.desk.disputed)]).toEqual([false, true]);
    expect(panel()).toContain("早.jpg");
    expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2");
    // Nothing is marked of a photo that only stands among others.
    press("KeyM");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.pick.first("F"));
    press("Escape");
    expect([panel().includes("新一张不合格"), screen.queryByTestId(tid.framed)]).toEqual([true, null]);
  });

  it("says why nothing is known of the framed photo", async () => {
    const bridge = roundOf();
    const { submission_show: show } = bridge.handlers;
    if (!show) throw new Error("no station");
    bridge.handlers.submission_show = async (args) => {
      if (args.submission === EARLIER) throw failure("照片文件读不出来", "refused");
      return show(args);
    };
    render(<App bridge={bridge} start={{ screen: "desk", round: 1, submission: 2, queue: "pending" }} />);
    await painted(2);
    press("KeyF");
    press("Digit1");
    await waitFor(() =>
      expect(document.querySelector(".panel-right")?.textContent).toContain("照片文件读不出来"),
    );
  });

  it("is worked by the mouse alone", async () => {
    const bridge = roundOf();
    render(<App bridge={bridge} start={{ screen: "desk", round: 1, submission: 2, queue: "pending" }} />);
    await painted(2);
    fireEvent.click(screen.getByTestId(tid.approve));
    fireEvent.click(screen.getByTestId(tid.pickPhoto(EARLIER)));
    for (const image of screen.getByTestId(tid.pick).querySelectorAll("img")) fireEvent.load(image);
    await waitFor(() => {
      fireEvent.click(screen.getByTestId(tid.pickTake));
      expect(chosen(bridge)).toEqual([EARLIER]);
    });
    await painted(EARLIER);
  });
});
