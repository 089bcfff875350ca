/** `?` shows the keys of a screen, but not while text is typed. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { Screen } from "../src/app/context";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { withBulk } from "./fake/bulkBridge";
import { fakeBridge } from "./fake/fakeBridge";

async function open(name: Screen) {
  render(<App bridge={withBulk(fakeBridge(12))} start={{ screen: name, round: 1 }} />);
  await screen.findByTestId(tid.screen(name));
}

it("shows the keys of the grid and those of everywhere", async () => {
  await open("grid");
  fireEvent.keyDown(document.body, { key: "?", code: "Slash", shiftKey: true });
  expect(await screen.findByText(zh.keys.ofGrid, { selector: "h3" })).toBeTruthy();
  expect(screen.getByText("上一页、下一页")).toBeTruthy();
  fireEvent.click(screen.getByText(zh.keys.close));
  await waitFor(() => expect(screen.queryByText(zh.keys.everywhere)).toBeNull());
});

it("leaves a question mark that is typed into a box alone", async () => {
  await open("grid");
  const box = document.querySelector("input[type=text], input[type=search]");
  expect(box).toBeTruthy();
  fireEvent.keyDown(box as Element, { key: "?", code: "Slash", shiftKey: true });
  expect(screen.queryByText(zh.keys.everywhere)).toBeNull();
});

it("leaves the desk to its own list", async () => {
  await open("desk");
  await screen.findByTestId(tid.desk);
  fireEvent.keyDown(document.body, { key: "?", code: "Slash", shiftKey: true });
  expect(screen.queryByText(zh.keys.everywhere)).toBeNull();
});

it("shows its own where the desk has no photo, and once while the key is held", async () => {
  render(<App bridge={withBulk(fakeBridge(0))} start={{ screen: "desk", round: 1 }} />);
  await screen.findByTestId(tid.screen("desk"));
  const key = { key: "?", code: "Slash", shiftKey: true };
  fireEvent.keyDown(document.body, key);
  expect(await screen.findByText(zh.keys.everywhere)).toBeTruthy();
  fireEvent.keyDown(document.body, { ...key, repeat: true });
  expect(screen.getByText(zh.keys.everywhere)).toBeTruthy();
});
