/** In a narrow window the list of queues lies folded; opened, it covers the photo and no key decides. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import { tid } from "../src/testids";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";
import { clickByMouse } from "./fake/mouse";

const wide = window.matchMedia;
beforeEach(() => {
  window.matchMedia = vi.fn((query: string) => ({
    ...wide(query),
    matches: query === "(max-width: 1000px)",
  }));
});
afterEach(() => {
  window.matchMedia = wide;
});

const press = (key: string, code = key) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code });
const fold = () => screen.getByTestId(tid.queuesFold);
const isOpen = () => fold().getAttribute("aria-expanded") === "true";
const decided = (bridge: FakeBridge) => bridge.calls.filter((call) => call.name === "submission_decide");

async function openDesk() {
  const bridge = fakeBridge(6);
  render(<App bridge={bridge} start={{ screen: "desk", round: 1 }} />);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  return bridge;
}

it("opens by a click on its head, lets no key decide, and closes on Esc", async () => {
  const bridge = await openDesk();
  fireEvent.mouseEnter(fold());
  expect(isOpen()).toBe(false);
  fireEvent.click(fold());
  expect(isOpen()).toBe(true);
  fireEvent.keyDown(document.body, { code: "KeyF" });
  press("f", "KeyF");
  expect(decided(bridge)).toEqual([]);
  press("Escape");
  expect(isOpen()).toBe(false);
  expect(document.body.dataset.keys).toBeUndefined();
  press("f", "KeyF");
  await waitFor(() => expect(decided(bridge)).toHaveLength(1));
});

it("opens by Q with the opened queue under the keys, and closes when one is chosen", async () => {
  await openDesk();
  press("q", "KeyQ");
  expect(isOpen()).toBe(true);
  expect(document.activeElement).toBe(screen.getByTestId(tid.queue("pending")));
  fireEvent.click(screen.getByTestId(tid.queue("rule:EXP-02")));
  expect(isOpen()).toBe(false);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("4"));
});

it("closes when the keys go elsewhere and on a press beside it", async () => {
  await openDesk();
  press("q", "KeyQ");
  fireEvent.focusOut(document.activeElement ?? document.body, {
    relatedTarget: screen.getByTestId(tid.desk),
  });
  expect(isOpen()).toBe(false);
  fireEvent.click(fold());
  fireEvent.pointerDown(screen.getByTestId(tid.photo));
  expect(isOpen()).toBe(false);
});

it("opens and closes by mouse", async () => {
  await openDesk();
  clickByMouse(fold());
  expect(isOpen()).toBe(true);
  expect(document.activeElement).toBe(screen.getByTestId(tid.queue("pending")));
  clickByMouse(fold());
  expect(isOpen()).toBe(false);
  clickByMouse(fold());
  clickByMouse(screen.getByTestId(tid.queue("rule:EXP-02")));
  expect(isOpen()).toBe(false);
});

it("shows the list of queues or the list of keys, never both", async () => {
  await openDesk();
  fireEvent.keyDown(document.body, { key: "?", code: "Slash", shiftKey: true });
  expect(screen.getByTestId(tid.keyList)).toBeTruthy();
  press("q", "KeyQ");
  expect(isOpen()).toBe(true);
  expect(screen.queryByTestId(tid.keyList)).toBeNull();
  fireEvent.click(screen.getByTestId("desk-keys-button"));
  expect(screen.getByTestId(tid.keyList)).toBeTruthy();
  expect(isOpen()).toBe(false);
});
