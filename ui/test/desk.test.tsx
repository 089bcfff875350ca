/** The desk as it is drawn, driven by key presses alone. */
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import type { DecideRequest } from "../src/bindings/wire";
import { keyOfSubmission, REFERENCE } from "../src/desk/compare";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { nearOf, referenceOf } from "./fake/roundData";

async function openDesk(bridge: FakeBridge) {
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted();
}

async function painted(submission?: number) {
  await waitFor(() => {
    const desk = screen.getByTestId(tid.desk);
    expect(desk.dataset.painted).toBe("true");
    if (submission !== undefined) expect(desk.dataset.submission).toBe(String(submission));
  });
}

const press = (code: string, part: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { code, ...part });
const sent = (bridge: FakeBridge) =>
  bridge.calls.filter((call) => call.name === "submission_decide").map((call) => call.args as DecideRequest);

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

it("says 学院, 专业, 年级 and 班级 as parts of their own, however long one of them is", async () => {
  const bridge = fakeBridge(2);
  const show = bridge.handlers.submission_show;
  const college = "马克思主义与思想政治教育暨人文社会科学联合学院（北京校部）";
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const view = await show(args);
    return { ...view, student: view.student && { ...view.student, college } };
  };
  await openDesk(bridge);
  const line = screen.getByTestId(tid.studentOf);
  const parts = [...line.children].map((part) => part.textContent?.replace(" · ", ""));
  expect(parts.slice(0, 3)).toEqual([college, "工商管理", "2020"]);
  expect(line.title).toContain(`${college} · 工商管理 · 2020`);
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

it("names who handed in the same picture, shows both side by side, and goes there", async () => {
  const bridge = fakeBridge(8);
  const show = bridge.handlers.submission_show;
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const view = await show(args);
    return args.submission === 1 ? { ...view, near_photos: [nearOf(7)] } : view;
  };
  await openDesk(bridge);
  const other = screen.getByTestId(tid.nearGo(7));
  expect(other.textContent).toBe(`${nearOf(7).student_no} ${nearOf(7).name}`);
  // This one is on the right there, and on the right here.
  const captions = [...screen.getByTestId(tid.nearPhotos).querySelectorAll("figcaption")];
  expect(captions.at(-1)?.textContent).toBe(zh.desk.nearPhotos.mine);
  fireEvent.click(screen.getByTestId(tid.nearCompare(7)));
  expect(screen.getByTestId(tid.compare).textContent).toContain(nearOf(7).name);
  press("Escape");
  expect(screen.queryByTestId(tid.compare)).toBeNull();
  fireEvent.click(other);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("7"));
});

it("says who else has the same name, with the photo that stands for them", async () => {
  const bridge = fakeBridge(8);
  const show = bridge.handlers.submission_show;
  const other = { student: 9, student_no: "2202009990", name: "陈晓彤", college: "法学院" };
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const namesakes = [
      { ...other, photo: "ab".repeat(32) },
      { ...other, student: 10, student_no: "2202009991", photo: null },
    ];
    return { ...(await show(args)), ...(args.submission === 1 ? { namesakes, namesakes_total: 7 } : {}) };
  };
  await openDesk(bridge);
  const told = screen.getByTestId(tid.namesakes);
  expect(told.textContent).toContain(zh.desk.namesakes.title(7));
  expect(told.textContent).toContain(zh.desk.namesakes.more(2));
  expect(told.textContent).toContain("2202009990");
  expect(told.querySelector("img")?.dataset.sha).toBe("ab".repeat(32));
  expect(told.textContent).toContain(zh.desk.namesakes.none);
  press("ArrowRight");
  await painted(2);
  expect(screen.queryByTestId(tid.namesakes)).toBeNull();
});

describe("with a reference photo", () => {
  async function openWith(more: object) {
    const bridge = fakeBridge(8);
    const show = bridge.handlers.submission_show;
    bridge.handlers.submission_show = async (args) => {
      if (!show) throw new Error("no view");
      const view = await show(args);
      return args.submission === 1 ? { ...view, reference: referenceOf(1), ...more } : view;
    };
    await openDesk(bridge);
    return bridge;
  }
  const other = () => screen.getByTestId(tid.compare).dataset.other;

  it("shows it beside the name, and side by side where it is pressed", async () => {
    await openWith({});
    const small = screen.getByTestId(tid.reference);
    expect(small.querySelector("img")?.dataset.sha).toBe(referenceOf(1).photo);
    expect(small.title).toContain("录取_1.jpg");
    fireEvent.click(small);
    expect(other()).toBe(REFERENCE);
    // The only one: nothing to choose from.
    expect(screen.queryByTestId(tid.compareOther)).toBeNull();
    press("KeyX");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.onlyOther);
    expect(other()).toBe(REFERENCE);
    press("Escape");
    press("ArrowRight");
    await painted(2);
    expect(screen.queryByTestId(tid.reference)).toBeNull();
  });

  it("blinks with it while the key is held, and chooses among several by key and by mouse", async () => {
    await openWith({ near_photos: [nearOf(7)] });
    press("KeyC");
    expect(screen.getByTestId(tid.compare).textContent).toContain(zh.desk.reference.title);
    press("KeyX");
    expect(screen.getByTestId(tid.compare).textContent).toContain(nearOf(7).name);
    fireEvent.keyUp(document.body, { code: "KeyC" });
    expect(screen.queryByTestId(tid.compare)).toBeNull();
    // What was chosen stays chosen for this photo.
    press("KeyX");
    expect(other()).toBe(keyOfSubmission(7));
    press("KeyX");
    expect(other()).toBe(REFERENCE);
    fireEvent.click(screen.getByTestId(tid.compareOther));
    expect(other()).toBe(keyOfSubmission(7));
    press("ArrowRight");
    await painted(2);
    expect(screen.queryByTestId(tid.compare)).toBeNull();
    press("ArrowLeft");
    await painted(1);
    press("KeyC", { shiftKey: true });
    expect(other()).toBe(REFERENCE);
  });
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

it("reads a long second review no further than the photo to begin with", async () => {
  const bridge = fakeBridge(3);
  const open = bridge.handlers.queue_open;
  bridge.handlers.queue_open = async (args) => {
    if (!open) throw new Error("no queue");
    const opened = await open({ ...args, queue: "pending" });
    if (args.queue !== "second") return opened;
    const items = opened.items.map((item) => ({ ...item, decision: "reviewing" as const }));
    return { ...opened, queue: "second", items, total: 5000 };
  };
  bridge.handlers.queue_more = () => [];
  render(<App bridge={bridge} start={{ screen: "desk", round: 1, queue: "second" }} />);
  await painted(1);
  const asked = bridge.calls.filter((call) => call.name === "queue_open").map((call) => call.args);
  expect(asked).toEqual([{ round: 1, queue: "second", limit: 200 }]);
});

it("finds a student by what is typed above the queues, and brings the photo onto the desk", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  const wanted = bridge.items.get(7);
  if (!wanted) throw new Error("no seventh photo");
  bridge.handlers.queue_filter = ({ text }) => {
    const items = [...bridge.items.values()].filter((item) => item.student_no === text);
    return { queue: "", title: "", total: items.length, items };
  };
  const box = screen.getByTestId(tid.deskFind);
  box.focus();
  fireEvent.change(box, { target: { value: "nobody" } });
  expect(await screen.findByText(zh.desk.foundNone)).toBeTruthy();
  fireEvent.change(box, { target: { value: wanted.student_no } });
  await waitFor(() => expect(screen.getByTestId(tid.deskFound).textContent).toContain(wanted.name));
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await painted(7);
  expect(screen.queryByTestId(tid.deskFound)).toBeNull();
  expect(sent(bridge)).toEqual([]);
});

it("opens of several students the marked one, and none that was not seen", async () => {
  const bridge = fakeBridge(12);
  await openDesk(bridge);
  const all = [...bridge.items.values()];
  let answer: () => void = () => undefined;
  bridge.handlers.queue_filter = async ({ text }) => {
    if (text === "late")
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    return { queue: "", title: "", total: 3, items: all.slice(6, 9) };
  };
  const box = screen.getByTestId(tid.deskFind);
  box.focus();
  fireEvent.change(box, { target: { value: "late" } });
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await waitFor(() => {
    answer();
    expect(screen.queryByTestId(tid.deskFound)).not.toBeNull();
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.getByTestId(tid.desk).dataset.submission).toBe("1");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) fireEvent.keyDown(box, { key, code: key });
  expect(document.activeElement).toBe(box);
  fireEvent.keyDown(box, { key: "Enter", code: "Enter" });
  await painted(8);
});

it("says that there is nothing to review only once it is known", async () => {
  const bridge = fakeBridge(0);
  const counted = bridge.handlers.queue_counts as NonNullable<typeof bridge.handlers.queue_counts>;
  let answer = () => {};
  const answered = new Promise<void>((done) => {
    answer = done;
  });
  bridge.handlers.queue_counts = async (args) => {
    await answered;
    return counted(args);
  };
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await screen.findByText(zh.desk.reading);
  expect(screen.queryByText(zh.desk.noPhotos)).toBeNull();
  answer();
  await screen.findByText(zh.desk.noPhotos);
});
