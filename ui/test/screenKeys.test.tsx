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
  fireEvent.keyDown(document.body, { key: "?", code: "Slash", shiftKey: true });
  expect(screen.queryByText(zh.keys.everywhere)).toBeNull();
});
