/** Keys that stay down, lists that lie open over the photo, and answers that come too late. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { SubmissionView } from "../src/bindings/wire";
import { ViewShelf } from "../src/desk/views";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { painted, press, sent } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";

it("stops where the eye is when an arrow is let go", async () => {
  render(<App bridge={fakeBridge(8)} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  // Faster than photos come, as keyboards repeat.
  fireEvent.keyDown(document.body, { code: "ArrowRight" });
  for (let held = 0; held < 5; held += 1)
    fireEvent.keyDown(document.body, { code: "ArrowRight", repeat: true });
  await painted(2);
  fireEvent.keyDown(document.body, { code: "ArrowRight", repeat: true });
  await painted(3);
  // Pressed anew it goes on, seen or not.
  fireEvent.keyDown(document.body, { code: "ArrowRight" });
  fireEvent.keyDown(document.body, { code: "ArrowRight" });
  await painted(5);
});

it("presses a button once by a held Enter or Space, and leaves a text box its repeats", async () => {
  const bridge = fakeBridge(8);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  const button = screen.getByTestId(tid.approve);
  button.focus();
  // What the browser presses the button by is not taken from the first key, and from no repeat.
  for (const code of ["Enter", "NumpadEnter", "Space"]) {
    expect(fireEvent.keyDown(button, { code })).toBe(true);
    expect(fireEvent.keyDown(button, { code, repeat: true })).toBe(false);
  }
  press("Slash");
  const box = await screen.findByTestId(tid.deskFind);
  expect(fireEvent.keyDown(box, { code: "Space", repeat: true })).toBe(true);
});

it("selects by Ctrl+A what a box holds, and never the screen", async () => {
  render(<App bridge={fakeBridge(2)} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  const all = { code: "KeyA", ctrlKey: true };
  expect(fireEvent.keyDown(document.body, all)).toBe(false);
  expect(fireEvent.keyDown(screen.getByTestId(tid.approve), all)).toBe(false);
  expect(fireEvent.keyDown(screen.getByTestId(tid.deskFind), all)).toBe(true);
});

it("decides nothing while the list of sizes lies open", async () => {
  const bridge = fakeBridge(4);
  bridge.zoom = async () => undefined;
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  fireEvent.click(screen.getByTestId(tid.zoom));
  const size = await screen.findByTestId(tid.zoomTo(100));
  // A tip at the button would lie over the first sizes: its words are at the foot of the list.
  expect(screen.getByTestId(tid.zoom).title).toBe("");
  expect(screen.getAllByRole("menuitem").at(-1)?.textContent).toBe(zh.app.zoomHint);
  press("KeyF");
  expect(sent(bridge)).toEqual([]);
  fireEvent.click(size);
  await waitFor(() => {
    press("KeyF");
    expect(sent(bridge)).toHaveLength(1);
  });
});

it("asks again for what was out of date before its answer came", async () => {
  const bridge = fakeBridge(2);
  const answers: ((view: SubmissionView) => void)[] = [];
  bridge.handlers.submission_show = () => new Promise((resolve) => answers.push(resolve));
  const came: string[] = [];
  const shelf = new ViewShelf(bridge, {
    stamp: () => "",
    arrived: (_, view) => came.push(view?.item.name ?? ""),
  });
  const view = await fakeBridge(2).call("submission_show", { submission: 1 });
  const named = (name: string) => ({ ...view, item: { ...view.item, name } });
  shelf.keep([1]);
  await waitFor(() => expect(answers).toHaveLength(1));
  // The photo is given to another student while the desk waits for what it is.
  shelf.forget(1);
  answers[0]?.(named("甲"));
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(came).toEqual([]);
  answers[1]?.(named("乙"));
  await waitFor(() => expect(came).toEqual(["乙"]));
});

it("takes back what was ticked in the strip of reasons when that is put away, and approves nothing under it", async () => {
  const bridge = fakeBridge(4);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await painted(1);
  press("KeyF");
  await painted(2);
  fireEvent.click(screen.getByTestId(tid.reasonAdd));
  await screen.findByTestId(tid.strip);
  const before = sent(bridge).length;
  const reasons = document.querySelectorAll(".reason").length;
  press("Digit3");
  await waitFor(() => expect(document.querySelectorAll(".reason").length).toBe(reasons + 1));
  press("KeyF");
  press("KeyS");
  expect(sent(bridge)).toHaveLength(before);
  press("Escape");
  await waitFor(() => expect(document.querySelectorAll(".reason").length).toBe(reasons));
  press("KeyF");
  await waitFor(() => expect(sent(bridge)).toHaveLength(before + 1));
});
