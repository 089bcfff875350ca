/** Text that is being typed at the desk when a button decides: it is part of what is decided. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";
import { clickByMouse } from "./fake/mouse";

async function deskAt(submission: number) {
  const bridge = fakeBridge(6);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  for (let step = 1; step < submission; step += 1) press("ArrowRight");
  await painted(submission);
  return bridge;
}

/** Opens the first reason for typing and types. */
function retype(text: string) {
  const row = screen.getByTestId(tid.reason(1));
  clickByMouse(row.querySelector(".reason-text") ?? row);
  const box = screen.getByLabelText<HTMLTextAreaElement>(zh.desk.editReason);
  box.focus();
  fireEvent.change(box, { target: { value: text } });
}

it("sends a reason as it was typed when a button sends the photo back", async () => {
  const bridge = await deskAt(4);
  retype("请把嘴闭上再拍");
  clickByMouse(screen.getByTestId(tid.reject));
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]?.reasons[0]).toEqual({ code: "EXP-02", text: "请把嘴闭上再拍" });
});

it("confirms a reason by Enter as one line, in a box that grows with it", async () => {
  const bridge = await deskAt(4);
  retype("请把嘴闭上\n再拍");
  const box = screen.getByLabelText<HTMLTextAreaElement>(zh.desk.editReason);
  expect(box.tagName).toBe("TEXTAREA");
  // Enter is not left to the box, which would break the line.
  expect(fireEvent.keyDown(box, { key: "Enter", code: "Enter" })).toBe(false);
  expect(screen.getByTestId(tid.reason(1)).textContent).toContain("请把嘴闭上 再拍");
  press("KeyD");
  await waitFor(() => expect(sent(bridge)[0]?.reasons[0]?.text).toBe("请把嘴闭上 再拍"));
});

it("keeps what was typed when another photo is chosen, and drops it on Esc", async () => {
  const bridge = await deskAt(4);
  retype("请把嘴闭上再拍");
  clickByMouse(screen.getByTestId(tid.filmItem(3)));
  await painted(3);
  press("ArrowRight");
  await painted(4);
  expect(screen.getByTestId(tid.reason(1)).textContent).toContain("请把嘴闭上再拍");
  retype("别的");
  fireEvent.keyDown(screen.getByLabelText(zh.desk.editReason), { key: "Escape", code: "Escape" });
  press("KeyD");
  await waitFor(() => expect(sent(bridge)[0]?.reasons[0]?.text).toBe("请把嘴闭上再拍"));
});

/** Opens the strip with its first reason ticked and types into its box. */
async function strip(text: string) {
  const bridge = await deskAt(1);
  press("KeyD");
  clickByMouse(screen.getByTestId(tid.stripChoice("BG-01")));
  const box = screen.getByTestId<HTMLInputElement>(tid.stripInput);
  box.focus();
  fireEvent.change(box, { target: { value: text } });
  return bridge;
}

it.each([tid.stripConfirm, tid.reject])(
  "sends a reason of one's own that stands in the strip (%s)",
  async (button) => {
    const bridge = await strip("刘海请夹起来");
    clickByMouse(screen.getByTestId(button));
    await waitFor(() => expect(sent(bridge)).toHaveLength(1));
    expect(sent(bridge)[0]?.reasons.map((reason) => reason.text)).toEqual([
      "背景颜色不符合要求，请用标准蓝背景重拍",
      "刘海请夹起来",
    ]);
  },
);

it("sends a reason of one's own that nothing else is ticked with", async () => {
  const bridge = await deskAt(1);
  press("KeyD");
  expect(screen.getByTestId<HTMLButtonElement>(tid.stripConfirm).disabled).toBe(true);
  fireEvent.change(screen.getByTestId(tid.stripInput), { target: { value: "刘海请夹起来" } });
  clickByMouse(screen.getByTestId(tid.stripConfirm));
  await waitFor(() => expect(sent(bridge)[0]?.reasons).toEqual([{ code: null, text: "刘海请夹起来" }]));
});

it("takes what found a reason for a search, and asks about what is neither", async () => {
  const bridge = await strip("sekj");
  clickByMouse(screen.getByTestId(tid.stripConfirm));
  await waitFor(() => expect(sent(bridge)).toHaveLength(1));
  expect(sent(bridge)[0]?.reasons).toHaveLength(1);
  await painted(2);
  press("KeyD");
  clickByMouse(screen.getByTestId(tid.stripChoice("BG-01")));
  fireEvent.change(screen.getByTestId(tid.stripInput), { target: { value: "sekjj" } });
  clickByMouse(screen.getByTestId(tid.stripConfirm));
  expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.stripText);
  expect(sent(bridge)).toHaveLength(1);
});
