/** Who may look but not decide sees so before a key is pressed, and no key sends anything. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { ReviewBook } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

const LEAD = { reviewer: false, lead: true, keeper: false };
const SENDING = /decide|undo|redo|commit|dispute|choose/;

function lead() {
  const bridge = fakeBridge(8);
  bridge.seat = { roles: LEAD };
  return bridge;
}
const sendings = ({ calls }: ReturnType<typeof lead>) => calls.filter((call) => SENDING.test(call.name));

it("leaves the desk's acts to a reviewer, names them, and lets a 负责人 look on", async () => {
  const bridge = lead();
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  const barred = zh.people.needs(["reviewer"], zh.desk.deciding);
  expect(screen.getByTestId(tid.notAllowed).textContent).toContain(barred);
  for (const act of [tid.approve, tid.reject, tid.hold, tid.undo, tid.redo]) {
    const button = screen.getByTestId(act);
    expect([button.getAttribute("aria-disabled"), button.title]).toEqual(["true", barred]);
    fireEvent.click(button);
  }
  for (const code of ["KeyF", "KeyD", "KeyS", "KeyZ", "KeyM", "KeyN", "Enter", "Digit1"])
    fireEvent.keyDown(document.body, { code });
  expect(screen.getByTestId(tid.hint).textContent).toBe(barred);
  expect(screen.queryByTestId(tid.strip)).toBeNull();
  expect(sendings(bridge)).toEqual([]);
  fireEvent.keyDown(document.body, { code: "ArrowRight" });
  await painted(2);
});

it("leaves the grid's page to a reviewer", async () => {
  const bridge = lead();
  render(<App bridge={bridge} start={{ screen: "grid", round: 1 }} />);
  const grid = await screen.findByTestId(tid.grid);
  const barred = zh.people.needs(["reviewer"], zh.grid.deciding);
  expect(screen.getByTestId(tid.notAllowed).textContent).toContain(barred);
  for (const act of [tid.gridCommit, tid.gridUndo])
    expect(screen.getByTestId<HTMLButtonElement>(act).disabled).toBe(true);
  fireEvent.keyDown(grid, { code: "Enter" });
  fireEvent.keyDown(grid, { code: "KeyZ" });
  await waitFor(() => expect(screen.getByTestId(tid.gridSaid).textContent).toBe(barred));
  expect(sendings(bridge)).toEqual([]);
});

it("leaves it to a reviewer to choose photos for a second review", async () => {
  const bridge = lead();
  const none = { held: 0, sampled: 0, agreed: 0, differing: 0, settled: 0, resolved: 0, released: 0 };
  const book: ReviewBook = {
    ...none,
    released_faults: 0,
    decided: 4,
    waiting: 0,
    waiting_for_me: 0,
    others: 1,
    lines: [],
    pairs: [],
    rules: [],
  };
  bridge.handlers.review_list = () => book;
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  const button = await screen.findByTestId(tid.secondChoose);
  expect(button.closest("fieldset")?.disabled).toBe(true);
});
