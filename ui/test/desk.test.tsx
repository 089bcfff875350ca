/** The desk as it is drawn, driven by key presses alone. */
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { openDesk, painted, press, sent } from "./fake/deskKeys";
import { failure, fakeBridge } from "./fake/fakeBridge";

it("shows whose photo it is, what failed with value and band, the reasons and the crops", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  fireEvent.click(screen.getByTestId(tid.queue("rule:EXP-02")));
  await painted(4);
  expect(screen.getByTestId(tid.studentNo).textContent).toBe(bridge.items.get(4)?.student_no);
  const finding = screen.getByTestId(tid.finding("teeth-shown"));
  expect(finding.dataset.severity).toBe("fail");
  expect(finding.textContent).toContain("0.117");
  expect(finding.textContent).toContain("≤ 0.045");
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("true");
  for (const crop of ["eyes", "ear_left", "ear_right", "mouth"])
    expect(screen.getByTestId(tid.crop(crop))).toBeTruthy();
  expect(screen.getByTestId(tid.photo).dataset.sha).toBe(bridge.items.get(4)?.photo);
});

it("carries a queue through by keys: approve, reject, hold, undo", async () => {
  const bridge = fakeBridge(8);
  await openDesk(bridge);
  press("KeyF");
  await painted(2);
  press("KeyS");
  await painted(3);
  press("ArrowRight");
  await painted(4);
  press("KeyD");
  await painted(5);
  await waitFor(() => expect(sent(bridge)).toHaveLength(3));
  expect(sent(bridge).map((one) => [one.submission, one.kind])).toEqual([
    [1, "approved"],
    [2, "held"],
    [4, "rejected"],
  ]);
  press("KeyZ");
  await painted(4);
  expect(bridge.items.get(4)?.decision).toBe("");
  expect(screen.getByTestId(tid.hint).textContent).toContain("已撤销");
});

it("takes one of a burst of presses within a frame, and counts the photo that was painted", async () => {
  const bridge = fakeBridge(8);
  await openDesk(bridge);
  press("KeyF");
  press("KeyD");
  press("KeyS");
  press("KeyF");
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.notPainted);
  await painted(2);
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]).toMatchObject({ submission: 1, kind: "approved" });
});

it("ignores held keys and keys of an input method, and keeps the note's letters in the note", async () => {
  const bridge = fakeBridge(4);
  await openDesk(bridge);
  press("KeyF", { repeat: true });
  press("KeyF", { isComposing: true });
  press("KeyN");
  const note = screen.getByTestId<HTMLInputElement>(tid.note);
  await waitFor(() => expect(document.activeElement).toBe(note));
  press("KeyF");
  press("Digit1");
  fireEvent.change(note, { target: { value: "眼镜反光？" } });
  fireEvent.keyDown(note, { code: "Enter", key: "Enter" });
  expect(document.activeElement).not.toBe(note);
  expect(sent(bridge)).toEqual([]);
  press("KeyS");
  await painted(2);
  await waitFor(() =>
    expect(sent(bridge)[0]).toMatchObject({ submission: 1, kind: "held", note: "眼镜反光？" }),
  );
});

it("leaves the keys to the desk where a note was typed before and the photo is another", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  press("KeyN");
  const note = screen.getByTestId(tid.note);
  await waitFor(() => expect(document.activeElement).toBe(note));
  fireEvent.keyDown(note, { code: "Escape", key: "Escape" });
  // The panel is drawn anew with the first photo of another queue.
  fireEvent.click(screen.getByTestId(tid.queue("rule:EXP-02")));
  await painted(4);
  expect(document.activeElement).not.toBe(screen.getByTestId(tid.note));
  press("KeyN");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.note)));
});

it("asks for reasons in a strip when none failed, by digits, and sends them with D", async () => {
  const bridge = fakeBridge(4);
  await openDesk(bridge);
  press("KeyD");
  expect(screen.getByTestId(tid.strip)).toBeTruthy();
  press("Digit3");
  press("Digit4");
  press("Digit3");
  press("KeyD");
  await painted(2);
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]?.reasons).toEqual([
    { code: "BG-01", text: "背景颜色不符合要求，请用标准蓝背景重拍" },
  ]);
  expect(screen.queryByTestId(tid.strip)).toBeNull();
});

describe("D, a digit, Enter, in one movement of the hand", () => {
  it("rejects what failed and approves nothing else, at a human pace", async () => {
    const now = vi.spyOn(performance, "now");
    let clock = 10_000;
    now.mockImplementation(() => clock);
    const bridge = fakeBridge(24);
    const show = bridge.handlers.submission_show;
    const preset_reasons = [
      { code: "EXP-02", text: "嘴唇没有闭合，请重拍" },
      { code: "GEO-02", text: "眼睛位置不对，请重拍" },
    ];
    bridge.handlers.submission_show = async (args) => {
      if (!show) throw new Error("no view");
      return { ...(await show(args)), preset_reasons };
    };
    await openDesk(bridge);
    for (let photo = 1; photo <= 6; photo += 1) {
      for (const code of ["KeyD", "Digit1", "Enter"]) {
        press(code);
        clock += 250;
        await painted();
      }
    }
    await waitFor(() => expect(sent(bridge)).toHaveLength(6));
    for (const [at, one] of sent(bridge).entries())
      expect(one).toMatchObject({ submission: at + 1, kind: "rejected", reasons: preset_reasons });
    now.mockRestore();
  });

  /** The fourth photo, whose reasons are preset, rejected by its first D, and the fifth there; the clock goes by hand. */
  async function fourthRejected() {
    const now = vi.spyOn(performance, "now");
    const clock = { ms: 10_000 };
    now.mockImplementation(() => clock.ms);
    const bridge = fakeBridge(8);
    await openDesk(bridge);
    for (let step = 0; step < 3; step += 1) press("ArrowRight");
    await painted(4);
    press("KeyD");
    await painted(5);
    return { bridge, clock, done: () => now.mockRestore() };
  }

  it("rejects no second photo where the movement ends with D again", async () => {
    const { bridge, clock, done } = await fourthRejected();
    clock.ms += 250;
    press("Digit1");
    clock.ms += 250;
    press("KeyD");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.rejectEarly("D"));
    expect(screen.queryByTestId(tid.strip)).toBeNull();
    expect(screen.getByTestId(tid.desk).dataset.submission).toBe("5");
    await waitFor(() => expect(sent(bridge).map((one) => one.submission)).toEqual([4]));
    press("KeyD");
    expect(screen.getByTestId(tid.strip)).toBeTruthy();
    done();
  });

  it("rejects the next photo by a D that is no part of the movement", async () => {
    const { clock, done } = await fourthRejected();
    press("Digit1");
    clock.ms += 2000;
    press("KeyD");
    expect(screen.getByTestId(tid.strip)).toBeTruthy();
    done();
  });

  it("approves nothing where the D came too early to count", async () => {
    const bridge = fakeBridge(8);
    await openDesk(bridge);
    press("KeyS");
    press("KeyD");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.notPainted);
    await painted(2);
    press("Digit1");
    press("Enter");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.enter("F"));
    await waitFor(() => expect(sent(bridge).map((one) => one.kind)).toEqual(["held"]));
    expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2");
  });

  it("confirms by Enter the reasons that were asked for", async () => {
    const bridge = fakeBridge(4);
    await openDesk(bridge);
    press("KeyD");
    press("Digit4");
    press("NumpadEnter");
    await painted(2);
    await waitFor(() => expect(sent(bridge)).toHaveLength(1));
    expect(sent(bridge)[0]).toMatchObject({ kind: "rejected", reasons: [{ code: "BG-01" }] });
  });
});

it("unticks a preset reason by its digit", async () => {
  const bridge = fakeBridge(4);
  await openDesk(bridge);
  for (let step = 0; step < 3; step += 1) press("ArrowRight");
  await painted(4);
  press("Digit1");
  expect(screen.getByTestId(tid.reason(1)).dataset.on).toBe("false");
  press("KeyD");
  expect(screen.getByTestId(tid.strip)).toBeTruthy();
  expect(sent(bridge)).toEqual([]);
});

it("brings a photo back whose decision failed", async () => {
  const bridge = fakeBridge(4);
  await openDesk(bridge);
  bridge.handlers.submission_decide = () => {
    throw failure("磁盘已满，请清理后重试");
  };
  press("KeyF");
  await waitFor(() => expect(screen.getByTestId(tid.banner).textContent).toContain("磁盘已满，请清理后重试"));
  await painted(1);
  press("Escape");
  expect(screen.queryByTestId(tid.banner)).toBeNull();
});

it("says so at the end of the queue and stays there", async () => {
  const bridge = fakeBridge(2);
  await openDesk(bridge);
  press("KeyF");
  await painted(2);
  press("KeyF");
  await waitFor(() => expect(screen.getByTestId(tid.finished).textContent).toContain(zh.desk.done));
  expect(screen.getByTestId(tid.desk).dataset.submission).toBe("2");
});

it("asks for the reviewer's name in the page before the first decision", async () => {
  const bridge = fakeBridge(3);
  bridge.reviewer = "";
  await openDesk(bridge);
  press("KeyF");
  const box = await screen.findByTestId(tid.reviewerInput);
  expect(sent(bridge)).toEqual([]);
  fireEvent.change(box, { target: { value: "李老师" } });
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await waitFor(() => expect(screen.getByTestId(tid.reviewerName).textContent).toContain("李老师"));
  await act(async () => (document.activeElement as HTMLElement | null)?.blur());
  press("KeyF");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
});

it("walks the failing checks by Tab, hides guides while H is down, lists the keys", async () => {
  const bridge = fakeBridge(4);
  await openDesk(bridge);
  for (let step = 0; step < 3; step += 1) press("ArrowRight");
  await painted(4);
  press("Tab");
  expect(screen.getByTestId(tid.finding("teeth-shown")).className).toContain("finding-on");
  expect(screen.getByTestId(tid.guides)).toBeTruthy();
  press("KeyH");
  expect(screen.queryByTestId(tid.guides)).toBeNull();
  fireEvent.keyUp(document.body, { code: "KeyH" });
  expect(screen.getByTestId(tid.guides)).toBeTruthy();
  press("Slash", { shiftKey: true });
  expect(screen.getByTestId(tid.keyList)).toBeTruthy();
});

it("never shows a photo under another name while the next one is loading", async () => {
  const decoded = new Map<string, () => void>();
  vi.spyOn(HTMLImageElement.prototype, "decode").mockImplementation(function (this: HTMLImageElement) {
    return new Promise<void>((resolve) => decoded.set(this.src, resolve));
  });
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await waitFor(() => expect(decoded.size).toBe(3));
  const [first, second] = [...decoded.values()];
  await act(async () => first?.());
  await painted(1);
  press("KeyF");
  expect(screen.getByTestId(tid.studentName).textContent).toContain(bridge.items.get(2)?.name);
  expect(screen.getByTestId(tid.photo).dataset.sha).toBe("");
  expect(screen.getByTestId(tid.photo).childNodes).toHaveLength(0);
  await act(async () => second?.());
  await painted(2);
  expect(screen.getByTestId(tid.photo).dataset.sha).toBe(bridge.items.get(2)?.photo);
});

it("lets the window close when what was decided is on disk, not before", async () => {
  const bridge = fakeBridge(8);
  await openDesk(bridge);
  bridge.delay = 80;
  press("KeyF");
  let closed: boolean | undefined;
  const closing = bridge.close?.().then((go) => {
    closed = go;
  });
  expect(closed).toBeUndefined();
  await act(async () => closing);
  expect(closed).toBe(true);
  expect(bridge.items.get(1)?.decision).toBe("approved");
});

it("asks before the window goes with a decision that was refused", async () => {
  const bridge = fakeBridge(8);
  await openDesk(bridge);
  bridge.delay = 80;
  bridge.handlers.submission_decide = () => {
    throw failure("工作区正被另一个程序使用。", "workspace");
  };
  press("KeyF");
  const closing = bridge.close?.();
  await waitFor(() => expect(screen.getByTestId(tid.closingSaid).dataset.stage).toBe("refused"));
  expect(screen.getByTestId(tid.closingSaid).textContent).toContain("另一个程序");
  fireEvent.click(screen.getByTestId(tid.closingStay));
  await act(async () => expect(await closing).toBe(false));
  expect(screen.queryByTestId(tid.closingSaid)).toBeNull();
  // The photo is back, and nothing is on its way: the next time it just closes.
  expect(screen.getByTestId(tid.photo).dataset.sha).toBe(bridge.items.get(1)?.photo);
  await act(async () => expect(await bridge.close?.()).toBe(true));
});

it("decides nothing while the list of keys covers the photo", async () => {
  const bridge = fakeBridge(3);
  await openDesk(bridge);
  press("Slash", { shiftKey: true });
  for (const code of ["KeyF", "KeyS", "KeyD"]) press(code);
  fireEvent.click(screen.getByTestId(tid.approve));
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.keysOpen);
  expect(screen.queryByTestId(tid.strip)).toBeNull();
  expect(sent(bridge)).toEqual([]);
  press("Escape");
  press("KeyF");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
});

it("reads a picture anew that could not be shown", async () => {
  const decode = vi.spyOn(HTMLImageElement.prototype, "decode").mockRejectedValue(new Error("broken"));
  const bridge = fakeBridge(3);
  await openDesk(bridge);
  press("KeyF");
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.broken);
  decode.mockResolvedValue(undefined);
  fireEvent.click(screen.getByTestId(tid.photoAgain));
  await waitFor(() => expect(screen.getByTestId(tid.photo).dataset.sha).toBe(bridge.items.get(1)?.photo));
  await painted(1);
  press("KeyF");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  decode.mockRestore();
});
