/** What has a key of its own at the desk: the filter of the reasons, all reasons, the human list, the search, the grid. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

async function deskAt(submission = 1) {
  const bridge = fakeBridge(8);
  bridge.handlers.human_list = () =>
    [
      ["hat", "没有帽子", "请摘下帽子重拍", ""],
      ["brows", "露出眉毛", "请露出眉毛重拍", "eyes"],
    ].map(([code = "", title = "", text = "", region = ""]) => ({
      code,
      title,
      region,
      reason: { code: null, text },
    }));
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  for (let step = 1; step < submission; step += 1) press("ArrowRight");
  await painted(submission);
  return bridge;
}

const stripBox = () => screen.getByTestId<HTMLInputElement>(tid.stripInput);
const hint = () => screen.getByTestId(tid.hint).textContent;

describe("while reasons are chosen", () => {
  it("looks for one by its letters, without leaving the photo", async () => {
    const bridge = await deskAt();
    press("KeyD");
    press("KeyJ");
    expect(stripBox().value).toBe("j");
    expect(document.activeElement).toBe(stripBox());
    expect(screen.getByTestId(tid.desk).dataset.submission).toBe("1");
    expect(screen.getByTestId(tid.strip)).toBeTruthy();
    expect(sent(bridge)).toEqual([]);
  });

  it("decides by no letter, says where letters go, and takes them there after the key of the search", async () => {
    const bridge = await deskAt();
    press("KeyD");
    for (const code of ["KeyF", "KeyS", "KeyZ"]) {
      press(code);
      expect(hint()).toBe(zh.desk.hint.stripOpen("/"));
    }
    expect(stripBox().value).toBe("");
    press("Slash");
    expect(document.activeElement).toBe(stripBox());
    fireEvent.change(stripBox(), { target: { value: "sekj" } });
    fireEvent.keyDown(stripBox(), { key: "Enter", code: "Enter" });
    press("Enter");
    await waitFor(() => expect(sent(bridge).map((one) => one.reasons[0]?.code)).toEqual(["EAR-01"]));
  });

  it("ticks by its digit what letters have found, and types a digit where nothing is found", async () => {
    const bridge = await deskAt();
    press("KeyD");
    press("Slash");
    fireEvent.change(stripBox(), { target: { value: "重拍" } });
    fireEvent.keyDown(stripBox(), { key: "2", code: "Digit2" });
    expect(stripBox().value).toBe("");
    expect(document.activeElement).not.toBe(stripBox());
    press("Slash");
    fireEvent.change(stripBox(), { target: { value: "qq" } });
    // Not taken: the box writes it.
    expect(fireEvent.keyDown(stripBox(), { key: "1", code: "Digit1" })).toBe(true);
    fireEvent.change(stripBox(), { target: { value: "" } });
    fireEvent.keyDown(stripBox(), { key: "Escape", code: "Escape" });
    press("Enter");
    await waitFor(() => expect(sent(bridge)).toHaveLength(1));
    expect(sent(bridge)[0]?.reasons.map((reason) => reason.code)).toEqual(["GEO-02"]);
  });

  it("offers no rejection by a text that is no reason", async () => {
    await deskAt();
    press("KeyD");
    press("Slash");
    fireEvent.change(stripBox(), { target: { value: "qq1" } });
    expect(screen.getByTestId<HTMLButtonElement>(tid.stripConfirm).disabled).toBe(true);
  });

  it("makes no reason of letters that find none, nor of those that find several", async () => {
    const bridge = await deskAt();
    press("KeyD");
    press("KeyQ");
    fireEvent.keyDown(stripBox(), { key: "Enter", code: "Enter" });
    expect(hint()).toBe(zh.desk.hint.stripText);
    fireEvent.change(stripBox(), { target: { value: "重拍" } });
    fireEvent.keyDown(stripBox(), { key: "Enter", code: "Enter" });
    press("Digit2");
    press("Enter");
    await waitFor(() => expect(sent(bridge)).toHaveLength(1));
    expect(sent(bridge)[0]?.reasons).toEqual([{ code: "GEO-02", text: "眼睛位置不对，请重拍" }]);
  });
});

it("opens all reasons by 0 over those that are preset, but not right behind a rejection", async () => {
  const bridge = await deskAt(4);
  press("Digit0");
  expect(screen.getByTestId(tid.strip)).toBeTruthy();
  press("Escape");
  press("KeyD");
  await painted(5);
  press("Digit0");
  expect(screen.queryByTestId(tid.strip)).toBeNull();
  expect(hint()).toBe(zh.desk.hint.digitEarly);
  expect(sent(bridge)).toHaveLength(1);
});

it("says of a digit that no reason stands for", async () => {
  await deskAt(1);
  press("Digit3");
  expect(hint()).toBe(zh.desk.hint.noReason(3));
  press("KeyD");
  press("Slash");
  fireEvent.change(stripBox(), { target: { value: "sekj" } });
  stripBox().blur();
  press("Digit2");
  expect(hint()).toBe(zh.desk.hint.noChoice(2));
});

describe("in the human list", () => {
  async function listAt() {
    const bridge = await deskAt(1);
    press("KeyL");
    const first = await screen.findByTestId(tid.human("hat"));
    await waitFor(() => expect(document.activeElement).toBe(first));
    expect(first.closest("section")?.textContent).toContain(zh.desk.humanHint);
    fireEvent.keyDown(first, { key: "ArrowDown", code: "ArrowDown" });
    const second = screen.getByTestId(tid.human("brows"));
    expect(document.activeElement).toBe(second);
    return { bridge, second };
  }

  it("walks and ticks by its own keys, and goes back to the photo by Esc", async () => {
    const { bridge, second } = await listAt();
    for (const code of ["ArrowUp", "Space", "Enter"]) press(code);
    expect(sent(bridge)).toEqual([]);
    fireEvent.keyDown(second, { key: "Escape", code: "Escape" });
    expect(document.activeElement).not.toBe(second);
  });

  it("decides by the photo's keys, which then have the photo again", async () => {
    const { bridge, second } = await listAt();
    fireEvent.click(second);
    press("KeyD");
    await waitFor(() => expect(sent(bridge)[0]?.reasons).toEqual([{ code: null, text: "请露出眉毛重拍" }]));
    expect(screen.getByTestId(tid.desk).contains(document.activeElement)).toBe(false);
  });
});

it("takes the keys to the search by /, and to the photo again by Esc", async () => {
  const bridge = await deskAt(1);
  press("Slash");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(tid.deskFind)));
  press("KeyF");
  expect(sent(bridge)).toEqual([]);
  fireEvent.keyDown(screen.getByTestId(tid.deskFind), { key: "Escape", code: "Escape" });
  press("KeyF");
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
});

it("goes from the desk to the same queue as a grid, and back", async () => {
  const bridge = await deskAt(1);
  press("KeyG");
  const grid = await screen.findByTestId(tid.grid);
  const opened = () => bridge.calls.filter((call) => call.name === "queue_open").map((call) => call.args);
  await waitFor(() => expect(opened().at(-1)).toMatchObject({ queue: "pending" }));
  fireEvent.keyDown(grid, { code: "KeyG" });
  await painted(1);
  expect(sent(bridge)).toEqual([]);
});

it("brings the opened queue into sight among the others, out of a folded group too", async () => {
  const seen: string[] = [];
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this.getAttribute("data-testid") ?? "");
  };
  await deskAt(1);
  await waitFor(() => expect(seen.at(-1)).toBe(tid.queue("pending")));
  fireEvent.click(screen.getByTestId(tid.queue("rule:EXP-02")));
  await waitFor(() => expect(seen.at(-1)).toBe(tid.queue("rule:EXP-02")));
  expect(screen.getByTestId(tid.queue("rule:EXP-02")).closest("details")?.open).toBe(true);
  Reflect.deleteProperty(Element.prototype, "scrollIntoView");
});
