/** The tour: offered in a line, never in the way of the keys, put away for ever. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import { DEFAULT_KEYS, keyOf } from "../src/desk/keymap";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";

const steps = zh.tour.steps((act) => keyOf(DEFAULT_KEYS, act));
let bridge: FakeBridge;
beforeEach(() => {
  localStorage.clear();
  bridge = fakeBridge(3);
});
afterEach(cleanup);

const decisions = () => bridge.calls.filter((call) => call.name === "submission_decide");

it("walks five steps, during which no key decides, and is not offered again", async () => {
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.tourStart));
  for (const [at, [title]] of steps.entries()) {
    await screen.findByText(title, { selector: ".ant-tour-title" });
    fireEvent.keyDown(document.body, { code: "KeyD" });
    const last = at + 1 === steps.length;
    fireEvent.click(screen.getByText(last ? zh.tour.end : zh.tour.next));
  }
  await waitFor(() => expect(document.querySelector(".ant-tour")).toBeNull());
  expect(screen.queryByTestId(tid.strip)).toBeNull();
  expect(decisions()).toHaveLength(0);
  expect(screen.queryByTestId(tid.tourOffer)).toBeNull();
  cleanup();
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await screen.findByTestId(tid.desk);
  expect(screen.queryByTestId(tid.tourOffer)).toBeNull();
});

it("is put away by one click and comes back from the help", async () => {
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  const never = await screen.findByTestId(tid.tourNever);
  // In the page, not over it.
  expect(screen.getByTestId(tid.tourOffer).closest(".notice")).toBeNull();
  fireEvent.click(never);
  expect(screen.queryByTestId(tid.tourOffer)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.nav("help")));
  fireEvent.click(await screen.findByTestId(tid.tourAgain));
  await screen.findByText(steps[0]?.[0] ?? "", { selector: ".ant-tour-title" });
});

it("stands in the middle where what it tells of is not drawn, and points at it where it is", async () => {
  render(<App bridge={bridge} start={{ screen: "rounds", round: null }} />);
  fireEvent.click(await screen.findByTestId(tid.tourStart));
  const left = () => document.querySelector<HTMLElement>(".ant-tour-target-placeholder")?.style.left;
  for (const [at, [title]] of steps.entries()) {
    await screen.findByText(title, { selector: ".ant-tour-title" });
    await waitFor(() => expect(left()).toBe("50%"));
    if (at + 1 < steps.length) fireEvent.click(screen.getByText(zh.tour.next));
  }
  cleanup();
  localStorage.clear();
  render(<App bridge={bridge} start={{ screen: "rounds", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.tourStart));
  for (const [at, [title]] of steps.entries()) {
    await screen.findByText(title, { selector: ".ant-tour-title" });
    await waitFor(() => expect(left()).not.toBe("50%"));
    if (at + 1 < steps.length) fireEvent.click(screen.getByText(zh.tour.next));
  }
});
