/** Looking closer: crops, comparing, disputes, the tick list, the timeline, keys of one's own. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { DecideRequest } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";
import { clickByMouse } from "./fake/mouse";

const press = (code: string, part: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { code, ...part });
const release = (code: string) => fireEvent.keyUp(document.body, { code });
const sent = (bridge: FakeBridge) =>
  bridge.calls.filter((call) => call.name === "submission_decide").map((call) => call.args as DecideRequest);

async function deskAt(bridge: FakeBridge, submission: number) {
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  for (let step = 1; step < submission; step += 1) press("ArrowRight");
  await painted(submission);
}

const painted = (submission: number) =>
  waitFor(() => {
    const desk = screen.getByTestId(tid.desk);
    expect(desk.dataset.painted).toBe("true");
    expect(desk.dataset.submission).toBe(String(submission));
  });

it("shows eyes, ears or mouth large by one key, and puts them away with it, Esc or the next photo", async () => {
  await deskAt(fakeBridge(4), 1);
  press("KeyR");
  expect(screen.getByTestId(tid.closeup).dataset.crop).toBe("ears");
  expect(within(screen.getByTestId(tid.closeup)).getAllByText(/耳/)).toHaveLength(2);
  press("KeyT");
  expect(screen.getByTestId(tid.closeup).dataset.crop).toBe("mouth");
  press("KeyT");
  expect(screen.queryByTestId(tid.closeup)).toBeNull();
  press("KeyE");
  press("Escape");
  expect(screen.queryByTestId(tid.closeup)).toBeNull();
  press("KeyE");
  press("ArrowRight");
  await painted(2);
  expect(screen.queryByTestId(tid.closeup)).toBeNull();
});

it("blinks with the previous submission while C is down, and sets both side by side by Shift+C", async () => {
  const bridge = fakeBridge(6);
  await deskAt(bridge, 5);
  press("KeyC");
  const compare = screen.getByTestId(tid.compare);
  const earlier = within(compare).getByTestId("compare-earlier");
  expect(earlier.style.transform).toMatch(/^matrix\(/);
  expect(screen.queryByTestId(tid.guides)).toBeNull();
  release("KeyC");
  expect(screen.queryByTestId(tid.compare)).toBeNull();
  press("KeyC", { shiftKey: true });
  release("KeyC");
  expect(screen.getByTestId("compare-current")).toBeTruthy();
  press("KeyC", { shiftKey: true });
  expect(screen.queryByTestId(tid.compare)).toBeNull();
});

it("says that there is nothing to compare with", async () => {
  await deskAt(fakeBridge(3), 1);
  press("KeyC");
  expect(screen.queryByTestId(tid.compare)).toBeNull();
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.noOther);
});

it("marks the finding pointed at as wrong, unticks its reason, and takes both back", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 4);
  press("KeyM");
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.pointFirst("Tab"));
  press("Tab");
  const finding = screen.getByTestId(tid.finding("teeth-shown"));
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("true");
  press("KeyM");
  expect(finding.textContent).toContain(zh.desk.disputed);
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("false");
  await waitFor(() => expect(bridge.disputed.get(4)).toEqual(new Set(["EXP-02"])));
  press("KeyM");
  expect(finding.textContent).not.toContain(zh.desk.disputed);
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("true");
  await waitFor(() => expect(bridge.disputed.get(4)?.size).toBe(0));
});

it("takes a dispute off the screen that the station refused", async () => {
  const bridge = fakeBridge(4);
  bridge.handlers.finding_dispute = () => {
    throw { code: "refused", message: "不行", detail: "" };
  };
  await deskAt(bridge, 4);
  press("Tab");
  press("KeyM");
  await waitFor(() => expect(screen.getByTestId(tid.hint).textContent).toBe("不行"));
  expect(screen.getByTestId(tid.finding("teeth-shown")).textContent).not.toContain(zh.desk.disputed);
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("true");
});

it("turns an item of the tick list that is not met into a reason", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 2);
  fireEvent.click(screen.getByTestId(tid.humanFold));
  const item = screen.getByTestId(tid.human("FACE-05"));
  fireEvent.mouseEnter(item);
  expect(screen.getByTestId(tid.closeup).dataset.crop).toBe("ears");
  fireEvent.mouseLeave(item);
  expect(screen.queryByTestId(tid.closeup)).toBeNull();
  fireEvent.click(item);
  expect(item.getAttribute("aria-pressed")).toBe("true");
  press("KeyD");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]?.reasons).toEqual([{ code: "FACE-05", text: "耳朵没有完整露出，请重拍" }]);
});

it("tells every submission and every decision, those taken back crossed out", async () => {
  await deskAt(fakeBridge(6), 5);
  const timeline = screen.getByTestId(tid.timeline);
  const made = timeline.querySelectorAll(".made");
  expect(made).toHaveLength(2);
  expect(made[0]?.className).toContain("made-past");
  expect(made[0]?.textContent).toContain(zh.decision.held);
  expect(made[1]?.className).not.toContain("made-past");
  expect(made[1]?.textContent).toContain("眼睛位置偏低");
  expect(timeline.querySelectorAll("img")).toHaveLength(2);
});

it("uses an earlier photo that came together with this one, and goes back by undo", async () => {
  const bridge = fakeBridge(4);
  const show = bridge.handlers.submission_show;
  const open = await bridge.call("queue_open", { round: 1, queue: "pending", limit: null });
  const [second] = open.items;
  if (!show || !second) throw new Error("no photo");
  const first = { ...second, submission: 7001, photo: "7".repeat(64), sequence: 1 };
  bridge.handlers.submission_show = async ({ submission }) => {
    const view = await show({ submission: second.submission });
    const entry = view.history[0];
    if (!entry) throw new Error("no history");
    const of = (id: number, photo: string, sequence: number) => ({
      ...entry,
      submission: id,
      photo,
      sequence,
    });
    const history = [of(7001, first.photo, 1), of(second.submission, second.photo, 2)];
    return submission === 7001 ? { ...view, item: first, history } : { ...view, history };
  };
  bridge.handlers.submission_choose = () => first;
  bridge.handlers.act_undo = () => ({
    act: { summary: "已撤销：选用照片", item: first, items: [first, second], total: 2 },
  });
  await deskAt(bridge, second.submission);
  fireEvent.click(screen.getByTestId(tid.chooseThis(7001)));
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("7001"));
  expect(bridge.calls.find((call) => call.name === "submission_choose")?.args).toEqual({
    submission: 7001,
    seen_student: second.student_no,
  });
  press("KeyZ");
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe(`${second.submission}`));
});

it("gives an act another key, keeps it, and goes back to the first ones", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 1);
  press("Slash", { shiftKey: true });
  const bound = screen.getByTestId(tid.keyOf("approve"));
  fireEvent.click(bound);
  expect(bound.textContent).toBe(zh.desk.pressKey);
  fireEvent.keyDown(bound, { code: "KeyU" });
  await waitFor(() => expect(screen.getByTestId(tid.keyOf("approve")).textContent).toContain("U"));
  expect(bridge.keys.bindings).toEqual([{ act: "approve", codes: ["KeyU", "NumpadAdd"] }]);
  expect(sent(bridge)).toEqual([]);
  press("Escape");
  press("KeyF");
  press("KeyU");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  press("Slash", { shiftKey: true });
  fireEvent.click(screen.getByTestId(tid.keysReset));
  await waitFor(() => expect(bridge.keys.bindings).toEqual([]));
});

it("gives an act another key by mouse, and no key decides meanwhile", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 1);
  press("Slash", { shiftKey: true });
  clickByMouse(screen.getByTestId(tid.keyOf("approve")));
  expect(screen.getByTestId(tid.keyOf("approve")).textContent).toBe(zh.desk.pressKey);
  expect(document.activeElement).toBe(screen.getByTestId(tid.keyOf("approve")));
  clickByMouse(screen.getByTestId(tid.keyOf("hold")));
  expect(document.activeElement).toBe(screen.getByTestId(tid.keyOf("hold")));
  press("KeyU");
  await waitFor(() =>
    expect(bridge.keys.bindings).toEqual([{ act: "hold", codes: ["KeyU", "NumpadDecimal"] }]),
  );
  expect(sent(bridge)).toEqual([]);
});

it("gives a key anew with every press of the mouse, and says of a key that cannot be given why", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 1);
  press("Slash", { shiftKey: true });
  const bound = () => screen.getByTestId(tid.keyOf("approve"));
  for (const code of ["KeyX", "KeyV", "KeyB"]) {
    clickByMouse(bound());
    expect(bound().textContent).toBe(zh.desk.pressKey);
    press("Digit1");
    expect(screen.getByTestId(tid.keyRefused).textContent).toBe(zh.desk.unbindable("1"));
    expect(bound().textContent).toBe(zh.desk.pressKey);
    press(code);
    expect(screen.getByTestId(tid.keyRefused).textContent).toBe("");
    await waitFor(() => expect(bound().textContent).toContain(code.slice(3)));
  }
  expect(sent(bridge)).toEqual([]);
});

it("gives the keys back to the photo when a button was pressed with the mouse", async () => {
  const bridge = fakeBridge(4);
  await deskAt(bridge, 1);
  const fold = screen.getByTestId(tid.findingsPassed);
  fold.focus();
  clickByMouse(fold);
  expect(document.activeElement).not.toBe(fold);
});
