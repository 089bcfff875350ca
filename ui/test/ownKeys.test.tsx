/** Whoever gave the acts other keys reads those on the buttons, in the hints and in the help. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

afterEach(cleanup);

function withOwnKeys() {
  const bridge = fakeBridge(4);
  bridge.keys = {
    bindings: [
      { act: "approve", codes: ["KeyA"] },
      { act: "reject", codes: ["KeyX"] },
      { act: "undo", codes: ["KeyU"] },
      { act: "note", codes: ["KeyB"] },
      { act: "queues", codes: ["KeyG"] },
      { act: "hold", codes: [] },
    ],
  };
  return bridge;
}
const keysIn = (element: Element | null) =>
  [...(element?.querySelectorAll("kbd") ?? [])].map((kbd) => kbd.textContent);

it("names the reviewer's own keys at the desk", async () => {
  render(<App bridge={withOwnKeys()} start={{ screen: "desk", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  await waitFor(() => expect(keysIn(screen.getByTestId(tid.approve))).toEqual(["A"]));
  expect(keysIn(screen.getByTestId(tid.reject))).toEqual(["X"]);
  expect(keysIn(screen.getByTestId(tid.hold))).toEqual([]);
  expect(keysIn(screen.getByTestId(tid.undo))).toEqual(["U"]);
  expect(keysIn(screen.getByTestId(tid.redo))).toEqual(["⇧U"]);
  expect(keysIn(screen.getByTestId(tid.note).closest("label"))).toEqual(["B"]);
  expect(keysIn(screen.getByRole("navigation", { name: zh.desk.queues }))).toEqual(["G"]);
  fireEvent.keyDown(document.body, { code: "KeyX" });
  const strip = screen.getByTestId(tid.strip);
  expect(strip.textContent).toContain(zh.desk.stripTitle("X"));
  expect(keysIn(screen.getByTestId(tid.stripConfirm))).toEqual(["X"]);
});

it("names them in the help", async () => {
  const bridge = withOwnKeys();
  bridge.handlers.help_list = () => [];
  render(<App bridge={bridge} start={{ screen: "help", round: null }} />);
  const page = await screen.findByTestId(tid.helpStart);
  await waitFor(() => expect(page.textContent).toContain("按 A 通过，X 退回"));
  expect(keysIn(page)).toContain("G");
  expect(keysIn(page)).not.toContain("Q");
});
